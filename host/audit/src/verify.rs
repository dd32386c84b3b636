//! Verifying a whole log.

use crate::chain::ChainBroken;
use crate::checkpoint::SignedCheckpoint;
use crate::checkpoint_key::VerifierKey;
use crate::checkpoints::Checkpoints;
use crate::checkpoints_broken::CheckpointsBroken;
use crate::place::Place;
use crate::removed::Base;
use crate::tree::Tree;
use crate::walk::{walk, walk_from};
use ssbtx_core::Sha256Digest;

/// A log whose chain holds from its first line to its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// How many records it has had; the last has this number.
    pub records: u64,
    /// How many of them, the first, were removed since they were older than they are kept. A later record says so.
    pub removed: u64,
    /// How many segments; 0 in a database, which has none.
    pub segments: usize,
    /// The hash of its last line, 64 zeros if there is none. Kept elsewhere, it shows later that nothing before it was rewritten.
    pub head: Sha256Digest,
    /// How much of an unfinished line stands at its end: 0, unless the host is writing just now or stopped in the middle of doing so.
    pub unfinished_bytes: u64,
}

/// Follows the chain of a log over every line of every segment. It may be done while a host writes.
///
/// # Errors
///
/// [`ChainBroken`] at the first line or segment that is not what those before it promise.
pub fn verify<'p>(place: impl Into<Place<'p>>) -> Result<Verified, ChainBroken> {
    walk(place.into(), |_, _| {})
}

/// As [`verify`], and gives every line, with its sequence and its line feed, to `each` on the way.
///
/// # Errors
///
/// [`ChainBroken`] at the first line or segment that is not what those before it promise; `each` was given those before it.
pub fn read<'p>(place: impl Into<Place<'p>>, each: impl FnMut(u64, &[u8])) -> Result<Verified, ChainBroken> {
    walk(place.into(), each)
}

/// A log that is what all its checkpoints say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VerifiedCheckpoints {
    /// Its chain.
    pub log: Verified,
    /// How many checkpoints lie with it; 0 for a log that is written without them.
    pub checkpoints: u64,
    /// How many of its records the last of them is of: nothing yet shows that those after it are all there.
    pub covered: u64,
}

/// What checkpoints are held against.
#[derive(Debug, Clone, Copy)]
pub enum Signers<'k> {
    /// The signature of one of these keys must be under every checkpoint.
    Known(&'k [VerifierKey]),
    /// Nobody's signature is looked at: it shows that log and checkpoints agree, and not who made them.
    NotLookedAt,
}

impl Signers<'_> {
    fn accept(self, checkpoint: &SignedCheckpoint) -> bool {
        match self {
            Self::Known(keys) => keys.iter().any(|key| key.signed(checkpoint)),
            Self::NotLookedAt => true,
        }
    }
}

/// Follows the chain of a log and holds it against its own checkpoints and against those that were `kept` elsewhere. It may be done while a host writes.
///
/// # Errors
///
/// [`CheckpointsBroken`]: the first thing that does not agree. Lines that were removed behind a checkpoint, and a log that was written anew, are found
/// by a checkpoint that whoever did it could not reach: one that was kept.
pub fn verify_checkpoints<'p>(
    place: impl Into<Place<'p>>,
    signers: Signers<'_>,
    kept: &[SignedCheckpoint],
) -> Result<VerifiedCheckpoints, CheckpointsBroken> {
    let place = place.into();
    let mut kept: Vec<_> =
        kept.iter().map(|it| (it.clone(), format!("kept checkpoint of {} lines", it.size()))).collect();
    kept.sort_by_key(|(checkpoint, _)| checkpoint.size());
    if let Some((_, which)) = kept.iter().find(|(checkpoint, _)| !signers.accept(checkpoint)) {
        return Err(CheckpointsBroken::Signature { which: which.clone() });
    }
    // Opened before the log is read: what a host adds meanwhile is of lines that were not read.
    let mut own = Own { file: Checkpoints::open(place)?, signers, next: None, checkpoints: 0, covered: 0 };
    own.advance()?;
    let base = Base::of(place)?;
    // What was removed is nothing that a checkpoint of fewer lines could be held against.
    let removed = base.tree.size();
    let mut elsewhere = kept.into_iter().skip_while(|(it, _)| it.size() < removed).peekable();
    own.skip_before(removed)?;
    let mut tree = base.tree;
    own.hold_against(&tree)?;
    while let Some((kept, which)) = elsewhere.next_if(|(it, _)| it.size() == tree.size()) {
        compare(&kept, &which, &tree)?;
    }
    let mut broken = None;
    let log = walk_from(place, base.head, |_, line| {
        tree.add(line);
        if broken.is_some() {
            return;
        }
        let mut held = own.hold_against(&tree);
        while let (Ok(()), Some((kept, which))) = (&held, elsewhere.next_if(|(it, _)| it.size() == tree.size())) {
            held = compare(&kept, &which, &tree);
        }
        broken = held.err();
    })?;
    if let Some(broken) = broken {
        return Err(broken);
    }
    let ahead = own.next.map(|next| (next, own.file.map_or_else(String::new, |file| file.which())));
    if let Some((checkpoint, which)) = ahead.or_else(|| elsewhere.next()) {
        return Err(CheckpointsBroken::Truncated { which, found: log.records, expected: checkpoint.size() });
    }
    Ok(VerifiedCheckpoints { log, checkpoints: own.checkpoints, covered: own.covered })
}

/// The checkpoints that lie with a log, one at a time.
struct Own<'k> {
    file: Option<Checkpoints>,
    signers: Signers<'k>,
    next: Option<SignedCheckpoint>,
    checkpoints: u64,
    covered: u64,
}

impl Own<'_> {
    /// Leaves out those of fewer lines; whose signature they have is looked at all the same.
    fn skip_before(&mut self, size: u64) -> Result<(), CheckpointsBroken> {
        while self.next.as_ref().is_some_and(|next| next.size() < size) {
            self.advance()?;
        }
        Ok(())
    }

    fn hold_against(&mut self, tree: &Tree) -> Result<(), CheckpointsBroken> {
        let (Some(next), Some(file)) = (&self.next, &self.file) else { return Ok(()) };
        if next.size() != tree.size() {
            return Ok(());
        }
        compare(next, &file.which(), tree)?;
        self.checkpoints += 1;
        self.covered = tree.size();
        self.advance()
    }

    fn advance(&mut self) -> Result<(), CheckpointsBroken> {
        let Some(file) = &mut self.file else { return Ok(()) };
        self.next = file.next()?;
        match &self.next {
            Some(next) if !self.signers.accept(next) => Err(CheckpointsBroken::Signature { which: file.which() }),
            Some(_) | None => Ok(()),
        }
    }
}

fn compare(checkpoint: &SignedCheckpoint, which: &str, tree: &Tree) -> Result<(), CheckpointsBroken> {
    if checkpoint.root() == tree.root() {
        Ok(())
    } else {
        Err(CheckpointsBroken::Rewritten { which: which.to_owned(), size: checkpoint.size() })
    }
}

//! Making proofs from a log.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::RangeBounds;

use ct_merkle::{indices_for_consistency_proof, indices_for_inclusion_proof};
use jiff::Timestamp;
use serde::Deserialize;

use crate::checkpoint::SignedCheckpoint;
use crate::checkpoints::Checkpoints;
use crate::checkpoints_broken::CheckpointsBroken;
use crate::place::Place;
use crate::proof::{ConsistencyProof, InclusionProof};
use crate::removed::Base;
use crate::walk::{walk, walk_from};
use ssbtx_core::Sha256Digest;

/// Proves that the record of a question, named as it stands in the log, is in the log.
///
/// It is the record of the question's end, which says what left. Only of a question that was begun and has no other is it that of its beginning.
///
/// # Errors
///
/// [`NoProof`].
pub fn prove<'p>(place: impl Into<Place<'p>>, question: &str) -> Result<InclusionProof, NoProof> {
    let place = place.into();
    let newest = newest(place)?;
    let (mut begun, mut ended) = (None, None);
    walk(place, |sequence, line| {
        let facts = Facts::of(line);
        if facts.question.as_deref() == Some(question) {
            let found = if facts.kind == BEGUN { &mut begun } else { &mut ended };
            if found.is_none() {
                *found = Some((sequence, text(line)));
            }
        }
    })?;
    let (sequence, line) = ended.or(begun).ok_or(NoProof::Unknown)?;
    included(place, &newest, sequence, line)
}

/// Proves that a line is in the log, whatever its record says.
///
/// # Errors
///
/// [`NoProof`].
pub fn prove_line<'p>(place: impl Into<Place<'p>>, sequence: u64) -> Result<InclusionProof, NoProof> {
    let place = place.into();
    let newest = newest(place)?;
    let mut found = None;
    walk(place, |at, line| {
        if at == sequence {
            found = Some(text(line));
        }
    })?;
    included(place, &newest, sequence, found.ok_or(NoProof::NoSuchLine { sequence })?)
}

fn included(place: Place<'_>, newest: &Newest, sequence: u64, line: String) -> Result<InclusionProof, NoProof> {
    let (found, covered) = (sequence, newest.checkpoint.size());
    if found > covered {
        return Err(NoProof::NotCovered { found, covered });
    }
    let path = indices_for_inclusion_proof(covered, sequence - 1);
    let nodes = newest.nodes(place, path.iter().copied())?;
    Ok(InclusionProof { sequence, line, path: nodes.path(&path)?, checkpoint: newest.checkpoint.clone() })
}

/// Proves that the log was only added to since it had `size` lines, of which there is a checkpoint.
///
/// # Errors
///
/// [`NoProof`].
pub fn prove_consistency<'p>(place: impl Into<Place<'p>>, size: u64) -> Result<ConsistencyProof, NoProof> {
    let place = place.into();
    let mut checkpoints = Checkpoints::open(place)?.ok_or(NoProof::NoCheckpoint)?;
    let mut older = None;
    while let Some(checkpoint) = checkpoints.next()? {
        if checkpoint.size() == size {
            older = Some(checkpoint);
        }
    }
    let older = older.ok_or(NoProof::NoSuchCheckpoint { size })?;
    let removed = Base::of(place)?.head.sequence;
    if size < removed {
        return Err(NoProof::Removed { size, removed });
    }
    let newest = newest(place)?;
    let path = indices_for_consistency_proof(size, newest.checkpoint.size().saturating_sub(size));
    let nodes = newest.nodes(place, path.iter().copied())?;
    Ok(ConsistencyProof { older, path: nodes.path(&path)?, newer: newest.checkpoint })
}

/// What was exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// How many records were given, each with its proof.
    pub records: u64,
    /// How many are of the time and under no checkpoint yet; they were left out.
    pub not_covered: u64,
}

/// Gives every record of a time, each with the proof that it is in the log. A question is of the time at which its answer was composed.
///
/// Some 200 bytes of memory are used for every record of the time.
///
/// # Errors
///
/// [`NoProof`], among them what `each` gives.
pub fn export<'p>(
    place: impl Into<Place<'p>>,
    time: &impl RangeBounds<Timestamp>,
    mut each: impl FnMut(&InclusionProof) -> io::Result<()>,
) -> Result<Exported, NoProof> {
    let place = place.into();
    let newest = newest(place)?;
    let covered = newest.checkpoint.size();
    let mut chosen = Vec::new();
    let mut exported = Exported { records: 0, not_covered: 0 };
    walk(place, |sequence, line| {
        if Facts::of(line).time().is_some_and(|at| time.contains(&at)) {
            if sequence > covered {
                exported.not_covered += 1;
            } else {
                chosen.push(sequence);
            }
        }
    })?;
    let path = |sequence: u64| indices_for_inclusion_proof(covered, sequence.saturating_sub(1));
    // Neighbours share most of their paths.
    let wanted: BTreeSet<u64> = chosen.iter().flat_map(|sequence| path(*sequence)).collect();
    let nodes = newest.nodes(place, wanted)?;
    let mut chosen = chosen.into_iter().peekable();
    let mut outcome = Ok(());
    walk(place, |sequence, line| {
        if outcome.is_ok() && chosen.next_if_eq(&sequence).is_some() {
            outcome = nodes.path(&path(sequence)).and_then(|path| {
                let checkpoint = newest.checkpoint.clone();
                exported.records += 1;
                each(&InclusionProof { sequence, line: text(line), path, checkpoint }).map_err(NoProof::Write)
            });
        }
    })?;
    outcome.map(|()| exported)
}

/// Why something is not proved.
#[derive(Debug, thiserror::Error)]
pub enum NoProof {
    /// The log does not hold.
    #[error(transparent)]
    Broken(#[from] CheckpointsBroken),
    /// It has no checkpoint.
    #[error("log has no checkpoint, so that nothing can be proved of it")]
    NoCheckpoint,
    /// It has none of this many lines.
    #[error("log has no checkpoint of `{size}` lines")]
    NoSuchCheckpoint {
        /// How many lines.
        size: u64,
    },
    /// What would prove it was removed.
    #[error(
        "first `{removed}` lines were removed since they are kept no longer, and with them what a checkpoint of `{size}` lines is proved by"
    )]
    Removed {
        /// Of how many lines the checkpoint is.
        size: u64,
        /// How many were removed.
        removed: u64,
    },
    /// There is no record of the question.
    #[error("log has no record of the question")]
    Unknown,
    /// There is no such line.
    #[error("log has no line `{sequence}`, or keeps it no longer")]
    NoSuchLine {
        /// Which line.
        sequence: u64,
    },
    /// The record is newer than the newest checkpoint.
    #[error("record is line `{found}`, newest checkpoint is of `{covered}`: try again when there is a newer one")]
    NotCovered {
        /// Which line it is.
        found: u64,
        /// How many lines the checkpoint is of.
        covered: u64,
    },
    /// The proof cannot be handed on.
    #[error("proof cannot be written")]
    Write(#[source] io::Error),
}

impl From<crate::chain::ChainBroken> for NoProof {
    fn from(broken: crate::chain::ChainBroken) -> Self {
        Self::Broken(broken.into())
    }
}

/// The newest checkpoint of a log.
struct Newest {
    checkpoint: SignedCheckpoint,
    which: String,
}

fn newest(place: Place<'_>) -> Result<Newest, NoProof> {
    let mut checkpoints = Checkpoints::open(place)?.ok_or(NoProof::NoCheckpoint)?;
    let mut newest = None;
    while let Some(checkpoint) = checkpoints.next()? {
        newest = Some(Newest { checkpoint, which: checkpoints.which() });
    }
    newest.ok_or(NoProof::NoCheckpoint)
}

impl Newest {
    /// The hashes of some nodes of its tree, read from the log, which must be what it says.
    fn nodes(&self, place: Place<'_>, wanted: impl IntoIterator<Item = u64>) -> Result<Nodes, NoProof> {
        let size = self.checkpoint.size();
        let mut nodes = Nodes(wanted.into_iter().map(|number| (number, None)).collect());
        let base = Base::of(place)?;
        base.tree.tell_edge(|number, hash| nodes.fill(number, hash));
        let mut tree = base.tree;
        let log = walk_from(place, base.head, |sequence, line| {
            if sequence <= size {
                tree.add_and_tell(line, |number, hash| nodes.fill(number, hash));
            }
        })?;
        let root = tree.root_and_tell(|number, hash| nodes.fill(number, hash));
        let (which, found) = (self.which.clone(), log.records);
        if found < size {
            return Err(CheckpointsBroken::Truncated { which, found, expected: size }.into());
        }
        if root != self.checkpoint.root() {
            return Err(CheckpointsBroken::Rewritten { which, size }.into());
        }
        Ok(nodes)
    }
}

/// Nodes by their number.
struct Nodes(BTreeMap<u64, Option<Sha256Digest>>);

impl Nodes {
    fn fill(&mut self, number: u64, hash: Sha256Digest) {
        if let Some(node) = self.0.get_mut(&number) {
            *node = Some(hash);
        }
    }

    fn path(&self, numbers: &[u64]) -> Result<Vec<Sha256Digest>, NoProof> {
        numbers.iter().map(|number| self.0.get(number).copied().flatten().ok_or(NoProof::NoCheckpoint)).collect()
    }
}

/// What a line is looked for by.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Facts {
    kind: String,
    question: Option<String>,
    answered_at: Option<Timestamp>,
    at: Option<Timestamp>,
}

impl Facts {
    /// Those of a line's record; none of a record that some later version wrote in another form.
    fn of(line: &[u8]) -> Self {
        serde_json::from_slice(line).map(|Line { record }| record).unwrap_or_default()
    }

    fn time(&self) -> Option<Timestamp> {
        self.answered_at.or(self.at)
    }
}

#[derive(Deserialize)]
struct Line {
    record: Facts,
}

fn text(line: &[u8]) -> String {
    String::from_utf8_lossy(line.strip_suffix(b"\n").unwrap_or(line)).into_owned()
}

/// The kind of the record of a question whose answer comes in pieces, before the first of them.
const BEGUN: &str = "begun";

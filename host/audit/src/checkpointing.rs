//! Making checkpoints while a log is written.

use std::sync::Arc;
use std::time::Duration;

use crate::checkpoint::SignedCheckpoint;
use crate::checkpoint_key::CheckpointKey;
use crate::checkpoints::{Checkpoints, kept_edge};
use crate::checkpoints_broken::CheckpointsBroken;
use crate::place::Place;
use crate::recovery::AuditFault;
use crate::removed::Base;
use crate::sink::Sink;
use crate::tree::Tree;
use crate::walk::walk_after;

/// The tree over a log's lines, and what signs it.
pub(crate) struct Checkpointing {
    key: Arc<CheckpointKey>,
    every: Duration,
    tree: Tree,
    /// How many lines the last checkpoint is of.
    signed: u64,
}

impl Checkpointing {
    /// Goes on with the checkpoints of a log that was just opened.
    ///
    /// It begins at the edge that was kept with the last checkpoint, where that is under this key's signature, so that opening takes the same time
    /// however long the log is; else it reads the whole log.
    pub(crate) fn resume(sink: &mut Sink, key: Arc<CheckpointKey>, every: Duration) -> Result<Self, AuditFault> {
        let lines = sink.head().sequence;
        let found = Found::read(sink.place(), &key)?;
        if let Some((last, which)) = &found.last
            && last.size() > lines
        {
            let (which, expected) = (which.clone(), last.size());
            return Err(CheckpointsBroken::Truncated { which, found: lines, expected }.into());
        }
        let base = Base::of(sink.place())?.tree;
        let mut tree = found.edge.filter(|edge| edge.size() >= base.size()).unwrap_or(base);
        let mut is_as_signed = agrees(&tree, found.last.as_ref());
        walk_after(sink.place(), tree.size(), |_, line| {
            tree.add(line);
            is_as_signed &= agrees(&tree, found.last.as_ref());
        })?;
        if let (false, Some((last, which))) = (is_as_signed, found.last.clone()) {
            return Err(CheckpointsBroken::Rewritten { which, size: last.size() }.into());
        }
        sink.begin_checkpoints(found.whole_bytes)?;
        Ok(Self { key, every, tree, signed: found.last.map_or(0, |(last, _)| last.size()) })
    }

    /// Takes a line that is kept.
    pub(crate) fn add(&mut self, line: &[u8]) {
        self.tree.add(line);
    }

    /// How long a line waits for its checkpoint; `None` where every line has one.
    pub(crate) fn wait(&self) -> Option<Duration> {
        (self.tree.size() > self.signed).then_some(self.every)
    }

    /// What the log is, signed, unless that was done already.
    pub(crate) fn due(&self) -> Option<SignedCheckpoint> {
        self.wait().map(|_| self.key.sign(self.tree.size(), self.tree.root()))
    }

    /// The tree that is signed.
    pub(crate) fn tree(&self) -> &Tree {
        &self.tree
    }

    /// A checkpoint of all lines is kept.
    pub(crate) fn signed(&mut self) {
        self.signed = self.tree.size();
    }
}

/// Whether a tree is what a checkpoint says of that many lines; where it has other numbers of lines, nothing speaks against it.
fn agrees(tree: &Tree, checkpoint: Option<&(SignedCheckpoint, String)>) -> bool {
    checkpoint.is_none_or(|(it, _)| it.size() != tree.size() || it.root() == tree.root())
}

/// What the last host left.
struct Found {
    last: Option<(SignedCheckpoint, String)>,
    edge: Option<Tree>,
    whole_bytes: u64,
}

impl Found {
    fn read(place: Place<'_>, key: &CheckpointKey) -> Result<Self, CheckpointsBroken> {
        let mut found = Self { last: None, edge: None, whole_bytes: 0 };
        let Some(mut checkpoints) = Checkpoints::open(place)? else { return Ok(found) };
        let edge = kept_edge(place);
        while let Some(checkpoint) = checkpoints.next()? {
            if let Some(edge) = &edge
                && (edge.size(), edge.root()) == (checkpoint.size(), checkpoint.root())
                && key.public().signed(&checkpoint)
            {
                found.edge = Some(edge.clone());
            }
            found.last = Some((checkpoint, checkpoints.which()));
        }
        found.whole_bytes = checkpoints.whole_bytes();
        Ok(found)
    }
}

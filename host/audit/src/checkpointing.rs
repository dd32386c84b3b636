//! Making checkpoints while a log is written.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::checkpoint::SignedCheckpoint;
use crate::checkpoint_file::{CheckpointFile, Checkpoints, kept_edge};
use crate::checkpoint_key::CheckpointKey;
use crate::checkpoints_broken::CheckpointsBroken;
use crate::directory::Directory;
use crate::recovery::AuditFault;
use crate::tree::Tree;
use crate::walk::walk_after;

/// The tree over a log's lines, and what signs it.
pub(crate) struct Checkpointing {
    key: Arc<CheckpointKey>,
    every: Duration,
    tree: Tree,
    file: CheckpointFile,
    /// How many lines the last checkpoint is of.
    signed: u64,
}

impl Checkpointing {
    /// Goes on with the checkpoints of a log that has so many lines.
    ///
    /// It begins at the edge that was kept with the last checkpoint, where that is under this key's signature, so that opening takes the same time
    /// however long the log is; else it reads the whole log.
    pub(crate) fn resume(
        directory: &Directory,
        lines: u64,
        key: Arc<CheckpointKey>,
        every: Duration,
    ) -> Result<Self, AuditFault> {
        let path = directory.path();
        let found = Found::read(path, &key)?;
        if let Some((last, which)) = &found.last
            && last.size() > lines
        {
            let (which, expected) = (which.clone(), last.size());
            return Err(CheckpointsBroken::Truncated { which, found: lines, expected }.into());
        }
        let mut tree = found.edge.unwrap_or(Tree::EMPTY);
        let mut is_as_signed = agrees(&tree, found.last.as_ref());
        walk_after(path, tree.size(), |_, line| {
            tree.add(line);
            is_as_signed &= agrees(&tree, found.last.as_ref());
        })?;
        if let (false, Some((last, which))) = (is_as_signed, found.last.clone()) {
            return Err(CheckpointsBroken::Rewritten { which, size: last.size() }.into());
        }
        let unusable = |source| AuditFault::Write { path: path.to_owned(), source };
        let file = CheckpointFile::open(directory, found.whole_bytes).map_err(unusable)?;
        Ok(Self { key, every, tree, file, signed: found.last.map_or(0, |(last, _)| last.size()) })
    }

    /// Takes a line that is on its way to the disk; nothing is signed before it is there.
    pub(crate) fn add(&mut self, line: &[u8]) {
        self.tree.add(line);
    }

    /// How long a line waits for its checkpoint; `None` where every line has one.
    pub(crate) fn wait(&self) -> Option<Duration> {
        (self.tree.size() > self.signed).then_some(self.every)
    }

    /// Signs what the log is, unless that is signed already.
    pub(crate) fn sign(&mut self) -> io::Result<()> {
        if self.wait().is_some() {
            let checkpoint = self.key.sign(self.tree.size(), self.tree.root());
            self.file.add(&checkpoint, &self.tree)?;
            self.signed = self.tree.size();
        }
        Ok(())
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
    fn read(directory: &Path, key: &CheckpointKey) -> Result<Self, CheckpointsBroken> {
        let mut found = Self { last: None, edge: None, whole_bytes: 0 };
        let Some(mut checkpoints) = Checkpoints::open(directory)? else { return Ok(found) };
        let edge = kept_edge(directory);
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

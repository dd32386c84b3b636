//! Where a log's lines and checkpoints are kept.

use std::future;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use crate::chain::{Head, Linked};
use crate::checkpoint::SignedCheckpoint;
use crate::checkpoint_file::CheckpointFile;
use crate::gauge::Gauge;
use crate::journal::Journal;
use crate::place::Place;
use crate::postgres::{PostgresSettings, Store};
use crate::recovery::{self, AuditFault};
use crate::tree::Tree;

/// What a log is to be kept in.
pub(crate) enum Opening {
    /// Segments in a folder.
    Files { directory: PathBuf, segment_bytes: u64, now: Timestamp },
    /// Rows in a database.
    Postgres(PostgresSettings),
}

/// What a log is kept in. The chain is made before it: a line has the same bytes in every sink.
pub(crate) enum Sink {
    /// Segments in a folder, and its checkpoints where it has any.
    Files { journal: Journal, checkpoints: Option<CheckpointFile> },
    /// Rows in a database.
    Postgres(Box<Store>),
}

impl Sink {
    /// Opens what there is, or begins it, so that nobody else writes to it.
    pub(crate) async fn open(opening: Opening, gauge: Arc<Gauge>) -> Result<Self, AuditFault> {
        match opening {
            Opening::Files { directory, segment_bytes, now } => {
                let journal = recovery::open(&directory, segment_bytes, now)?;
                Ok(Self::Files { journal, checkpoints: None })
            }
            Opening::Postgres(settings) => Ok(Self::Postgres(Box::new(Store::open(settings, gauge).await?))),
        }
    }

    /// Where it is read.
    pub(crate) fn place(&self) -> Place<'_> {
        match self {
            Self::Files { journal, .. } => Place::Folder(journal.directory().path()),
            Self::Postgres(store) => Place::Postgres(store.settings()),
        }
    }

    /// The end of what is kept.
    pub(crate) fn head(&self) -> Head {
        match self {
            Self::Files { journal, .. } => journal.head(),
            Self::Postgres(store) => store.head(),
        }
    }

    /// Adds lines, all of which are kept when it returns. A database that is away is waited for until `gone` says that nobody waits with it.
    pub(crate) async fn write(&mut self, lines: &[Linked], gone: &(dyn Fn() -> bool + Sync)) -> Result<(), WriteFault> {
        match self {
            Self::Files { journal, .. } => journal.write(lines),
            Self::Postgres(store) => store.write(lines, gone).await,
        }
    }

    /// Makes ready for checkpoints. Of those in a file, `whole_bytes` are whole.
    pub(crate) fn begin_checkpoints(&mut self, whole_bytes: u64) -> Result<(), AuditFault> {
        match self {
            Self::Files { journal, checkpoints } => {
                let directory = journal.directory();
                let unusable = |source| AuditFault::Write { path: Path::to_owned(directory.path()), source };
                *checkpoints = Some(CheckpointFile::open(directory, whole_bytes).map_err(unusable)?);
                Ok(())
            }
            Self::Postgres(_) => Ok(()),
        }
    }

    /// Keeps a checkpoint of all its lines, and the edge of their tree.
    pub(crate) async fn keep(
        &mut self,
        checkpoint: &SignedCheckpoint,
        tree: &Tree,
        gone: &(dyn Fn() -> bool + Sync),
    ) -> Result<(), WriteFault> {
        match self {
            Self::Files { checkpoints, .. } => {
                let file = checkpoints.as_mut().ok_or(WriteFault::Displaced)?;
                Ok(file.add(checkpoint, tree)?)
            }
            Self::Postgres(store) => store.keep(checkpoint, tree, gone).await,
        }
    }

    /// Ends when it has lost what it writes through: an empty write then looks for it. Files are never lost in this way.
    ///
    /// Cancel safe.
    pub(crate) async fn lost(&mut self) {
        match self {
            Self::Files { .. } => future::pending().await,
            Self::Postgres(store) => store.lost().await,
        }
    }
}

/// Why lines could not be added, and never will be by this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WriteFault {
    /// The disk or the file system refused.
    Io(io::ErrorKind),
    /// What was written to is not what is found there: somebody else wrote, or removed it.
    Displaced,
    /// The host was to stop, and the database was still away.
    GivenUp,
}

impl WriteFault {
    /// What it is called in figures.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Io(_) => "write",
            Self::Displaced => "displaced",
            Self::GivenUp => "given-up",
        }
    }
}

impl From<io::Error> for WriteFault {
    fn from(error: io::Error) -> Self {
        Self::Io(error.kind())
    }
}

//! The checkpoints of a log as they are read from its rows.

use tokio_postgres::{Error, Row};

use super::fault::PostgresFault;
use super::rows::{PAGE, Rows};
use super::settings::PostgresSettings;
use crate::chain::ChainBroken;
use crate::checkpoints_broken::CheckpointsBroken;
use crate::tree::Tree;
use ssbtx_core::Sha256Digest;

/// The texts of a log's checkpoints, the one of the fewest lines first.
pub(crate) struct CheckpointRows {
    rows: Rows,
    server: String,
}

impl CheckpointRows {
    /// Begins to read.
    pub(crate) fn begin(settings: &PostgresSettings) -> Self {
        let question = format!(
            "SELECT size, note FROM ssbtx_audit.checkpoint WHERE log = $1 AND size > $2 ORDER BY size LIMIT {PAGE}"
        );
        Self { rows: Rows::begin(settings, question, 0), server: settings.server().to_owned() }
    }

    /// The next one's text; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Vec<u8>>, CheckpointsBroken> {
        let row = self.rows.next().map_err(ChainBroken::Database)?;
        let text = row.map(|row| row.try_get::<_, String>(1)).transpose();
        let unreadable = |error: Error| ChainBroken::Database(PostgresFault::of(&self.server, &error));
        Ok(text.map_err(unreadable)?.map(String::into_bytes))
    }
}

/// The edge that was kept with the last checkpoint, where it can be read.
pub(crate) fn kept_edge(settings: &PostgresSettings) -> Option<Tree> {
    let question =
        "SELECT size, edge FROM ssbtx_audit.checkpoint WHERE log = $1 AND size > $2 ORDER BY size DESC LIMIT 1";
    let row = Rows::begin(settings, question.to_owned(), 0).next().ok()??;
    tree(&row).ok()?
}

/// How a tree's edge stands in a row.
pub(super) fn edge(tree: &Tree) -> Vec<u8> {
    tree.edge().iter().flat_map(|hash| *hash.as_bytes()).collect()
}

fn tree(row: &Row) -> Result<Option<Tree>, Error> {
    let (size, edge): (i64, Vec<u8>) = (row.try_get(0)?, row.try_get(1)?);
    let (hashes, []) = edge.as_chunks() else { return Ok(None) };
    let hashes = hashes.iter().map(|hash| Sha256Digest::from_bytes(*hash)).collect();
    Ok(u64::try_from(size).ok().and_then(|size| Tree::of_edge(size, hashes)))
}

/// What the table is called in a fault.
pub(crate) const CHECKPOINTS: &str = "ssbtx_audit.checkpoint";

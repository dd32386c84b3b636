//! The lines of a log as they are read from its rows.

use tokio_postgres::Row;

use super::columns::{Columns, NAMES};
use super::fault::PostgresFault;
use super::rows::{PAGE, Rows};
use super::settings::PostgresSettings;
use crate::chain::{ChainBroken, Flaw, Head};

/// Follows the chain of a log from `head` on and gives every line, with its sequence and a line feed, to `each`; says where it ends.
pub(crate) fn follow(
    settings: &PostgresSettings,
    head: Head,
    each: &mut dyn FnMut(u64, &[u8]),
) -> Result<Head, ChainBroken> {
    // More lines than a database counts: it has none after them.
    let Ok(after) = i64::try_from(head.sequence) else { return Ok(head) };
    follow_rows(settings, Rows::begin(settings, page(), after), Some(head), each)
}

/// Gives every line after the first `lines` to `each`; what the first of them says of the chain before it is believed.
pub(crate) fn follow_after(
    settings: &PostgresSettings,
    lines: u64,
    each: &mut dyn FnMut(u64, &[u8]),
) -> Result<(), ChainBroken> {
    // More lines than a database counts: it has none after them.
    let Ok(after) = i64::try_from(lines) else { return Ok(()) };
    follow_rows(settings, Rows::begin(settings, page(), after), None, each).map(drop)
}

/// Follows rows from `head` on, or from where the first of them says that it goes on.
fn follow_rows(
    settings: &PostgresSettings,
    mut rows: Rows,
    mut head: Option<Head>,
    each: &mut dyn FnMut(u64, &[u8]),
) -> Result<Head, ChainBroken> {
    while let Some(row) = rows.next()? {
        let line = LineRow::of(settings, &row)?;
        let next = line.follow(settings, head)?;
        each(next.sequence, &line.line);
        head = Some(next);
    }
    Ok(head.unwrap_or(Head::START))
}

/// A line with what stands beside it.
pub(super) struct LineRow {
    /// With a line feed, as it is hashed nowhere and written in every file.
    line: Vec<u8>,
    sequence: i64,
    hash: Vec<u8>,
    columns: Columns,
}

impl LineRow {
    /// Takes a row of the columns that [`question`] asks for.
    pub(super) fn of(settings: &PostgresSettings, row: &Row) -> Result<Self, PostgresFault> {
        let parts = || -> Result<Self, tokio_postgres::Error> {
            let mut line: Vec<u8> = row.try_get(1)?;
            line.push(b'\n');
            Ok(Self { sequence: row.try_get(0)?, line, hash: row.try_get(2)?, columns: Columns::of_row(row, 3)? })
        };
        parts().map_err(|error| PostgresFault::of(settings.server(), &error))
    }

    /// Its place in the log.
    pub(super) fn sequence(&self) -> u64 {
        self.sequence.unsigned_abs()
    }

    /// The line, with a line feed.
    pub(super) fn into_line(self) -> Vec<u8> {
        self.line
    }

    /// Whether it is the first of its log.
    pub(super) fn is_first(&self) -> bool {
        self.sequence == 1
    }

    /// Follows the chain over it, from `head` or from where it says itself that it goes on.
    pub(super) fn follow(&self, settings: &PostgresSettings, head: Option<Head>) -> Result<Head, ChainBroken> {
        let broken = |flaw| {
            let sequence = head.map_or(self.sequence.unsigned_abs(), |head| head.sequence + 1);
            ChainBroken::Row { log: settings.log().clone(), sequence, flaw }
        };
        let before = head.map_or_else(|| Head::before(&self.line), Ok).map_err(broken)?;
        let next = before.follow(&self.line).map_err(broken)?;
        let is_same = i64::try_from(next.sequence) == Ok(self.sequence)
            && next.hash.as_bytes().as_slice() == self.hash
            && Columns::of(&self.line) == self.columns;
        if is_same { Ok(next) } else { Err(broken(Flaw::Columns)) }
    }
}

/// Asks for lines: those that `which` says, with everything that a [`LineRow`] holds.
pub(super) fn question(which: &str) -> String {
    format!("SELECT sequence, line, hash, {NAMES} FROM ssbtx_audit.line WHERE log = $1 {which}")
}

/// Asks for the page after a sequence.
pub(super) fn page() -> String {
    question(&format!("AND sequence > $2 ORDER BY sequence LIMIT {PAGE}"))
}

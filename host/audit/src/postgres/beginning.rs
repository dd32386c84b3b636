//! Where a log in rows begins.

use super::fault::PostgresFault;
use super::line_rows::{LineRow, question};
use super::rows::Rows;
use super::settings::PostgresSettings;

/// The sequence of the first line that is there; 0 where there is none.
pub(crate) fn first_line(settings: &PostgresSettings) -> Result<u64, PostgresFault> {
    let question = question("AND sequence > $2 ORDER BY sequence LIMIT 1");
    let row = Rows::begin(settings, question, 0).next()?;
    let line = row.map(|row| LineRow::of(settings, &row)).transpose()?;
    Ok(line.map_or(0, |line| line.sequence()))
}

/// The newest line that tells of a removal, if there is one.
pub(crate) fn newest_removal(settings: &PostgresSettings) -> Result<Option<Vec<u8>>, PostgresFault> {
    let question = question("AND sequence > $2 AND kind = 'removed' ORDER BY sequence DESC LIMIT 1");
    let row = Rows::begin(settings, question, 0).next()?;
    let line = row.map(|row| LineRow::of(settings, &row)).transpose()?;
    Ok(line.map(LineRow::into_line))
}

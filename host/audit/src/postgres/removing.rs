//! Removing the oldest lines of a log in rows.

use jiff::Timestamp;

use super::fault::PostgresFault;
use super::line_rows::{LineRow, page};
use super::rows::Rows;
use super::settings::PostgresSettings;
use crate::chain::ChainBroken;
use crate::indexed::Indexed;
use crate::removed::Base;
use ssbtx_postgresql::Session;

/// Follows a log from where it begins, over the lines of before `limit`, to where it goes on after them, and gives the first that is not old.
pub(crate) fn after_old(
    settings: &PostgresSettings,
    begins: Base,
    limit: Timestamp,
) -> Result<(Base, Option<Indexed>), ChainBroken> {
    let mut until = begins;
    // More lines than a database counts: it has none after them.
    let Ok(after) = i64::try_from(until.head.sequence) else { return Ok((until, None)) };
    let mut rows = Rows::begin(settings, page(), after);
    while let Some(row) = rows.next()? {
        let line = LineRow::of(settings, &row)?;
        let head = line.follow(settings, Some(until.head))?;
        let line = line.into_line();
        match Indexed::of(&line) {
            Ok(row) if row.at < limit => {}
            Ok(row) => return Ok((until, Some(row))),
            // A line that tells of no time is kept.
            Err(_) => break,
        }
        until.tree.add(&line);
        until.head = head;
    }
    Ok((until, None))
}

/// Removes, in one transaction, what the log's newest line of a removal tells of; says how many lines that were, which is none where it was done before.
///
/// The statement is the schema's own: it lets a role remove these lines and no others.
pub(crate) async fn remove_announced(settings: &PostgresSettings) -> Result<i64, PostgresFault> {
    let session = Session::to_write(settings.database()).await?;
    let log = settings.log().as_str();
    let asked = async {
        let removed = session.client().query_one("SELECT ssbtx_audit.remove_announced($1)", &[&log]).await?;
        removed.try_get(0)
    };
    Ok(session.ask_long(asked).await?)
}

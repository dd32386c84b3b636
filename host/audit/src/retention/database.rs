//! Removing the oldest rows of a database.

use jiff::Timestamp;
use tokio::runtime::Handle;

use super::{NotRetained, Retained, is_ahead};
use crate::notes::Notes;
use crate::place::Place;
use crate::postgres::{self, PostgresSettings};
use crate::removed::{Base, Removed};

/// Removes the oldest rows, up to the first that is not of before `limit`.
pub(super) fn retain(
    settings: &PostgresSettings,
    limit: Timestamp,
    notes: &Notes,
    now: Timestamp,
    runtime: &Handle,
) -> Result<Retained, NotRetained> {
    // What a removal left that stopped after it was recorded. Where the role may remove nothing, this is refused before anything is recorded.
    let left_over = runtime.block_on(postgres::remove_announced(settings))?;
    let base = Base::of(Place::Postgres(settings))?;
    let (until, first) = postgres::after_old(settings, base.clone(), limit)?;
    let ahead = first.filter(|row| is_ahead(row.at, now)).map(|row| row.sequence);
    let through = until.head.sequence;
    if until.head != base.head {
        runtime.block_on(notes.append(&Removed::new(&until, now)))?;
        runtime.block_on(postgres::remove_announced(settings))?;
    } else if left_over == 0 {
        return Ok(Retained { ahead, ..Retained::default() });
    }
    Ok(Retained { segments: 0, through, ahead })
}

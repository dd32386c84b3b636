//! Removing what is older than it may be kept, without breaking the chain.

mod database;
mod folder;

use std::io;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use tokio::runtime::Handle;

use crate::chain::ChainBroken;
use crate::log::NotRecorded;
use crate::notes::Notes;
use crate::place::Place;
use crate::postgres::PostgresFault;
use ssbtx_core::{beginning_in_sweden, day_in_sweden};

/// How long records are kept.
///
/// # Units
///
/// Whole days of the calendar in Sweden, 30 to 36,525. There is no default: without one, nothing is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    days: u32,
}

impl Retention {
    /// What the number of days may be: long enough that a month is over before its usage report is gone, and at most a hundred years.
    pub const DAYS: RangeInclusive<usize> = 30..=36_525;

    /// Keeps records for so many days; `None` where that is out of the range.
    pub fn of_days(days: usize) -> Option<Self> {
        let days = u32::try_from(days).ok().filter(|_| Self::DAYS.contains(&days))?;
        Some(Self { days })
    }

    /// Before which moment records are older than they may be kept: a midnight in Sweden.
    pub fn limit(self, now: Timestamp) -> Timestamp {
        let day = day_in_sweden(now);
        let oldest = day.checked_sub(SignedDuration::from_hours(24 * i64::from(self.days)));
        oldest.map_or(Timestamp::MIN, beginning_in_sweden)
    }
}

/// What was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Retained {
    /// How many segments; 0 in a database, which has none.
    pub segments: usize,
    /// The last line that was removed; 0 where nothing was.
    pub through: u64,
    /// The line whose time has not come, where there is one that keeps it and all that follow it from being removed.
    pub ahead: Option<u64>,
}

/// Removes the oldest lines of a log, all of before `limit`, and first records that it does: of a folder whole segments save the last, of a database rows.
///
/// Where it stops in the middle, what is recorded as removed and still there is removed the next time. `notes` must
/// be of this log; `runtime` is what the record is written on. It blocks its thread.
///
/// # Errors
///
/// [`NotRetained`].
pub fn retain<'p>(
    place: impl Into<Place<'p>>,
    limit: Timestamp,
    notes: &Notes,
    now: Timestamp,
    runtime: &Handle,
) -> Result<Retained, NotRetained> {
    let removed = match place.into() {
        Place::Folder(directory) => folder::retain(directory, limit, notes, now, runtime),
        Place::Postgres(settings) => database::retain(settings, limit, notes, now, runtime),
    }?;
    if removed.through > 0 {
        tracing::info!(
            segments = removed.segments,
            through = removed.through,
            "oldest records of the audit log are removed"
        );
    }
    if let Some(sequence) = removed.ahead {
        tracing::warn!(
            sequence,
            "record of the audit log is of a time that has not come: it and what follows it is not removed"
        );
    }
    Ok(removed)
}

/// Whether a line is of a time that has not come, for which the host's clock was wrong when it was written, or is now.
fn is_ahead(at: Timestamp, now: Timestamp) -> bool {
    at.duration_since(now) > CLOCKS_DIFFER
}

/// What is written while this looks is of a moment later.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(5);

/// Why old records are still there.
#[derive(Debug, thiserror::Error)]
pub enum NotRetained {
    /// The log does not hold: nothing is removed of a log that somebody may have to look into.
    #[error(transparent)]
    Broken(#[from] ChainBroken),
    /// The removal could not be recorded, so that nothing was removed.
    #[error("removal could not be recorded")]
    NotRecorded(#[from] NotRecorded),
    /// A database removed nothing: `42501` is the missing right to.
    #[error("rows cannot be removed")]
    Database(#[from] PostgresFault),
    /// A segment cannot be removed.
    #[error("`{path}` cannot be removed")]
    Remove {
        /// The segment or its directory.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar_in_sweden() {
        let limit =
            |days| Retention::of_days(days).map(|it| it.limit("2026-11-22T23:30:00Z".parse().unwrap()).to_string());
        assert_eq!(limit(30).as_deref(), Some("2026-10-23T22:00:00Z"));
        assert_eq!((limit(29), limit(36_526)), (None, None));
    }
}

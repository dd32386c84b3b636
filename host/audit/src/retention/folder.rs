//! Removing the oldest segments of a folder.

use std::fs::{self, File};
use std::path::Path;

use jiff::Timestamp;
use tokio::runtime::Handle;

use super::{NotRetained, Retained, is_ahead};
use crate::chain::ChainBroken;
use crate::indexed::Indexed;
use crate::notes::Notes;
use crate::place::Place;
use crate::removed::{Base, Removed};
use crate::segment::Segment;

/// Removes the oldest segments all of whose lines are of before `limit`; the last segment stays, however old.
pub(super) fn retain(
    directory: &Path,
    limit: Timestamp,
    notes: &Notes,
    now: Timestamp,
    runtime: &Handle,
) -> Result<Retained, NotRetained> {
    let base = Base::of(Place::Folder(directory))?;
    let segments = Segment::list(directory)?;
    let (left_over, kept) =
        segments.split_at(segments.partition_point(|segment| segment.first() <= base.head.sequence));
    let mut removed = remove(directory, left_over, base.head.sequence)?;
    let Some((last, candidates)) = kept.split_last() else { return Ok(removed) };
    let mut until = base;
    let mut old = 0;
    for segment in candidates {
        match after(*segment, directory, &until, limit, now)? {
            Age::Old(next) => until = next,
            Age::Young { ahead } => {
                removed.ahead = ahead;
                break;
            }
        }
        old += 1;
    }
    // Days after one that has not come begin no segment of their own: that of such a line may be the last for long.
    if old == candidates.len()
        && let Age::Young { ahead } = after(*last, directory, &until, limit, now)?
    {
        removed.ahead = ahead;
    }
    let (old, _) = candidates.split_at(old);
    if old.is_empty() {
        return Ok(removed);
    }
    runtime.block_on(notes.append(&Removed::new(&until, now)))?;
    let through = until.head.sequence;
    let more = remove(directory, old, through)?;
    Ok(Retained { segments: removed.segments + more.segments, through, ..removed })
}

/// Whether a segment is removed.
enum Age {
    /// All of its lines are of before the limit: where the log goes on after it.
    Old(Base),
    /// Not all of them are: the first whose time has not come, where there is one.
    Young { ahead: Option<u64> },
}

fn after(
    segment: Segment,
    directory: &Path,
    until: &Base,
    limit: Timestamp,
    now: Timestamp,
) -> Result<Age, ChainBroken> {
    let mut tree = until.tree.clone();
    let mut is_old = true;
    let mut ahead = None;
    let followed = segment.follow_each(directory, until.head, |sequence, line| {
        tree.add(line);
        let at = Indexed::of(line).ok().map(|row| row.at);
        // A line that tells of no time is kept.
        is_old &= at.is_some_and(|at| at < limit);
        if ahead.is_none() && at.is_some_and(|at| is_ahead(at, now)) {
            ahead = Some(sequence);
        }
    })?;
    let is_whole = followed.unfinished_bytes == 0;
    Ok(if is_old && is_whole { Age::Old(Base { head: followed.head, tree }) } else { Age::Young { ahead } })
}

/// Removes segments, the oldest first: whatever it is stopped by, no gap is left.
fn remove(directory: &Path, segments: &[Segment], through: u64) -> Result<Retained, NotRetained> {
    for segment in segments {
        let path = segment.path(directory);
        fs::remove_file(&path).map_err(|source| NotRetained::Remove { path, source })?;
    }
    if !segments.is_empty() {
        let synced = File::open(directory).and_then(|directory| directory.sync_all());
        synced.map_err(|source| NotRetained::Remove { path: directory.to_owned(), source })?;
    }
    let through = if segments.is_empty() { 0 } else { through };
    Ok(Retained { segments: segments.len(), through, ahead: None })
}

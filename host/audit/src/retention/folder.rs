//! Removing the oldest segments of a folder.

use std::fs::{self, File};
use std::path::Path;

use jiff::Timestamp;
use tokio::runtime::Handle;

use super::{NotRetained, Retained};
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
    let removed = remove(directory, left_over, base.head.sequence)?;
    let Some((_, candidates)) = kept.split_last() else { return Ok(removed) };
    let mut until = base;
    let mut old = 0;
    for segment in candidates {
        let Some(next) = after(*segment, directory, &until, limit)? else { break };
        until = next;
        old += 1;
    }
    let (old, _) = candidates.split_at(old);
    if old.is_empty() {
        return Ok(removed);
    }
    runtime.block_on(notes.append(&Removed::new(&until, now)))?;
    let through = until.head.sequence;
    let more = remove(directory, old, through)?;
    Ok(Retained { segments: removed.segments + more.segments, through })
}

/// Where the log goes on after a segment all of whose lines are of before the limit.
fn after(segment: Segment, directory: &Path, until: &Base, limit: Timestamp) -> Result<Option<Base>, ChainBroken> {
    let mut tree = until.tree.clone();
    let mut is_old = true;
    let followed = segment.follow_each(directory, until.head, |_, line| {
        tree.add(line);
        // A line that tells of no time is kept.
        is_old &= Indexed::of(line).is_ok_and(|row| row.at < limit);
    })?;
    let is_whole = followed.unfinished_bytes == 0;
    Ok((is_old && is_whole).then_some(Base { head: followed.head, tree }))
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
    Ok(Retained { segments: segments.len(), through })
}

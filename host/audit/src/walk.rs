//! Going over the lines of a log.

use std::path::Path;

use crate::chain::{ChainBroken, Flaw, Head};
use crate::place::Place;
use crate::postgres;
use crate::removed::Base;
use crate::segment::{Followed, Segment};
use crate::verify::Verified;

/// Follows the chain of a whole log, from where it begins, and gives every line, with its sequence and its line feed, to `each`.
pub(crate) fn walk(place: Place<'_>, each: impl FnMut(u64, &[u8])) -> Result<Verified, ChainBroken> {
    walk_from(place, Base::of(place)?.head, each)
}

/// As [`walk`], of a log that is known to begin after `base`.
pub(crate) fn walk_from(
    place: Place<'_>,
    base: Head,
    mut each: impl FnMut(u64, &[u8]),
) -> Result<Verified, ChainBroken> {
    match place {
        Place::Folder(directory) => walk_folder(directory, base, each),
        Place::Postgres(settings) => {
            let head = postgres::follow(settings, base, &mut each)?;
            Ok(Verified {
                records: head.sequence,
                removed: base.sequence,
                segments: 0,
                head: head.hash,
                unfinished_bytes: 0,
            })
        }
    }
}

/// Gives every line after the first `lines` to `each`; where the log is read from, its own word on the chain is taken.
pub(crate) fn walk_after(place: Place<'_>, lines: u64, mut each: impl FnMut(u64, &[u8])) -> Result<(), ChainBroken> {
    match place {
        Place::Folder(directory) => walk_folder_after(directory, lines, each),
        Place::Postgres(settings) => postgres::follow_after(settings, lines, &mut each),
    }
}

fn walk_folder(directory: &Path, base: Head, mut each: impl FnMut(u64, &[u8])) -> Result<Verified, ChainBroken> {
    let mut segments = Segment::list(directory)?;
    // Left over from a removal that did not come to its end.
    segments.retain(|segment| segment.first() > base.sequence);
    let (head, unfinished_bytes) = follow(directory, &segments, base, &mut each)?;
    let (records, removed) = (head.sequence, base.sequence);
    Ok(Verified { records, removed, segments: segments.len(), head: head.hash, unfinished_bytes })
}

fn walk_folder_after(directory: &Path, lines: u64, mut each: impl FnMut(u64, &[u8])) -> Result<(), ChainBroken> {
    let mut segments = Segment::list(directory)?;
    let next = Segment::after(Head { sequence: lines, ..Head::START });
    let at = segments.partition_point(|segment| *segment <= next).saturating_sub(1);
    let segments = segments.split_off(at);
    // A log of no segment, or of one without a line, has nothing to give.
    let Some(before) = segments.first().map(|first| first.head_before(directory)).transpose()?.flatten() else {
        return Ok(());
    };
    let mut each_after = |sequence, line: &[u8]| {
        if sequence > lines {
            each(sequence, line);
        }
    };
    follow(directory, &segments, before, &mut each_after)?;
    Ok(())
}

/// Follows segments; gives the chain's end and how much of an unfinished line stands there.
fn follow(
    directory: &Path,
    segments: &[Segment],
    mut head: Head,
    each: &mut impl FnMut(u64, &[u8]),
) -> Result<(Head, u64), ChainBroken> {
    let mut unfinished: Option<(Segment, u64)> = None;
    for segment in segments {
        if let Some((earlier, _)) = unfinished {
            return Err(earlier.broken_at(head.sequence + 1, Flaw::Unfinished));
        }
        let followed: Followed = segment.follow_each(directory, head, &mut *each)?;
        head = followed.head;
        unfinished = (followed.unfinished_bytes > 0).then_some((*segment, followed.unfinished_bytes));
    }
    Ok((head, unfinished.map_or(0, |(_, bytes)| bytes)))
}

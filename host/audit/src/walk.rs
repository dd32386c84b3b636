//! Going over the lines of a log.

use std::path::Path;

use crate::chain::{ChainBroken, Flaw, Head};
use crate::segment::{Followed, Segment};
use crate::verify::Verified;

/// Follows the chain of a whole log and gives every line, with its sequence and its line feed, to `each`.
pub(crate) fn walk(directory: &Path, mut each: impl FnMut(u64, &[u8])) -> Result<Verified, ChainBroken> {
    let segments = Segment::list(directory)?;
    let (head, unfinished_bytes) = follow(directory, &segments, Head::START, &mut each)?;
    Ok(Verified { records: head.sequence, segments: segments.len(), head: head.hash, unfinished_bytes })
}

/// Gives every line after the first `lines` to `each`; where the segment begins in which they stand, its own word on the chain is taken.
pub(crate) fn walk_after(directory: &Path, lines: u64, mut each: impl FnMut(u64, &[u8])) -> Result<(), ChainBroken> {
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

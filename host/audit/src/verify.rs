//! Verifying a whole log.

use std::path::Path;

use crate::chain::{ChainBroken, Flaw, Head};
use crate::segment::Segment;
use ssbtx_core::Sha256Digest;

/// A log whose chain holds from its first line to its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// How many records it has.
    pub records: u64,
    /// How many segments.
    pub segments: usize,
    /// The hash of its last line, 64 zeros if there is none. Kept elsewhere, it shows later that nothing before it was rewritten.
    pub head: Sha256Digest,
    /// How much of an unfinished line stands at its end: 0, unless the host is writing just now or stopped in the middle of doing so.
    pub unfinished_bytes: u64,
}

/// Follows the chain of a log over every line of every segment. It may be done while a host writes.
///
/// # Errors
///
/// [`ChainBroken`] at the first line or segment that is not what those before it promise.
pub fn verify(directory: &Path) -> Result<Verified, ChainBroken> {
    let segments = Segment::list(directory)?;
    let mut head = Head::START;
    let mut unfinished: Option<(Segment, u64)> = None;
    for segment in &segments {
        if let Some((earlier, _)) = unfinished {
            return Err(earlier.broken_at(head.sequence + 1, Flaw::Unfinished));
        }
        let followed = segment.follow(directory, head)?;
        head = followed.head;
        unfinished = (followed.unfinished_bytes > 0).then_some((*segment, followed.unfinished_bytes));
    }
    let unfinished_bytes = unfinished.map_or(0, |(_, bytes)| bytes);
    Ok(Verified { records: head.sequence, segments: segments.len(), head: head.hash, unfinished_bytes })
}

//! Opening a log: what the last host left, judged before anything is added.

use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;

use crate::chain::{ChainBroken, Flaw, Head};
use crate::checkpoints_broken::CheckpointsBroken;
use crate::directory::Directory;
use crate::journal::{Journal, OpenSegment, day_of};
use crate::place::Place;
use crate::postgres::PostgresFault;
use crate::removed::Base;
use crate::segment::{Followed, Segment};

/// Opens a log for writing.
///
/// The last two segments are verified, so that opening takes the same time however long the log is; [`crate::verify()`] looks at all of it.
pub(crate) fn open(path: &Path, segment_bytes: u64, now: Timestamp) -> Result<Journal, AuditFault> {
    let directory = Directory::open(path)?;
    let segments = Segment::list(path)?;
    let Some((last, earlier)) = segments.split_last() else {
        let unusable = |source| AuditFault::Write { path: path.to_owned(), source };
        return Journal::begin(directory, segment_bytes, Head::START).map_err(unusable);
    };
    let before_last = match earlier.last() {
        None => Base::of(Place::Folder(path))?.head,
        Some(next_to_last) => head_after(*next_to_last, path)?,
    };
    let mut last_line = Vec::new();
    let followed = last.follow_each(path, before_last, |_, line| {
        last_line.clear();
        last_line.extend_from_slice(line);
    })?;
    let unusable = |source| AuditFault::Write { path: last.path(path), source };
    let (head, length) = match followed.unfinished_bytes {
        0 => (followed.head, followed.whole_bytes),
        _ => cut(&last.path(path), &followed, now).map_err(unusable)?,
    };
    let file = OpenOptions::new().append(true).open(last.path(path)).map_err(unusable)?;
    Ok(Journal::resume(
        directory,
        segment_bytes,
        head,
        OpenSegment { segment: *last, file, length, day: day_of(&last_line) },
    ))
}

/// What is wrong with a log, so that it is not opened.
#[derive(Debug, thiserror::Error)]
pub enum AuditFault {
    /// The directory cannot be made, opened or locked.
    #[error("audit directory `{path}` cannot be used")]
    Directory {
        /// The directory.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Others than its owner may enter the directory.
    #[error("audit directory `{path}` has mode `{mode:03o}`, expected no access for group and others, such as `700`")]
    Permissions {
        /// The directory.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// Another host writes to it.
    #[error("audit directory `{path}` is in use by another process")]
    InUse {
        /// The directory.
        path: PathBuf,
    },
    /// The log is damaged.
    #[error(transparent)]
    Broken(#[from] ChainBroken),
    /// The log is not what its checkpoints say.
    #[error(transparent)]
    Checkpoints(#[from] CheckpointsBroken),
    /// A segment cannot be written.
    #[error("`{path}` cannot be written")]
    Write {
        /// The segment or its directory.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// There is no database that keeps records as they must be kept.
    #[error(transparent)]
    Postgres(#[from] PostgresFault),
    /// The thread that writes cannot be started.
    #[error("audit log's writer cannot be started")]
    Writer(#[source] io::Error),
}

/// The chain's end after a segment that another follows.
fn head_after(segment: Segment, directory: &Path) -> Result<Head, ChainBroken> {
    let unfinished = |at: Head| segment.broken_at(at.sequence + 1, Flaw::Unfinished);
    let Some(before) = segment.head_before(directory)? else {
        return Err(segment.broken_at(0, Flaw::Unfinished));
    };
    let followed = segment.follow(directory, before)?;
    if followed.unfinished_bytes == 0 { Ok(followed.head) } else { Err(unfinished(followed.head)) }
}

/// Replaces an unfinished last line by the record of its removal; gives the new end of the chain and the new length.
///
/// The record is written over the unfinished line before the rest of that is cut off. Were it cut off first and the machine stopped in between,
/// the removal would leave no trace; this way what is left is an unfinished line again.
fn cut(path: &Path, followed: &Followed, now: Timestamp) -> io::Result<(Head, u64)> {
    let record = Recovered { kind: "recovered", at: now.to_string(), bytes_cut: followed.unfinished_bytes };
    let (line, head) = followed.head.link(&serde_json::to_vec(&record)?);
    let length = followed.whole_bytes + line.len() as u64;
    // Not for appending: that would ignore the offset.
    let file = OpenOptions::new().write(true).open(path)?;
    file.write_all_at(&line, followed.whole_bytes)?;
    file.set_len(length)?;
    file.sync_all()?;
    tracing::warn!(
        bytes_cut = followed.unfinished_bytes,
        "audit log ended in an unfinished line, which was cut off and recorded"
    );
    Ok((head, length))
}

/// The record of a removal.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Recovered {
    kind: &'static str,
    at: String,
    bytes_cut: u64,
}

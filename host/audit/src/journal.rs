//! The log as it is written: the segment that is open, and the chain's end.

use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;

use jiff::civil::Date;

use crate::chain::{Head, Linked};
use crate::directory::Directory;
use crate::indexed::Indexed;
use crate::segment::Segment;
use crate::sink::WriteFault;
use ssbtx_core::day_in_sweden;

/// A log that lines are added to.
///
/// After a fault it is in an unknown state and must not be written to again; opening the log anew finds out what there is.
pub(crate) struct Journal {
    directory: Directory,
    segment_bytes: u64,
    head: Head,
    segment: Segment,
    file: File,
    length: u64,
    /// The day of the newest line of the segment at hand, by the calendar in Sweden.
    day: Option<Date>,
}

impl Journal {
    /// Goes on after `head` in a segment of this length.
    pub(crate) fn resume(directory: Directory, segment_bytes: u64, head: Head, at: OpenSegment) -> Self {
        let OpenSegment { segment, file, length, day } = at;
        Self { directory, segment_bytes, head, segment, file, length, day }
    }

    /// Begins the segment after `head`.
    pub(crate) fn begin(directory: Directory, segment_bytes: u64, head: Head) -> io::Result<Self> {
        let segment = Segment::after(head);
        let file = directory.create_file(&segment.path(directory.path()))?;
        Ok(Self { directory, segment_bytes, head, segment, file, length: 0, day: None })
    }

    /// Adds lines, all of which are on the disk when it returns.
    pub(crate) fn write(&mut self, lines: &[Linked]) -> Result<(), WriteFault> {
        let mut pending = Vec::new();
        for Linked { line, head } in lines {
            let length = self.length + pending.len() as u64;
            let day = day_of(line);
            // A segment is of one day, so that what is kept for so many days can be removed to the day. A clock that goes back begins no other.
            let is_another_day = self.day.is_some() && day > self.day;
            self.day = self.day.max(day);
            if length > 0 && (is_another_day || length + line.len() as u64 > self.segment_bytes) {
                self.flush(&pending)?;
                pending.clear();
                self.roll()?;
            }
            pending.extend_from_slice(line);
            self.head = *head;
        }
        self.flush(&pending)
    }

    /// The directory that it lies in.
    pub(crate) fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The chain's end.
    pub(crate) fn head(&self) -> Head {
        self.head
    }

    fn roll(&mut self) -> Result<(), WriteFault> {
        self.segment = Segment::after(self.head);
        self.file = self.directory.create_file(&self.segment.path(self.directory.path()))?;
        self.length = 0;
        Ok(())
    }

    fn flush(&mut self, lines: &[u8]) -> Result<(), WriteFault> {
        self.file.write_all(lines)?;
        self.file.sync_data()?;
        self.length += lines.len() as u64;
        self.confirm()
    }

    /// Looks whether what was written can be found again: a file that was removed or replaced still takes writes, and loses them.
    fn confirm(&self) -> Result<(), WriteFault> {
        let held = self.file.metadata()?;
        let found = match fs::symlink_metadata(self.segment.path(self.directory.path())) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(WriteFault::Displaced),
            found => found?,
        };
        let is_same = (held.dev(), held.ino()) == (found.dev(), found.ino());
        if is_same && found.len() == self.length { Ok(()) } else { Err(WriteFault::Displaced) }
    }
}

/// The day that a line tells of, by the calendar in Sweden.
pub(crate) fn day_of(line: &[u8]) -> Option<Date> {
    Indexed::of(line).ok().map(|row| day_in_sweden(row.at))
}

/// A segment that is open at its end.
pub(crate) struct OpenSegment {
    pub(crate) segment: Segment,
    pub(crate) file: File,
    pub(crate) length: u64,
    /// The day of its last line, by the calendar in Sweden.
    pub(crate) day: Option<Date>,
}

#[cfg(test)]
mod tests {
    use std::fs::OpenOptions;

    use super::*;

    #[test]
    fn a_full_disk_is_a_fault_and_not_a_shorter_log() {
        let folder = tempfile::tempdir().unwrap();
        let directory = Directory::open(&folder.path().join("audit")).unwrap();
        let full = OpenOptions::new().append(true).open("/dev/full").unwrap();
        let at = OpenSegment { segment: Segment::after(Head::START), file: full, length: 0, day: None };
        let mut journal = Journal::resume(directory, u64::MAX, Head::START, at);
        let written = journal.write(&Head::START.link_all([b"{}".as_slice()]));
        assert_eq!(written, Err(WriteFault::Io(io::ErrorKind::StorageFull)));
    }
}

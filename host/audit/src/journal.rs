//! The log as it is written: the segment that is open, and the chain's end.

use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;

use crate::chain::Head;
use crate::directory::Directory;
use crate::segment::Segment;

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
}

impl Journal {
    /// Goes on after `head` in a segment of this length.
    pub(crate) fn resume(directory: Directory, segment_bytes: u64, head: Head, at: OpenSegment) -> Self {
        let OpenSegment { segment, file, length } = at;
        Self { directory, segment_bytes, head, segment, file, length }
    }

    /// Begins the segment after `head`.
    pub(crate) fn begin(directory: Directory, segment_bytes: u64, head: Head) -> io::Result<Self> {
        let segment = Segment::after(head);
        let file = directory.create_file(&segment.path(directory.path()))?;
        Ok(Self { directory, segment_bytes, head, segment, file, length: 0 })
    }

    /// Adds records, all of which are on the disk when it returns, and tells their lines on the way.
    pub(crate) fn write<'r>(
        &mut self,
        records: impl IntoIterator<Item = &'r [u8]>,
        mut tell: impl FnMut(&[u8]),
    ) -> Result<(), WriteFault> {
        let mut pending = Vec::new();
        for record in records {
            let (line, head) = self.head.link(record);
            let length = self.length + pending.len() as u64;
            if length > 0 && length + line.len() as u64 > self.segment_bytes {
                self.flush(&pending)?;
                pending.clear();
                self.roll()?;
            }
            tell(&line);
            pending.extend_from_slice(&line);
            self.head = head;
        }
        self.flush(&pending)
    }

    /// The directory that it lies in.
    pub(crate) fn directory(&self) -> &Directory {
        &self.directory
    }

    /// How many lines it has.
    pub(crate) fn lines(&self) -> u64 {
        self.head.sequence
    }

    /// The file name of the segment at hand.
    pub(crate) fn segment(&self) -> String {
        self.segment.file_name()
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

/// A segment that is open at its end.
pub(crate) struct OpenSegment {
    pub(crate) segment: Segment,
    pub(crate) file: File,
    pub(crate) length: u64,
}

/// Why lines could not be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WriteFault {
    /// The disk or the file system refused.
    Io(io::ErrorKind),
    /// The segment is not the file that was written to, or somebody else wrote to it.
    Displaced,
}

impl From<io::Error> for WriteFault {
    fn from(error: io::Error) -> Self {
        Self::Io(error.kind())
    }
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
        let at = OpenSegment { segment: Segment::after(Head::START), file: full, length: 0 };
        let mut journal = Journal::resume(directory, u64::MAX, Head::START, at);
        let written = journal.write([b"{}".as_slice()], |_| {});
        assert_eq!(written, Err(WriteFault::Io(io::ErrorKind::StorageFull)));
    }
}

//! The files of a log, as they are read.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use crate::chain::{ChainBroken, Flaw, Head};

/// A segment: a file of lines, named after the sequence of its first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Segment {
    first: u64,
}

impl Segment {
    /// The segment that begins after a chain's end.
    pub(crate) fn after(head: Head) -> Self {
        Self { first: head.sequence + 1 }
    }

    /// The segment whose first line has this sequence.
    pub(crate) fn beginning(first: u64) -> Self {
        Self { first }
    }

    /// The sequence of its first line.
    pub(crate) fn first(self) -> u64 {
        self.first
    }

    /// Every segment of a directory, in order. Other files are not looked at.
    pub(crate) fn list(directory: &Path) -> Result<Vec<Self>, ChainBroken> {
        let unreadable = |source| ChainBroken::Read { path: directory.to_owned(), source };
        let mut segments = Vec::new();
        for entry in fs::read_dir(directory).map_err(unreadable)? {
            segments.extend(entry.map_err(unreadable)?.file_name().to_str().and_then(Self::named));
        }
        segments.sort_unstable();
        Ok(segments)
    }

    pub(crate) fn file_name(self) -> String {
        format!("{PREFIX}{:0DIGITS$}{SUFFIX}", self.first)
    }

    pub(crate) fn path(self, directory: &Path) -> PathBuf {
        directory.join(self.file_name())
    }

    /// Follows a chain over this segment's lines, which begin right after `head`.
    ///
    /// An unfinished last line is measured and not judged: only the last segment may have one.
    pub(crate) fn follow(self, directory: &Path, head: Head) -> Result<Followed, ChainBroken> {
        self.follow_each(directory, head, |_, _| {})
    }

    /// Follows a chain, and gives every whole line, with its sequence and its line feed, to `each`.
    pub(crate) fn follow_each(
        self,
        directory: &Path,
        head: Head,
        mut each: impl FnMut(u64, &[u8]),
    ) -> Result<Followed, ChainBroken> {
        let expected = Self::after(head);
        if self != expected {
            return Err(ChainBroken::Segment { found: self.file_name(), expected: expected.file_name() });
        }
        let mut lines = Lines::open(self.path(directory))?;
        let mut followed = Followed { head, whole_bytes: 0, unfinished_bytes: 0 };
        while let Some(line) = lines.next()? {
            let length = line.len() as u64;
            if !line.ends_with(b"\n") {
                followed.unfinished_bytes = length;
                break;
            }
            let flawed = |flaw| self.broken_at(followed.head.sequence + 1, flaw);
            followed.head = followed.head.follow(line).map_err(flawed)?;
            followed.whole_bytes += length;
            each(followed.head.sequence, line);
        }
        Ok(followed)
    }

    /// Gives every whole line to `each`, with its line feed. Whether the chain holds is not looked at.
    pub(crate) fn each_line(self, directory: &Path, mut each: impl FnMut(&[u8])) -> Result<(), ChainBroken> {
        let mut lines = Lines::open(self.path(directory))?;
        while let Some(line) = lines.next()? {
            if line.ends_with(b"\n") {
                each(line);
            }
        }
        Ok(())
    }

    /// The chain's end before this segment, by the word of its own first line; `None` where it has no whole line.
    pub(crate) fn head_before(self, directory: &Path) -> Result<Option<Head>, ChainBroken> {
        let mut lines = Lines::open(self.path(directory))?;
        match lines.next()? {
            Some(line) if line.ends_with(b"\n") => {
                Head::before(line).map(Some).map_err(|flaw| self.broken_at(self.first, flaw))
            }
            Some(_) | None => Ok(None),
        }
    }

    /// The fault of the line that should have this sequence.
    pub(crate) fn broken_at(self, sequence: u64, flaw: Flaw) -> ChainBroken {
        let line = sequence.saturating_sub(self.first) + 1;
        ChainBroken::Line { segment: self.file_name(), line, flaw }
    }

    fn named(name: &str) -> Option<Self> {
        let digits = name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?;
        let segment = Self { first: digits.parse().ok()? };
        (segment.file_name() == name).then_some(segment)
    }
}

/// What a segment holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Followed {
    /// The chain's end after its last whole line.
    pub(crate) head: Head,
    /// How long its whole lines are together.
    pub(crate) whole_bytes: u64,
    /// How much of an unfinished line follows them.
    pub(crate) unfinished_bytes: u64,
}

/// A file's lines, one in memory at a time.
struct Lines {
    path: PathBuf,
    reader: BufReader<File>,
    line: Vec<u8>,
}

impl Lines {
    fn open(path: PathBuf) -> Result<Self, ChainBroken> {
        match File::open(&path) {
            Ok(file) => Ok(Self { path, reader: BufReader::new(file), line: Vec::new() }),
            Err(source) => Err(ChainBroken::Read { path, source }),
        }
    }

    /// The next line with its line feed; the last one may be without.
    fn next(&mut self) -> Result<Option<&[u8]>, ChainBroken> {
        self.line.clear();
        let read: io::Result<usize> = self.reader.read_until(b'\n', &mut self.line);
        match read {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(&self.line)),
            Err(source) => Err(ChainBroken::Read { path: self.path.clone(), source }),
        }
    }
}

const PREFIX: &str = "audit-";
const SUFFIX: &str = ".jsonl";
const DIGITS: usize = 12;

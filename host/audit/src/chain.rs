//! Lines, and what chains them.

use std::io;
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::checkpoint::Origin;
use crate::postgres::PostgresFault;
use ssbtx_core::Sha256Digest;

/// The end of a chain: the sequence and the hash of its last line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) sequence: u64,
    pub(crate) hash: Sha256Digest,
}

impl Head {
    /// Before line 1.
    pub(crate) const START: Self = Self { sequence: 0, hash: Sha256Digest::from_bytes([0; 32]) };

    /// The line that adds a record to the chain, with its line feed, and the new end.
    pub(crate) fn link(self, record: &[u8]) -> (Vec<u8>, Self) {
        let next = Self { sequence: self.sequence + 1, hash: self.hash_with(record) };
        let mut line = format!(r#"{{"sequence":{},"previous":"{}","record":"#, next.sequence, self.hash).into_bytes();
        line.extend_from_slice(record);
        line.extend_from_slice(format!("{}{}{}\n", r#","hash":""#, next.hash, r#""}"#).as_bytes());
        (line, next)
    }

    /// The lines that add records to the chain, one after the other.
    pub(crate) fn link_all<'r>(self, records: impl IntoIterator<Item = &'r [u8]>) -> Vec<Linked> {
        let link = |end: &mut Self, record| {
            let (line, head) = end.link(record);
            *end = head;
            Some(Linked { line, head })
        };
        records.into_iter().scan(self, link).collect()
    }

    /// Follows the chain over one line, given with its line feed.
    pub(crate) fn follow(self, line: &[u8]) -> Result<Self, Flaw> {
        let parts = Line::parse(line)?;
        let expected = self.sequence + 1;
        if parts.sequence != expected {
            return Err(Flaw::Sequence { found: parts.sequence, expected });
        }
        if parts.previous != self.hash.to_string() {
            return Err(Flaw::Previous);
        }
        let (as_written, next) = self.link(parts.record.get().as_bytes());
        if parts.hash != next.hash.to_string() {
            return Err(Flaw::Hash);
        }
        // White space or another order of keys says the same in JSON, but no host wrote it.
        if as_written == line { Ok(next) } else { Err(Flaw::NoLine) }
    }

    /// The end of the chain before a line, by that line's own word.
    pub(crate) fn before(line: &[u8]) -> Result<Self, Flaw> {
        let parts = Line::parse(line)?;
        let sequence = parts.sequence.checked_sub(1).ok_or(Flaw::NoLine)?;
        let hash = parts.previous.parse().map_err(|_| Flaw::NoLine)?;
        Ok(Self { sequence, hash })
    }

    fn hash_with(self, record: &[u8]) -> Sha256Digest {
        Sha256Digest::from_bytes(
            Sha256::new().chain_update(self.hash.as_bytes()).chain_update(record).finalize().into(),
        )
    }
}

/// A line that continues a chain, the same bytes wherever it is kept.
pub(crate) struct Linked {
    /// The line with its line feed.
    pub(crate) line: Vec<u8>,
    /// The chain's end after it.
    pub(crate) head: Head,
}

/// A line's parts, the record exactly as it stands there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'l> {
    sequence: u64,
    previous: &'l str,
    #[serde(borrow)]
    record: &'l RawValue,
    hash: &'l str,
}

impl<'l> Line<'l> {
    fn parse(line: &'l [u8]) -> Result<Self, Flaw> {
        serde_json::from_slice(line).map_err(|_| Flaw::NoLine)
    }
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Not of the form that the log has.
    #[error("is no line of an audit log")]
    NoLine,
    /// A line was removed, added or moved.
    #[error("has sequence `{found}`, expected `{expected}`")]
    Sequence {
        /// What the line says.
        found: u64,
        /// What follows from the line before.
        expected: u64,
    },
    /// The line before was changed with its hash, or is another one.
    #[error("does not continue from the hash of the line before")]
    Previous,
    /// Its record or its hash was changed.
    #[error("has a hash that is not that of its record")]
    Hash,
    /// Its end is missing.
    #[error("ends without a line feed")]
    Unfinished,
    /// In a database: what it is found by was changed.
    #[error("has columns that are not those of the line")]
    Columns,
}

/// Where a chain breaks.
#[derive(Debug, thiserror::Error)]
pub enum ChainBroken {
    /// A line is not what the line before it promises.
    #[error("line {line} of `{segment}` {flaw}")]
    Line {
        /// The segment's file name.
        segment: String,
        /// The line in it, from 1.
        line: u64,
        /// What is wrong with it.
        flaw: Flaw,
    },
    /// A segment is missing or has another's name.
    #[error("segment is `{found}`, expected `{expected}`")]
    Segment {
        /// The file name that comes next.
        found: String,
        /// The file name that follows from the lines before.
        expected: String,
    },
    /// A row of a database is not what the row before it promises.
    #[error("row `{sequence}` of log `{log}` {flaw}")]
    Row {
        /// The log's name.
        log: Origin,
        /// Which one it should be.
        sequence: u64,
        /// What is wrong with it.
        flaw: Flaw,
    },
    /// A file or the directory cannot be read.
    #[error("`{path}` cannot be read")]
    Read {
        /// What cannot be read.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A database cannot be read.
    #[error(transparent)]
    Database(#[from] PostgresFault),
}

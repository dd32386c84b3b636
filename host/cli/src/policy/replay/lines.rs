//! The lines of an audit log.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use serde::Deserialize;
use serde_json::value::RawValue;

/// One line's record, as it stands.
pub struct Line {
    /// Its place in the log; in a file of bare records, in the file.
    pub sequence: u64,
    /// The record.
    pub record: Vec<u8>,
}

/// Every line of a log, one in memory at a time.
pub struct Lines {
    files: std::vec::IntoIter<PathBuf>,
    open: Option<(PathBuf, BufReader<File>)>,
    read: u64,
    may_grow: bool,
}

impl Lines {
    /// Opens a log's folder, whose chain is verified, or a file.
    pub fn open(path: &Path) -> Result<Self> {
        let may_grow = path.is_dir();
        let files = if may_grow { segments(path)? } else { vec![path.to_owned()] };
        Ok(Self { files: files.into_iter(), open: None, read: 0, may_grow })
    }

    fn line(&mut self) -> Result<Option<(PathBuf, Vec<u8>)>> {
        loop {
            if self.open.is_none() {
                let Some(path) = self.files.next() else { return Ok(None) };
                let file = File::open(&path).with_context(|| format!("read `{}`", path.display()))?;
                self.open = Some((path, BufReader::new(file)));
            }
            let Some((path, reader)) = &mut self.open else { return Ok(None) };
            let mut bytes = Vec::new();
            reader.read_until(b'\n', &mut bytes).with_context(|| format!("read `{}`", path.display()))?;
            // A host that writes at this moment has not ended its last line; what it is about has no answer yet.
            if bytes.ends_with(b"\n") || !(bytes.is_empty() || self.may_grow) {
                return Ok(Some((path.clone(), bytes)));
            }
            self.open = None;
        }
    }
}

impl Iterator for Lines {
    type Item = Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        let (path, bytes) = match self.line() {
            Ok(Some(line)) => line,
            Ok(None) => return None,
            Err(error) => return Some(Err(error)),
        };
        self.read += 1;
        let read = self.read;
        let line = match serde_json::from_slice::<Chained>(&bytes) {
            Ok(Chained { sequence, record }) => Ok(Line { sequence, record: record.get().into() }),
            // A line that was taken out of its chain.
            Err(_) if serde_json::from_slice::<Bare>(&bytes).is_ok() => Ok(Line { sequence: read, record: bytes }),
            Err(_) => Err(anyhow!("line {read} of `{}` is no line of an audit log", path.display())),
        };
        Some(line)
    }
}

#[derive(Deserialize)]
struct Chained {
    sequence: u64,
    record: Box<RawValue>,
}

#[derive(Deserialize)]
struct Bare {
    #[serde(rename = "kind")]
    _kind: String,
}

fn segments(folder: &Path) -> Result<Vec<PathBuf>> {
    ssbtx_audit::verify(folder).with_context(|| format!("verify the audit log `{}`", folder.display()))?;
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("list `{}`", folder.display()))? {
        let path = entry.with_context(|| format!("list `{}`", folder.display()))?.path();
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            files.push(path);
        }
    }
    // Named after the sequence of their first line, in digits of one width.
    files.sort();
    Ok(files)
}

//! The lines of an audit log.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::host_log::{HostLog, Rows};

/// One line's record, as it stands.
pub struct Line {
    /// Its place in the log; in a file of bare records, in the file.
    pub sequence: u64,
    /// The record.
    pub record: Vec<u8>,
}

/// Every line of a log, one in memory at a time.
pub struct Lines {
    named: PathBuf,
    source: Source,
    read: u64,
}

/// Where they come from.
enum Source {
    Files(Files),
    Rows(Rows),
}

impl Lines {
    /// Opens a log's folder, whose chain is verified, the log of a host by its configuration, or a file.
    pub fn open(path: &Path) -> Result<Self> {
        let source = if path.is_dir() {
            Source::Files(Files::of_log(path)?)
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            match HostLog::of(path)? {
                HostLog::Folder(folder) => Source::Files(Files::of_log(&folder)?),
                HostLog::Rows(rows) => Source::Rows(rows),
            }
        } else {
            Source::Files(Files { unread: vec![path.to_owned()].into_iter(), open: None, may_grow: false })
        };
        Ok(Self { named: path.to_owned(), source, read: 0 })
    }

    fn line(&mut self) -> Result<Option<(PathBuf, Vec<u8>)>> {
        match &mut self.source {
            Source::Files(files) => files.line(),
            Source::Rows(rows) => Ok(rows.next()?.map(|line| (self.named.clone(), line))),
        }
    }
}

/// Files of lines, read one after the other.
struct Files {
    unread: std::vec::IntoIter<PathBuf>,
    open: Option<(PathBuf, BufReader<File>)>,
    may_grow: bool,
}

impl Files {
    fn of_log(folder: &Path) -> Result<Self> {
        Ok(Self { unread: segments(folder)?.into_iter(), open: None, may_grow: true })
    }

    fn line(&mut self) -> Result<Option<(PathBuf, Vec<u8>)>> {
        loop {
            if self.open.is_none() {
                let Some(path) = self.unread.next() else { return Ok(None) };
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

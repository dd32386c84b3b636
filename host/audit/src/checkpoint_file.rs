//! The file in which a log's checkpoints stand, one after the other, and beside it the tree's edge.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::checkpoint::{CHECKPOINT_LINES, SignedCheckpoint};
use crate::checkpoints_broken::CheckpointsBroken;
use crate::directory::Directory;
use crate::tree::Tree;

/// A log's checkpoints, open to have more added.
pub(crate) struct CheckpointFile {
    file: File,
    directory: PathBuf,
}

impl CheckpointFile {
    /// Opens the file, or makes it, to go on after `whole_bytes`: an unfinished checkpoint at the end is cut off, since it says nothing.
    pub(crate) fn open(directory: &Directory, whole_bytes: u64) -> io::Result<Self> {
        let path = directory.path().join(CHECKPOINTS);
        let file = match OpenOptions::new().append(true).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => directory.create_file(&path)?,
            file => file?,
        };
        if file.metadata()?.len() > whole_bytes {
            file.set_len(whole_bytes)?;
            file.sync_all()?;
        }
        Ok(Self { file, directory: directory.path().to_owned() })
    }

    /// Adds a checkpoint, which is on the disk when it returns, and keeps the edge of its tree.
    pub(crate) fn add(&mut self, checkpoint: &SignedCheckpoint, tree: &Tree) -> io::Result<()> {
        self.file.write_all(checkpoint.to_string().as_bytes())?;
        self.file.sync_data()?;
        keep_edge(&self.directory, tree)
    }
}

/// The checkpoints of a file as they are read, one in memory at a time. What is added after it was opened is not read.
pub(crate) struct CheckpointLines {
    lines: io::Take<BufReader<File>>,
    path: PathBuf,
}

impl CheckpointLines {
    /// Opens the checkpoints of a log; `None` where it has none.
    pub(crate) fn open(directory: &Path) -> Result<Option<Self>, CheckpointsBroken> {
        let path = directory.join(CHECKPOINTS);
        let opened = match File::open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => Err(error),
            Ok(file) => file.metadata().map(|metadata| (file, metadata.len())),
        };
        match opened {
            Ok((file, length)) => Ok(Some(Self { lines: BufReader::new(file).take(length), path })),
            Err(source) => Err(CheckpointsBroken::Read { path, source }),
        }
    }

    /// The next checkpoint's text; `None` at the end, or where only an unfinished one follows.
    pub(crate) fn next(&mut self) -> Result<Option<Vec<u8>>, CheckpointsBroken> {
        let mut text = Vec::new();
        for _ in 0..CHECKPOINT_LINES {
            let read = self.lines.read_until(b'\n', &mut text);
            let read = read.map_err(|source| CheckpointsBroken::Read { path: self.path.clone(), source })?;
            if read == 0 || !text.ends_with(b"\n") {
                return Ok(None);
            }
        }
        Ok(Some(text))
    }
}

/// The edge that was kept with a checkpoint, where there is one that can be read. It is a word of nobody: only its root shows that it is right.
pub(crate) fn kept_edge(directory: &Path) -> Option<Tree> {
    let edge: Edge = serde_json::from_slice(&fs::read(directory.join(EDGE)).ok()?).ok()?;
    let hashes = edge.hashes.iter().map(|hash| hash.parse().ok()).collect::<Option<_>>()?;
    Tree::of_edge(edge.size, hashes)
}

/// Not flushed to the disk: whoever finds it broken reads the log from its beginning.
fn keep_edge(directory: &Path, tree: &Tree) -> io::Result<()> {
    let edge = Edge { size: tree.size(), hashes: tree.edge().iter().map(ToString::to_string).collect() };
    let next = directory.join(NEXT_EDGE);
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&next)?;
    file.write_all(&serde_json::to_vec(&edge)?)?;
    fs::rename(next, directory.join(EDGE))
}

/// How a tree's edge is kept.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Edge {
    size: u64,
    hashes: Vec<String>,
}

pub(crate) const CHECKPOINTS: &str = "audit.checkpoints";
const EDGE: &str = "audit.edge";
const NEXT_EDGE: &str = "audit.edge.next";

//! The directory of a log, and the lock on it.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::recovery::AuditFault;

/// A log's directory, held by this process alone for as long as the value lives.
pub(crate) struct Directory {
    path: PathBuf,
    handle: File,
    _lock: File,
}

impl Directory {
    /// Opens the directory, or makes it, and takes the lock.
    pub(crate) fn open(path: &Path) -> Result<Self, AuditFault> {
        let unusable = |source| AuditFault::Directory { path: path.to_owned(), source };
        if !path.try_exists().map_err(unusable)? {
            create(path).map_err(unusable)?;
        }
        let handle = File::open(path).map_err(unusable)?;
        let mode = handle.metadata().map_err(unusable)?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(AuditFault::Permissions { path: path.to_owned(), mode });
        }
        let lock =
            OpenOptions::new().write(true).create(true).truncate(false).mode(FILE_MODE).open(path.join(LOCK_FILE));
        let lock = lock.map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), handle, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(AuditFault::InUse { path: path.to_owned() }),
            Err(TryLockError::Error(source)) => Err(unusable(source)),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes a new file in it, to be appended to, whose name lasts even if the machine stops now.
    pub(crate) fn create_file(&self, path: &Path) -> io::Result<File> {
        let file = OpenOptions::new().append(true).create_new(true).mode(FILE_MODE).open(path)?;
        self.handle.sync_all()?;
        Ok(file)
    }
}

fn create(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(DIRECTORY_MODE).create(path)?;
    // The directory's own name must last too.
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => fs::File::open(parent)?.sync_all(),
        Some(_) | None => Ok(()),
    }
}

const LOCK_FILE: &str = "audit.lock";
const DIRECTORY_MODE: u32 = 0o700;
const FILE_MODE: u32 = 0o600;

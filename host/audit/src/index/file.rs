//! The file of an index: for its owner alone, and removed where it is of no use.

use std::fs::{self, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, ffi};

use super::rows;
use crate::searchable::SearchFault;

/// Opens an index; one that was never filled is a new one.
pub(super) fn open(directory: &Path) -> rusqlite::Result<Connection> {
    let path = path(directory);
    // Made here, since SQLite would make it as the process's mask says.
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(unopened(&error)),
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut connection = Connection::open_with_flags(&path, flags)?;
    connection.busy_timeout(BUSY)?;
    // What retention removes from the log must not lie on in a free page.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    rows::prepare(&mut connection)?;
    Ok(connection)
}

/// Removes an index and makes an empty one.
pub(super) fn anew(directory: &Path) -> rusqlite::Result<Connection> {
    let path = path(directory);
    for end in ["", "-journal", "-wal", "-shm"] {
        let mut name = path.clone().into_os_string();
        name.push(end);
        match fs::remove_file(PathBuf::from(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(unopened(&error)),
            Ok(()) | Err(_) => {}
        }
    }
    open(directory)
}

pub(super) fn path(directory: &Path) -> PathBuf {
    directory.join("audit.index.sqlite")
}

pub(super) fn fault(directory: &Path) -> impl FnOnce(rusqlite::Error) -> SearchFault {
    let path = path(directory);
    move |source| SearchFault::Index { path, source }
}

fn unopened(error: &io::Error) -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_CANTOPEN), Some(error.kind().to_string()))
}

/// Another process may be taking in a whole log.
const BUSY: Duration = Duration::from_secs(30);

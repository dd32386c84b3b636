//! The file of open cases: where it is, who may read it, and that it is one.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension};

/// Why a store of open cases is not opened.
#[derive(Debug, thiserror::Error)]
pub enum NotOpened {
    /// The directory or the file cannot be made or read.
    #[error("open cases `{path}` cannot be used")]
    Path {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Others than its owner may use it.
    #[error("open cases `{path}` has mode `{mode:03o}`, expected no access for group and others")]
    Permissions {
        /// The directory or the file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// It is no store, or a broken one.
    #[error("open cases `{path}` is no store that can be used")]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// Another program, or another version of this one, wrote it.
    #[error("open cases `{path}` has format `{found}`, expected `{FORMAT}`")]
    Format {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: i64,
    },
    /// It was begun with another key.
    #[error("open cases `{path}` was begun with another key, with which alone it can be read")]
    OtherKey {
        /// The file.
        path: PathBuf,
    },
}

/// Opens one connection to write and one to read.
pub(super) fn open(directory: &Path, key_id: &[u8; 32]) -> Result<(Connection, Connection), NotOpened> {
    let path = directory.join(FILE);
    private(directory, DirBuilder::new().recursive(true).mode(0o700).create(directory))?;
    // Made here, so that it is nobody else's from the beginning; SQLite gives the files beside it the same mode.
    let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path).map(drop);
    private(&path, file)?;
    let named = File::open(directory).and_then(|directory| directory.sync_all());
    named.map_err(|source| NotOpened::Path { path: directory.to_owned(), source })?;
    let broken = |source| NotOpened::Sqlite { path: path.clone(), source };
    let mut writing = Connection::open_with_flags(&path, FLAGS | OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(broken)?;
    prepare(&mut writing).map_err(broken)?;
    let found: i64 = writing.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(broken)?;
    match found {
        0 => begin(&mut writing, key_id).map_err(broken)?,
        FORMAT => {}
        found => return Err(NotOpened::Format { path, found }),
    }
    let begun_with = writing.query_row("SELECT id FROM key", [], |row| row.get::<_, [u8; 32]>(0)).optional();
    if begun_with.map_err(broken)?.as_ref() != Some(key_id) {
        return Err(NotOpened::OtherKey { path });
    }
    let mut reading = Connection::open_with_flags(&path, FLAGS | OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(broken)?;
    prepare(&mut reading).map_err(broken)?;
    reading.pragma_update(None, "query_only", true).map_err(broken)?;
    Ok((writing, reading))
}

/// A write-ahead log, so that readers wait for nobody; every commit is flushed, and what is removed is overwritten.
fn prepare(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)
}

/// Makes an empty store, whole or not at all.
fn begin(connection: &mut Connection, key_id: &[u8; 32]) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    transaction.execute_batch(SCHEMA)?;
    transaction.execute("INSERT INTO key (id) VALUES (?1)", [key_id])?;
    transaction.pragma_update(None, "user_version", FORMAT)?;
    transaction.commit()
}

/// Whether it could be made, or is there, and is for its owner alone.
fn private(path: &Path, made: io::Result<()>) -> Result<(), NotOpened> {
    let unusable = |source| NotOpened::Path { path: path.to_owned(), source };
    made.map_err(unusable)?;
    let mode = fs::metadata(path).map_err(unusable)?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 { Err(NotOpened::Permissions { path: path.to_owned(), mode }) } else { Ok(()) }
}

const FILE: &str = "open-cases.sqlite";
const FORMAT: i64 = 1;
const BUSY: Duration = Duration::from_secs(5);
const FLAGS: OpenFlags = OpenFlags::SQLITE_OPEN_NO_MUTEX;

/// `until` is in seconds since 1970, `relation` a number of [`super::rows`].
const SCHEMA: &str = "
CREATE TABLE key (id BLOB NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE cases (
    name BLOB NOT NULL PRIMARY KEY, consumer BLOB NOT NULL, until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX cases_by_consumer ON cases (consumer, until);
CREATE INDEX cases_by_end ON cases (until);
CREATE TABLE persons (
    name BLOB NOT NULL PRIMARY KEY, case_name BLOB NOT NULL REFERENCES cases (name) ON DELETE CASCADE, relation INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX persons_by_case ON persons (case_name);
";

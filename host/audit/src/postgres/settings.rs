//! Which log in which database.

use ssbtx_postgresql::Database;

use crate::checkpoint::Origin;

/// A log in a database, and how that is reached.
#[derive(Debug, Clone)]
pub struct PostgresSettings {
    database: Database,
    log: Origin,
}

impl PostgresSettings {
    /// A log by its name. One host writes to a log at a time; several logs may lie in one database.
    pub fn new(database: Database, log: Origin) -> Self {
        Self { database, log }
    }

    /// The log's name.
    pub fn log(&self) -> &Origin {
        &self.log
    }

    /// The server and the database, as they are shown: `db.example:5432/ssbtx`.
    pub fn server(&self) -> &str {
        self.database.shown()
    }

    pub(super) fn database(&self) -> &Database {
        &self.database
    }
}

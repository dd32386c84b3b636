//! The server that most tests share, and logs on it.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::postgres::Postgres;
use crate::records::record;
use ssbtx_audit::{AuditFault, AuditLog, CheckpointSettings, PostgresSettings, Verified, verify};
use ssbtx_postgresql::{Database, DatabaseFiles, Server};

/// One server for all tests that do it no harm.
pub(crate) static SHARED: LazyLock<Postgres> = LazyLock::new(|| Postgres::start().unwrap());

/// A log that no other test has.
pub(crate) struct Log {
    pub(crate) settings: PostgresSettings,
}

impl Log {
    pub(crate) fn new() -> Self {
        Self::on(&SHARED)
    }

    pub(crate) fn on(server: &Postgres) -> Self {
        Self { settings: settings(server.socket_folder().to_str().unwrap(), server.port()) }
    }

    /// A log of so many records.
    pub(crate) async fn with(count: u8) -> Self {
        let log = Self::new();
        let open = log.open();
        for number in 1..=count {
            open.append(record(number)).await.unwrap();
        }
        log
    }

    pub(crate) fn open(&self) -> AuditLog {
        self.try_open().unwrap()
    }

    pub(crate) fn try_open(&self) -> Result<AuditLog, AuditFault> {
        AuditLog::connect(self.settings.clone(), CheckpointSettings::Off)
    }

    pub(crate) fn verify(&self) -> Verified {
        verify(&self.settings).unwrap()
    }

    /// What a table's column holds of this log, from its first line to its last.
    pub(crate) fn column(&self, column: &str) -> Vec<String> {
        let rows =
            format!("SELECT {column} FROM ssbtx_audit.line WHERE log = '{}' ORDER BY sequence", self.settings.log());
        SHARED.sql(&rows).unwrap().lines().map(str::to_owned).collect()
    }
}

/// Settings for a log of its own, by this host and port.
pub(crate) fn settings(host: &str, port: u16) -> PostgresSettings {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let log = format!("test/{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let server = Server { host: host.into(), port, database: "postgres".into(), user: "postgres".into() };
    PostgresSettings::new(Database::new(server, &DatabaseFiles::default()).unwrap(), log.parse().unwrap())
}

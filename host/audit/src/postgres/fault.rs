//! Why a database is none that records can be kept in.

use ssbtx_postgresql::DatabaseFault;

use crate::checkpoint::Origin;

/// Why a log in a database cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PostgresFault {
    /// The database cannot be used.
    #[error(transparent)]
    Database(#[from] DatabaseFault),
    /// Another host writes to the log, or the session of one that was stopped has not ended.
    #[error("log `{log}` of database `{server}` is in use by another host")]
    InUse {
        /// Which database.
        server: String,
        /// Which log.
        log: Origin,
    },
}

impl PostgresFault {
    /// What kind of fault it is, for figures and logs.
    pub fn label(&self) -> String {
        match self {
            Self::Database(fault) => fault.label(),
            Self::InUse { .. } => "in-use".into(),
        }
    }

    /// Whether it would be the same however often it is tried.
    pub(super) fn is_final(&self) -> bool {
        match self {
            Self::Database(fault) => fault.is_final(),
            Self::InUse { .. } => false,
        }
    }

    /// What the driver's error says of it.
    pub(super) fn of(server: &str, error: &tokio_postgres::Error) -> Self {
        DatabaseFault::of(server, error).into()
    }

    /// That there is no answer from a database.
    pub(super) fn unreachable(server: &str) -> Self {
        DatabaseFault::Unreachable { server: server.to_owned() }.into()
    }
}

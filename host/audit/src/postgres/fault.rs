//! Why a database is none that records can be kept in.

use crate::checkpoint::Origin;

/// Why a log in a database cannot be read or written.
///
/// What the database says in its own words is left out: it may quote the row that it refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PostgresFault {
    /// There is no connection, or it ended.
    #[error("database `{server}` cannot be reached")]
    Unreachable {
        /// Which one.
        server: String,
    },
    /// It did not answer in time.
    #[error("database `{server}` did not answer in time")]
    TimedOut {
        /// Which one.
        server: String,
    },
    /// It refused what it was asked, by its own code for why: `28P01` is a wrong password, `42501` a missing privilege, `53100` a full disk.
    #[error("database `{server}` refused with sqlstate `{code}`")]
    Refused {
        /// Which one.
        server: String,
        /// Why, as five characters.
        code: String,
    },
    /// It would answer before a record is on its disk.
    #[error("`{setting}` of database `{server}` is `{found}`, expected `on`")]
    NotDurable {
        /// Which one.
        server: String,
        /// What is set wrong.
        setting: &'static str,
        /// To what.
        found: String,
    },
    /// It has the log's tables in a form that this version does not know.
    #[error("audit schema of database `{server}` has version `{found}`, expected `{expected}`")]
    Schema {
        /// Which one.
        server: String,
        /// Its version.
        found: i32,
        /// Ours.
        expected: i32,
    },
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
            Self::Unreachable { .. } => "unreachable".into(),
            Self::TimedOut { .. } => "timed-out".into(),
            Self::Refused { code, .. } => format!("sqlstate-{code}"),
            Self::NotDurable { .. } => "not-durable".into(),
            Self::Schema { .. } => "schema".into(),
            Self::InUse { .. } => "in-use".into(),
        }
    }

    /// What the driver's error says of it.
    pub(super) fn of(server: &str, error: &tokio_postgres::Error) -> Self {
        let server = server.to_owned();
        match error.code() {
            Some(code) => Self::Refused { server, code: code.code().to_owned() },
            None => Self::Unreachable { server },
        }
    }
}

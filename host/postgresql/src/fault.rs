//! Why a database does not do what it is asked.

/// Why a database cannot be used.
///
/// What the database says in its own words is left out: it may quote the row that it refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DatabaseFault {
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
    /// It would confirm what is not on its disk yet.
    #[error("`{setting}` of database `{server}` is `{found}`, expected `on`")]
    NotDurable {
        /// Which one.
        server: String,
        /// What is set wrong.
        setting: &'static str,
        /// To what.
        found: String,
    },
    /// It does not keep every character.
    #[error("`server_encoding` of database `{server}` is `{found}`, expected `UTF8`")]
    Encoding {
        /// Which one.
        server: String,
        /// What it is.
        found: String,
    },
    /// It has the tables in a form that this version does not know.
    #[error("schema `{schema}` of database `{server}` has version `{found}`, expected `{expected}`")]
    Schema {
        /// Which tables.
        schema: &'static str,
        /// Which database.
        server: String,
        /// Their version.
        found: i32,
        /// Ours.
        expected: i32,
    },
}

impl DatabaseFault {
    /// What kind of fault it is, for figures and logs.
    pub fn label(&self) -> String {
        match self {
            Self::Unreachable { .. } => "unreachable".into(),
            Self::TimedOut { .. } => "timed-out".into(),
            Self::Refused { code, .. } => format!("sqlstate-{code}"),
            Self::NotDurable { .. } => "not-durable".into(),
            Self::Encoding { .. } => "encoding".into(),
            Self::Schema { .. } => "schema".into(),
        }
    }

    /// Whether it is about the values themselves, and so the same however often they are sent: SQLSTATE classes 22 (data exception) and 54 (program limit
    /// exceeded).
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Refused { code, .. } if code.starts_with("22") || code.starts_with("54"))
    }

    /// What the driver's error says of a server.
    pub fn of(server: &str, error: &tokio_postgres::Error) -> Self {
        let server = server.to_owned();
        match error.code() {
            Some(code) => Self::Refused { server, code: code.code().to_owned() },
            None => Self::Unreachable { server },
        }
    }
}

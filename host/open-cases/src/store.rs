//! Where open cases are kept.

use async_trait::async_trait;
use jiff::Timestamp;
use ssbtx_core::Relation;
use ssbtx_postgresql::DatabaseFault;

use crate::names::{CaseName, ConsumerKey, PersonName};

/// Keeps cases. What it is told is on the disk when the call returns.
///
/// A case whose end has come is as one that was never registered, whether it is still kept or not.
#[async_trait]
pub trait CaseStore: Send + Sync + 'static {
    /// Keeps a case with these persons and no others, in the place of what was known of it, if the consumer has no more than `most` cases then.
    ///
    /// # Errors
    ///
    /// [`StoreFault`]: then nothing has changed, or it cannot be told whether it has.
    async fn register(&self, case: StoredCase, most: u64, now: Timestamp) -> Result<Registered, StoreFault>;

    /// Forgets a case. Whether there was one.
    ///
    /// # Errors
    ///
    /// [`StoreFault`]
    async fn close(&self, case: CaseName, now: Timestamp) -> Result<bool, StoreFault>;

    /// What is known of a case, where it is open.
    ///
    /// # Errors
    ///
    /// [`StoreFault`]
    async fn case(&self, case: CaseName, now: Timestamp) -> Result<Option<KnownCase>, StoreFault>;

    /// How a person stands to a case, where the person is in it and it is open.
    ///
    /// # Errors
    ///
    /// [`StoreFault`]
    async fn person(&self, person: PersonName, now: Timestamp) -> Result<Option<Relation>, StoreFault>;

    /// How many open cases a consumer has.
    ///
    /// # Errors
    ///
    /// [`StoreFault`]
    async fn count(&self, consumer: ConsumerKey, now: Timestamp) -> Result<u64, StoreFault>;

    /// Forgets every case whose end has come.
    ///
    /// # Errors
    ///
    /// [`StoreFault`]
    async fn purge(&self, now: Timestamp) -> Result<(), StoreFault>;
}

/// A case, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCase {
    /// Whose it is.
    pub consumer: ConsumerKey,
    /// Which it is.
    pub case: CaseName,
    /// Who is in it, each once, and how each stands to it.
    pub persons: Vec<(PersonName, Relation)>,
    /// From when it is open no longer.
    pub until: Timestamp,
}

/// What came of a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registered {
    /// There was no such open case.
    New,
    /// It takes the place of what was registered before.
    Again,
    /// The consumer has as many cases as it may have.
    NoRoom,
}

/// What is known of a case besides who is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownCase {
    /// How many persons are in it.
    pub persons: u64,
    /// From when it is open no longer.
    pub until: Timestamp,
}

/// Why a store does not answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// The file or its disk refuses.
    #[error("store of open cases cannot be used")]
    Sqlite(#[from] rusqlite::Error),
    /// The database cannot be reached, does not answer in time, or refuses.
    #[error(transparent)]
    Postgres(#[from] DatabaseFault),
    /// The database was begun with another key.
    #[error("open cases of database `{server}` were begun with another key, with which alone they can be read")]
    OtherKey {
        /// Which database.
        server: String,
    },
    /// A value in it is none that this program writes.
    #[error("store of open cases holds `{found}` for `{column}`")]
    Value {
        /// Where.
        column: &'static str,
        /// What stands there.
        found: i64,
    },
    /// The host is stopping, or a fault of ours ended the call.
    #[error("store of open cases was broken off")]
    BrokenOff,
}

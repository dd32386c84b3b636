//! Open cases in one file.

mod opening;
mod rows;

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior};
use ssbtx_core::Relation;

use crate::names::{CaseKey, CaseName, ConsumerKey, PersonName};
use crate::store::{CaseStore, KnownCase, Registered, StoreFault, StoredCase};

pub use opening::NotOpened;

/// Keeps open cases in `open-cases.sqlite` of a directory (mode 0700) on this host's disk (mode 0600).
///
/// A write is on the disk when it returns; readers wait for no writer.
pub struct SqliteStore(Arc<Connections>);

struct Connections {
    writing: Mutex<Connection>,
    reading: Mutex<Connection>,
}

impl SqliteStore {
    /// Opens the store of a directory, or begins one.
    ///
    /// # Errors
    ///
    /// [`NotOpened`]; also where the store was begun with another key, since every person in it would be outside without a word.
    pub fn open(directory: &Path, key: &CaseKey) -> Result<Self, NotOpened> {
        let (writing, reading) = opening::open(directory, &key.id())?;
        Ok(Self(Arc::new(Connections { writing: Mutex::new(writing), reading: Mutex::new(reading) })))
    }

    /// Lets a call wait for the disk where no other call waits for it.
    async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T, StoreFault> + Send + 'static,
    ) -> Result<T, StoreFault> {
        let connections = Arc::clone(&self.0);
        let reading = tokio::task::spawn_blocking(move || query(&locked(&connections.reading)));
        reading.await.unwrap_or(Err(StoreFault::BrokenOff))
    }

    async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Connection) -> Result<T, StoreFault> + Send + 'static,
    ) -> Result<T, StoreFault> {
        let connections = Arc::clone(&self.0);
        let writing = tokio::task::spawn_blocking(move || {
            let mut connection = locked(&connections.writing);
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            // Dropped on the way out of a fault, which undoes it.
            let changed = change(&transaction)?;
            transaction.commit()?;
            Ok(changed)
        });
        writing.await.unwrap_or(Err(StoreFault::BrokenOff))
    }
}

#[async_trait]
impl CaseStore for SqliteStore {
    async fn register(&self, case: StoredCase, most: u64, now: Timestamp) -> Result<Registered, StoreFault> {
        self.write(move |connection| rows::register(connection, &case, most, now)).await
    }

    async fn close(&self, case: CaseName, now: Timestamp) -> Result<bool, StoreFault> {
        self.write(move |connection| rows::close(connection, case, now)).await
    }

    async fn case(&self, case: CaseName, now: Timestamp) -> Result<Option<KnownCase>, StoreFault> {
        self.read(move |connection| rows::case(connection, case, now)).await
    }

    async fn person(&self, person: PersonName, now: Timestamp) -> Result<Option<Relation>, StoreFault> {
        self.read(move |connection| rows::person(connection, person, now)).await
    }

    async fn count(&self, consumer: ConsumerKey, now: Timestamp) -> Result<u64, StoreFault> {
        self.read(move |connection| rows::count(connection, consumer, now)).await
    }

    async fn purge(&self, now: Timestamp) -> Result<(), StoreFault> {
        self.write(move |connection| rows::purge(connection, now)).await
    }
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SqliteStore")
    }
}

/// A thread that panicked left no transaction open: it was undone when it was dropped.
fn locked(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

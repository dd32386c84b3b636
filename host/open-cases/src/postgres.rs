//! Open cases in PostgreSQL, for all hosts that answer the same consumers.

mod opening;
mod rows;
mod sessions;

use std::fmt;

use async_trait::async_trait;
use jiff::Timestamp;
use ssbtx_core::Relation;
use ssbtx_postgresql::Database;
use tokio::time::Instant;

use crate::names::{CaseKey, CaseName, ConsumerKey, PersonName};
use crate::store::{CaseStore, KnownCase, Registered, StoreFault, StoredCase};
use sessions::{LOOKING, Sessions, WRITING};

pub use opening::POSTGRES_SCHEMA;

/// Keeps open cases in a database, which several hosts may share.
///
/// What one host was told, every other knows when the call returns. A look-up takes 2 seconds at most and a change 5, whatever the database does; when it is
/// back after having been away, the next call finds it. Readers wait for no writer.
pub struct PostgresStore {
    reading: Sessions,
    writing: Sessions,
}

impl PostgresStore {
    /// Connects to the store of a database, or begins one there.
    ///
    /// # Errors
    ///
    /// [`StoreFault`]; also where the store was begun with another key, since every person in it would be outside without a word.
    pub async fn connect(database: Database, key: &CaseKey) -> Result<Self, StoreFault> {
        let store = Self {
            reading: Sessions::to_read(database.clone(), key.id()),
            writing: Sessions::to_write(database, key.id()),
        };
        // The first makes what is missing, which the other cannot.
        store.writing.open_one().await?;
        store.reading.open_one().await?;
        Ok(store)
    }
}

#[async_trait]
impl CaseStore for PostgresStore {
    async fn register(&self, case: StoredCase, most: u64, now: Timestamp) -> Result<Registered, StoreFault> {
        let registering = async {
            let lent = self.writing.lend().await?;
            let came = rows::register(lent.session(), &case, most, now).await;
            lent.back(came)
        };
        self.writing.in_time(WRITING, registering).await
    }

    async fn close(&self, case: CaseName, now: Timestamp) -> Result<bool, StoreFault> {
        let closing = async {
            let lent = self.writing.lend().await?;
            let came = rows::close(lent.session(), case, now).await;
            lent.back(came)
        };
        self.writing.in_time(WRITING, closing).await
    }

    async fn case(&self, case: CaseName, now: Timestamp) -> Result<Option<KnownCase>, StoreFault> {
        let looking = async {
            let lent = self.reading.lend().await?;
            let came = rows::case(lent.session(), case, now).await;
            lent.back(came)
        };
        self.reading.in_time(LOOKING, looking).await
    }

    async fn person(&self, person: PersonName, now: Timestamp) -> Result<Option<Relation>, StoreFault> {
        let looking = async {
            let lent = self.reading.lend().await?;
            let came = rows::person(lent.session(), person, now).await;
            lent.back(came)
        };
        self.reading.in_time(LOOKING, looking).await
    }

    async fn count(&self, consumer: ConsumerKey, now: Timestamp) -> Result<u64, StoreFault> {
        let looking = async {
            let lent = self.reading.lend().await?;
            let came = rows::count(lent.session(), consumer, now).await;
            lent.back(came)
        };
        self.reading.in_time(LOOKING, looking).await
    }

    /// A question waits for it, so that it takes no longer than a look-up: what it does not come to in half of that, it leaves to the next time.
    async fn purge(&self, now: Timestamp) -> Result<(), StoreFault> {
        let purging = async {
            let lent = self.writing.lend().await?;
            let began = Instant::now();
            let purged = loop {
                match rows::purge(lent.session(), now).await {
                    Ok(is_all) if !is_all && began.elapsed() < LOOKING / 2 => {}
                    Ok(_) => break Ok(()),
                    Err(fault) => break Err(fault),
                }
            };
            lent.back(purged)
        };
        self.writing.in_time(LOOKING, purging).await
    }
}

impl fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PostgresStore")
    }
}

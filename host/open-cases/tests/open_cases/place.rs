//! Where a register lies: in a folder, or in a database.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock};

use ssbtx_open_cases::{CaseKey, CaseStore, NotOpened, PostgresStore, SqliteStore, StoreFault};
use ssbtx_postgresql::{Database, DatabaseFiles, Server, Session};
use tempfile::TempDir;

use crate::postgres::Postgres;

/// One server for all tests that do it no harm.
pub(crate) static SHARED: LazyLock<Postgres> = LazyLock::new(|| Postgres::start().unwrap());

/// A place that no other test has.
pub(crate) enum Place {
    Folder(TempDir),
    Database(Database),
}

/// Why a place is none for a store.
#[derive(Debug)]
pub(crate) enum Refused {
    OtherKey,
    Database(StoreFault),
}

impl Place {
    pub(crate) fn folder() -> Self {
        Self::Folder(tempfile::tempdir().unwrap())
    }

    /// A database of its own on the server of all.
    pub(crate) fn database() -> Self {
        Self::on(&SHARED)
    }

    pub(crate) fn on(server: &Postgres) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let name = format!("cases_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        server.sql(&format!("CREATE DATABASE {name}")).unwrap();
        Self::Database(database(server, &name, "postgres"))
    }

    /// The store in it, which is begun where there is none.
    pub(crate) async fn store(&self, key: &CaseKey) -> Result<Arc<dyn CaseStore>, Refused> {
        match self {
            Self::Folder(folder) => match SqliteStore::open(&folder.path().join("cases"), key) {
                Ok(store) => Ok(Arc::new(store)),
                Err(NotOpened::OtherKey { .. }) => Err(Refused::OtherKey),
                Err(fault) => panic!("{fault}"),
            },
            Self::Database(database) => match PostgresStore::connect(database.clone(), key).await {
                Ok(store) => Ok(Arc::new(store)),
                Err(StoreFault::OtherKey { .. }) => Err(Refused::OtherKey),
                Err(fault) => Err(Refused::Database(fault)),
            },
        }
    }

    /// A session in its database that may do everything.
    pub(crate) async fn session(&self) -> Session {
        let Self::Database(database) = self else { panic!("it is a folder") };
        Session::to_write(database).await.unwrap()
    }
}

/// A database of a server, as a role sees it.
pub(crate) fn database(server: &Postgres, name: &str, user: &str) -> Database {
    let host = server.socket_folder().to_str().unwrap().into();
    let server = Server { host, port: server.port(), database: name.into(), user: user.into() };
    Database::new(server, &DatabaseFiles::default()).unwrap()
}

/// Holds a promise to both stores.
pub(crate) async fn on_both(promise: impl AsyncFn(Place)) {
    println!("in a folder");
    promise(Place::folder()).await;
    println!("in a database");
    promise(Place::database()).await;
}

//! The open cases of a host.

use std::sync::Arc;

use anyhow::{Context, Result};
use ssbtx_gateway::CaseRegister;
use ssbtx_open_cases::{CaseStore, OpenCases, PostgresStore, SqliteStore};

use crate::config::{CaseStorage, Cases};

/// Opens them, where the host keeps any.
pub async fn open(cases: Option<Cases>) -> Result<CaseRegister> {
    let Some(Cases { storage, key, limits }) = cases else { return Ok(CaseRegister::NotKept) };
    let store: Arc<dyn CaseStore> = match storage {
        CaseStorage::Files(directory) => Arc::new(SqliteStore::open(&directory, &key).context("open the open cases")?),
        CaseStorage::Postgres(database) => {
            Arc::new(PostgresStore::connect(database, &key).await.context("open the open cases")?)
        }
    };
    Ok(CaseRegister::Kept(OpenCases::new(key, store, limits)))
}

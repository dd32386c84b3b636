//! The open cases of a host.

use std::sync::Arc;

use anyhow::{Context, Result};
use ssbtx_gateway::CaseRegister;
use ssbtx_open_cases::{OpenCases, SqliteStore};

use crate::config::Cases;

/// Opens them, where the host keeps any.
pub fn open(cases: Option<Cases>) -> Result<CaseRegister> {
    let Some(Cases { directory, key, limits }) = cases else { return Ok(CaseRegister::NotKept) };
    let store = SqliteStore::open(&directory, &key).context("open the open cases")?;
    Ok(CaseRegister::Kept(OpenCases::new(key, Arc::new(store), limits)))
}

//! A log that a command writes to, in the place of a host.

use anyhow::{Context, Result, bail};
use ssbtx_audit::{AuditFault, AuditLog, PostgresFault};
use tokio::runtime::{Builder, Runtime};

use crate::config::Audit;

/// What a record is written on.
pub(super) fn runtime() -> Result<Runtime> {
    Builder::new_multi_thread().worker_threads(1).enable_all().build().context("start the runtime")
}

/// Opens the log as a host would; where one has it open, `instead` is told.
pub(super) fn log(audit: &Audit, instead: &str) -> Result<AuditLog> {
    match audit.sink.open(audit.checkpoints.clone()) {
        Err(AuditFault::InUse { .. } | AuditFault::Postgres(PostgresFault::InUse { .. })) => {
            bail!("a host has the audit log open: {instead}")
        }
        opened => opened.context("open the audit log"),
    }
}

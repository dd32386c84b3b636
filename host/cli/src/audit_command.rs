//! `ssbtx audit verify`.

use std::path::Path;

use anyhow::{Context, Result};

/// Verifies a log and prints what it holds.
pub fn verify(directory: &Path) -> Result<()> {
    let verified =
        ssbtx_audit::verify(directory).with_context(|| format!("verify the audit log in `{}`", directory.display()))?;
    println!(
        "{} records in {} segments, the chain is whole; head {}",
        verified.records, verified.segments, verified.head
    );
    Ok(())
}

//! What a host that is measured has otherwise than the demonstration's.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use ssbtx_stage::pki::{Identity, OTHER_ORGANISATION};
use toml::{Table, Value};

/// What a host may have otherwise than the demonstration's.
pub struct Setting<'s> {
    /// Where its audit log goes; in its own folder on the disk where this is none.
    pub audit: Option<&'s Path>,
    /// Where compiled code is kept; where all keep it where this is none.
    pub compiled_code: Option<&'s Path>,
    /// How long agencies are waited for.
    pub deadline_ms: u64,
}

impl Default for Setting<'_> {
    fn default() -> Self {
        Self { audit: None, compiled_code: None, deadline_ms: 6500 }
    }
}

impl Setting<'_> {
    /// Writes into a configuration what the stage has no word for.
    pub fn write(&self, file: &Path) -> Result<()> {
        let text = fs::read_to_string(file).context("read the configuration")?;
        let mut configuration: Table = text.parse().context("read the configuration")?;
        let upstreams = configuration.get_mut("upstream").and_then(Value::as_array_mut).context("no upstreams")?;
        for upstream in upstreams.iter_mut().filter_map(Value::as_table_mut) {
            // An agency that hangs goes on hanging: what is measured is what that does to others.
            upstream.insert("breaker-failures".to_owned(), 1000.into());
        }
        if let Some(folder) = self.compiled_code {
            let trust = configuration.get_mut("trust").and_then(Value::as_table_mut).context("no `trust`")?;
            trust.insert("compiled-code".to_owned(), folder.to_string_lossy().into_owned().into());
        }
        fs::write(file, configuration.to_string()).context("write the configuration")
    }
}

/// Lets a second consumer ask, where the stage has one.
pub fn add_consumer(file: &Path, identity: &Identity) -> Result<()> {
    let text = fs::read_to_string(file).context("read the consumers")?;
    let mut consumers: Table = text.parse().context("read the consumers")?;
    let listed = consumers.get_mut("consumer").and_then(Value::as_array_mut).context("no consumers")?;
    let mut other = listed.first().and_then(Value::as_table).context("no consumer")?.clone();
    let certificate = Table::from_iter([
        ("fingerprint".to_owned(), identity.fingerprint.as_str().into()),
        ("role".to_owned(), "ekonomiskt-bistand".into()),
    ]);
    other.insert("name".to_owned(), "Exempelstad, socialnämnden".into());
    other.insert("organisation-number".to_owned(), OTHER_ORGANISATION.into());
    if let Some(ids) = other.get_mut("aktorsid").and_then(Value::as_table_mut) {
        ids.retain(|organisation, _| organisation == OTHER_ORGANISATION);
    }
    other.insert("acts-for".to_owned(), Value::Array(Vec::new()));
    other.insert("certificate".to_owned(), Value::Array(vec![certificate.into()]));
    listed.push(other.into());
    fs::write(file, consumers.to_string()).context("write the consumers")
}

//! One role's metadata.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::canonical::canonical;
use super::key::DemoKey;

/// When the demo's metadata expires. Nobody renews it, and what it protects is made anew with every run.
pub const FAR_AWAY: &str = "2100-01-01T00:00:00Z";
/// A time that has passed.
pub const EXPIRED: &str = "2020-01-01T00:00:00Z";

/// One role's metadata, and who signs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What is signed. Snapshot and timestamp get their `meta` when the repository is published.
    pub signed: Value,
    /// The names of the keys that sign, one signature each, in this order; one that stands twice signs twice.
    pub signers: Vec<String>,
    /// What is published with those signatures where it is not what was signed, as by somebody who cannot sign the role but can sign
    /// whatever points to it.
    pub forged: Option<Value>,
}

impl Document {
    pub(super) fn new(kind: &str, content: Value, signers: &[&str]) -> Self {
        let mut signed = json!({ "_type": kind, "spec_version": "1.0.0", "version": 1, "expires": FAR_AWAY });
        if let (Some(signed), Value::Object(content)) = (signed.as_object_mut(), content) {
            signed.extend(content);
        }
        Self { signed, signers: signers.iter().map(ToString::to_string).collect(), forged: None }
    }

    /// The version, which the file is named by.
    pub fn version(&self) -> u64 {
        self.signed.get("version").and_then(Value::as_u64).unwrap_or_default()
    }

    /// Sets a member of what is signed, such as `expires`.
    pub fn set(&mut self, member: &str, value: impl Into<Value>) {
        if let Some(signed) = self.signed.as_object_mut() {
            signed.insert(member.to_owned(), value.into());
        }
    }

    /// Makes it the next version, and what is published in its place too.
    pub(super) fn count_up(&mut self) {
        let next = self.version() + 1;
        self.set("version", next);
        if let Some(forged) = self.forged.as_mut().and_then(Value::as_object_mut) {
            forged.insert("version".to_owned(), next.into());
        }
    }

    /// Signs it.
    pub(super) fn seal(&self, keys: &BTreeMap<String, DemoKey>) -> Result<Vec<u8>> {
        let message = canonical(&self.signed);
        let signature = |name: &String| {
            let key = keys.get(name).with_context(|| format!("no key `{name}`"))?;
            Ok(json!({ "keyid": key.id(), "sig": hex::encode(key.sign(message.as_bytes())) }))
        };
        let signatures = self.signers.iter().map(signature).collect::<Result<Vec<_>>>()?;
        let published = self.forged.as_ref().unwrap_or(&self.signed);
        Ok(serde_json::to_vec_pretty(&json!({ "signed": published, "signatures": signatures }))?)
    }
}

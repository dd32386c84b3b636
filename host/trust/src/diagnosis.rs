//! From the words of `tough` to ours, without losing what is wrong.

use std::collections::BTreeSet;
use std::error::Error as _;

use jiff::Timestamp;
use serde_json::Value;
use tough::error::Error;
use tough::schema::{Error as SchemaError, RoleType};
use tough::{TransportError, TransportErrorKind};
use url::Url;

use crate::journal::{Entry, Journal};
use crate::not_trusted::{Mismatch, NotTrusted, SignatureFault};
use crate::rules::{escaped, may_list};
use crate::shelf;
use crate::source::ReadFault;

/// Says what is wrong. The journal tells what `tough` does not: which delegation, which date, which keys.
pub(crate) fn diagnose(error: Error, journal: &Journal, trusted_root: &[u8]) -> NotTrusted {
    let last = journal.last();
    let file = last.as_ref().map_or_else(|| "trusted root".to_owned(), |entry| format!("metadata/{}", entry.file()));
    let role = last.as_ref().map_or_else(|| "root".to_owned(), |entry| escaped(entry.role()));
    let content = last.map(|entry| entry.value()).unwrap_or_default();
    match error {
        Error::Transport { url, source, .. } => unreadable(&url, &source),
        Error::ParseMetadata { .. } if content.is_object() && content.get("signatures").is_none() => {
            SignatureFault::Unsigned { role }.into()
        }
        Error::ParseMetadata { source, .. } => NotTrusted::Malformed { file, source },
        Error::ParseTrustedMetadata { source, .. } => NotTrusted::Malformed { file: "trusted root".to_owned(), source },
        Error::VerifyTrustedMetadata { source, .. } => {
            let content = serde_json::from_slice(trusted_root).unwrap_or_default();
            let assigned = key_ids(&content, "root");
            signatures("root".to_owned(), &content, &assigned, source)
        }
        Error::VerifyMetadata { source, .. } => {
            let assigned = assigned(&role, journal, trusted_root);
            signatures(role, &content, &assigned, source)
        }
        Error::VersionMismatch { fetched, expected, .. } => Mismatch::Version { found: fetched, expected }.of(file),
        Error::ExpiredMetadata { role: kind, .. } => expired(&role, kind, journal, trusted_root),
        Error::InvalidPath { source } => misplaced(source, journal),
        error @ (Error::OlderMetadata { .. }
        | Error::OlderSnapshotInTimestamp { .. }
        | Error::SnapshotRoleMissing { .. }
        | Error::SnapshotRoleRollback { .. }) => NotTrusted::RolledBack { source: Box::new(error) },
        error => NotTrusted::Unverified { source: Box::new(error) },
    }
}

fn unreadable(url: &Url, source: &TransportError) -> NotTrusted {
    let file = shelf::file(url).map_or_else(|| escaped(url.path()), str::to_owned);
    let cause = source.source();
    if let Some(fault) = cause.and_then(|cause| cause.downcast_ref::<ReadFault>()) {
        return fault.of(file);
    }
    match cause.and_then(|cause| cause.downcast_ref::<Error>()) {
        Some(Error::HashMismatch { calculated, expected, .. }) => {
            Mismatch::Digest { found: calculated.clone(), expected: expected.clone() }.of(file)
        }
        Some(Error::MaxSizeExceeded { max_size, .. }) => Mismatch::Longer { expected: *max_size }.of(file),
        _ if source.kind() == TransportErrorKind::FileNotFound => {
            NotTrusted::Unreadable { file, kind: std::io::ErrorKind::NotFound }
        }
        _ => NotTrusted::Unreadable { file, kind: std::io::ErrorKind::Other },
    }
}

fn signatures(role: String, content: &Value, assigned: &BTreeSet<String>, error: SchemaError) -> NotTrusted {
    let ids = signers(content);
    let fault = match error {
        SchemaError::SignatureThreshold { threshold, valid, .. } => {
            let by_the_role = ids.iter().filter(|id| assigned.contains(*id)).count() as u64;
            match ids.into_iter().next() {
                None => SignatureFault::Unsigned { role },
                Some(key_id) if by_the_role == 0 => SignatureFault::WrongKey { role, key_id },
                Some(_) if valid < by_the_role => SignatureFault::DoesNotFit { role },
                Some(_) => SignatureFault::BelowThreshold { role, found: valid, expected: threshold },
            }
        }
        SchemaError::DuplicateKeyId { .. } => {
            let mut seen = BTreeSet::new();
            let key_id = ids.into_iter().find(|id| !seen.insert(id.clone())).unwrap_or_default();
            SignatureFault::SignedTwice { role, key_id }
        }
        source => return NotTrusted::Unverified { source: Box::new(source) },
    };
    fault.into()
}

fn expired(role: &str, kind: RoleType, journal: &Journal, trusted_root: &[u8]) -> NotTrusted {
    // The last file is a delegation's where a delegation expired; otherwise the role that is named, which for a root may be the trusted one.
    let role = match kind {
        RoleType::Targets | RoleType::DelegatedTargets => role.to_owned(),
        RoleType::Root | RoleType::Snapshot | RoleType::Timestamp => kind.to_string(),
    };
    let content = match journal.last_of(&role) {
        Some(entry) => entry.value(),
        None => serde_json::from_slice(trusted_root).unwrap_or_default(),
    };
    let expires = content.pointer("/signed/expires").and_then(Value::as_str);
    // It was read as a time before it was found to be in the past.
    let at = expires.and_then(|text| text.parse().ok()).unwrap_or(Timestamp::UNIX_EPOCH);
    NotTrusted::Expired { role, at }
}

/// A target outside the paths of its delegation: `tough` names the target, the journal tells who listed it.
fn misplaced(error: SchemaError, journal: &Journal) -> NotTrusted {
    let SchemaError::TargetNotFound { name } = &error else {
        return NotTrusted::Unverified { source: Box::new(error) };
    };
    let lists = |entry: &Entry| {
        let content = entry.value();
        content.pointer("/signed/targets").and_then(|targets| targets.get(name.raw())).is_some()
    };
    let roles: Vec<String> =
        journal.entries().iter().filter(|entry| lists(entry)).map(|entry| entry.role().to_owned()).collect();
    let fault = roles.iter().find_map(|role| may_list(role, name.raw(), role.parse().ok()).err());
    // Where the role may list it by our rules, its paths in the repository are narrower than these.
    fault.map_or_else(|| NotTrusted::Unverified { source: Box::new(error) }, NotTrusted::from)
}

/// The keys that a role belongs to, whether it is the repository's own or a delegation.
fn assigned(role: &str, journal: &Journal, trusted_root: &[u8]) -> BTreeSet<String> {
    let trusted = serde_json::from_slice(trusted_root).unwrap_or_default();
    let read = journal.entries().into_iter().filter(|entry| entry.role() == "root").map(|entry| entry.value());
    let mut roots: Vec<Value> = [trusted].into_iter().chain(read).collect();
    let newest = roots.pop().unwrap_or_default();
    let mut ids = match roots.pop() {
        // A new root is verified with the keys of the root before it, and then with its own.
        Some(before) if role == "root" && !meets_threshold(&newest, &before) => key_ids(&before, role),
        _ => key_ids(&newest, role),
    };
    if let Some(targets) = journal.last_of("targets") {
        let targets = targets.value();
        let delegations = list(targets.pointer("/signed/delegations/roles"));
        let own = delegations.iter().filter(|delegation| delegation.get("name").and_then(Value::as_str) == Some(role));
        ids.extend(own.flat_map(|delegation| texts(delegation.get("keyids"))));
    }
    ids
}

/// Whether as many keys of one root as it asks for stand under another.
fn meets_threshold(root: &Value, before: &Value) -> bool {
    let threshold = role_of(before, "root").and_then(|role| role.get("threshold")?.as_u64()).unwrap_or_default();
    let signed: BTreeSet<String> = signers(root).into_iter().collect();
    signed.intersection(&key_ids(before, "root")).count() as u64 >= threshold
}

/// The ids of the keys that signed, in the order of signatures.
fn signers(content: &Value) -> Vec<String> {
    let signatures = list(content.get("signatures")).iter();
    let ids = signatures.filter_map(|signature| signature.get("keyid").and_then(Value::as_str));
    ids.map(|id| escaped(&id.to_ascii_lowercase())).collect()
}

fn key_ids(root: &Value, role: &str) -> BTreeSet<String> {
    texts(role_of(root, role).and_then(|role| role.get("keyids"))).collect()
}

/// What a root says of one of the repository's own roles.
fn role_of<'r>(root: &'r Value, role: &str) -> Option<&'r Value> {
    root.get("signed")?.get("roles")?.get(role)
}

fn texts(value: Option<&Value>) -> impl Iterator<Item = String> {
    list(value).iter().filter_map(Value::as_str).map(str::to_ascii_lowercase)
}

fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

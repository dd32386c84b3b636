//! What is signed, without the signatures.

use std::num::NonZeroU64;

use jiff::Timestamp;
use serde_json::{Value, json};
use ssbtx_trust::Delegation;
use tough::schema::{Role as _, Root, Signature, Targets};

use super::{RoleSetFault, parsed};
use crate::role::OfflineRole;

/// One role's metadata without its signatures.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    Root(Root),
    Targets(Targets),
}

impl Content {
    pub(crate) fn parse(role: OfflineRole, bytes: &[u8]) -> Result<Self, RoleSetFault> {
        match role {
            OfflineRole::Root => parsed(&role.name(), bytes).map(Self::Root),
            OfflineRole::Targets | OfflineRole::Delegated(_) => parsed(&role.name(), bytes).map(Self::Targets),
        }
    }

    pub(crate) fn version(&self) -> u64 {
        match self {
            Self::Root(root) => root.version.get(),
            Self::Targets(targets) => targets.version.get(),
        }
    }

    pub(crate) fn expires(&self) -> Timestamp {
        match self {
            Self::Root(root) => root.expires,
            Self::Targets(targets) => targets.expires,
        }
    }

    /// The bytes that signatures are over.
    pub(crate) fn message(&self) -> Result<Vec<u8>, Box<tough::schema::Error>> {
        let message = match self {
            Self::Root(root) => root.canonical_form(),
            Self::Targets(targets) => targets.canonical_form(),
        };
        message.map_err(Box::new)
    }

    /// The same content, to be signed anew: one version later, valid until another time.
    #[must_use]
    pub(crate) fn renewed(mut self, expires: Timestamp) -> Self {
        let (version, until) = match &mut self {
            Self::Root(root) => (&mut root.version, &mut root.expires),
            Self::Targets(targets) => (&mut targets.version, &mut targets.expires),
        };
        *version = version.saturating_add(1);
        *until = expires;
        self
    }

    /// Metadata that lists nothing. That of a delegation says whose it is.
    pub(crate) fn empty(role: OfflineRole, expires: Timestamp) -> Self {
        let mut targets = Targets::new(SPEC_VERSION.to_owned(), NonZeroU64::MIN, expires);
        targets.delegations = None;
        if let OfflineRole::Delegated(delegation) = role {
            targets._extra.insert(Delegation::MEMBER.to_owned(), delegation.to_string().into());
        }
        Self::Targets(targets)
    }

    /// As a file, for people to read and for machines to read back.
    pub(crate) fn to_json(&self) -> Value {
        let value = match self {
            Self::Root(root) => serde_json::to_value(root),
            Self::Targets(targets) => serde_json::to_value(targets),
        };
        // What was read from JSON, or made here of texts and numbers, can be written as JSON.
        value.unwrap_or_default()
    }

    /// The published file: content and signatures.
    pub(crate) fn sealed(&self, signatures: &[Signature]) -> Vec<u8> {
        pretty(&json!({ "signed": self.to_json(), "signatures": signatures }))
    }
}

/// JSON that people can read, ending in a line break.
pub(crate) fn pretty(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

/// The version of TUF's specification that the framework implements.
pub(crate) const SPEC_VERSION: &str = "1.0.0";

//! The record of what a consumer says of its open cases.

use std::fmt;

use jiff::Timestamp;
use serde::Serialize;

use super::ConsumerName;
use super::json::text;
use ssbtx_core::{CaseId, OrganisationNumber, Role, without_identity_numbers};

/// What is recorded when a consumer registers or closes a case.
///
/// It counts the persons and names none: whom a case was opened for to no purpose shows in the questions that were asked in it. Identity numbers in the
/// case's id are replaced when it is written.
///
/// # Shape
///
/// In the log, an object with these keys in this order: `kind` (`caseRegistered` or `caseClosed`), `at` (RFC 3339, UTC), `consumer`, `role`, `requester`,
/// `case`, and for `caseRegistered` `persons` (a count) and `until` (RFC 3339, UTC).
pub struct CaseChanged {
    /// When.
    pub at: Timestamp,
    /// The consumer whose certificate it came with.
    pub consumer: ConsumerName,
    /// What the certificate acts as.
    pub role: Role,
    /// The authority whose case it is.
    pub requester: OrganisationNumber,
    /// The case, in the consumer's words.
    pub case: CaseId,
    /// What was done.
    pub change: CaseChange,
}

/// What a consumer does with a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseChange {
    /// It is open from now on, with these persons and no others.
    Registered {
        /// How many.
        persons: usize,
        /// Until when, unless it is closed or registered again.
        until: Timestamp,
    },
    /// It is open no longer.
    Closed,
}

impl CaseChanged {
    /// Writes it as it will stand in the log.
    pub(crate) fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        let (kind, persons, until) = match self.change {
            CaseChange::Registered { persons, until } => ("caseRegistered", Some(persons), Some(until.to_string())),
            CaseChange::Closed => ("caseClosed", None, None),
        };
        serde_json::to_vec(&Line {
            kind,
            at: self.at,
            consumer: self.consumer.as_str(),
            role: self.role.as_str(),
            requester: self.requester.as_str(),
            case: without_identity_numbers(self.case.as_str()),
            persons,
            until,
        })
    }
}

impl fmt::Debug for CaseChanged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CaseChanged").field("change", &self.change).finish_non_exhaustive()
    }
}

#[derive(Serialize)]
struct Line<'r> {
    kind: &'static str,
    #[serde(serialize_with = "text")]
    at: Timestamp,
    consumer: &'r str,
    role: &'r str,
    requester: &'r str,
    case: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    persons: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

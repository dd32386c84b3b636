//! The record of a look-up.

use jiff::Timestamp;
use serde::Serialize;

use super::granted::Granted;
use crate::indexed::NamedSubject;
use crate::subject::Subject;

/// What is recorded when a person was looked up, before anything of it is shown.
///
/// # Shape
///
/// In the log, `kind` (`lookedUp`), `lookUp` (the request's id), `at` (RFC 3339, UTC), `subject{key, hmacSha256}` under the newest key, `officers[]` (the
/// persons who signed), `reason` and `records` (how many lines were shown).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LookedUp<'g> {
    kind: &'static str,
    look_up: String,
    at: String,
    subject: NamedSubject,
    officers: Vec<&'g str>,
    reason: &'g str,
    records: usize,
}

impl<'g> LookedUp<'g> {
    /// Of a look-up that found so many lines.
    pub(crate) fn new(granted: &'g Granted, subject: &Subject, records: usize, at: Timestamp) -> Self {
        Self {
            kind: "lookedUp",
            look_up: granted.id().to_string(),
            at: at.to_string(),
            subject: subject.named(),
            officers: granted.officers().iter().map(ssbtx_trust::Person::name).collect(),
            reason: granted.reason().as_str(),
            records,
        }
    }
}

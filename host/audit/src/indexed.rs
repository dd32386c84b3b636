//! What a line of the log is found by.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What is kept beside a line so that it can be found and counted: nothing that the line does not hold.
///
/// It is derived: a sink that lost it makes it again from the lines, and whoever is shown a record is shown the line.
///
/// # Shape
///
/// One row for every line. A field that the line's kind does not have is `None`, 0 or empty. As columns: `sequence`, `at` (µs since 1970 in UTC), `kind`,
/// `question`, `front`, `consumer`, `organisation`, `caseworker`, `caseworker_folded`, `case_id`, `role`, `open_case`, `why`, `unrecorded`, `subject_key`,
/// `subject_hmac`, `earlier_key`, `earlier_hmac`, `look_up` and `parts` (JSON, states with counts).
///
/// # Errors
///
/// [`Indexed::of`] gives [`NotIndexed`] for what is no line of a log, or one whose record says of no time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indexed {
    /// The line's place in the log, from 1.
    pub sequence: u64,
    /// When it was asked, or when what else the line tells of happened.
    pub at: Timestamp,
    /// The record's kind, such as `question`.
    pub kind: String,
    /// The question's id.
    pub question: Option<String>,
    /// By which front it came.
    pub front: Option<String>,
    /// The consumer's name in the operator's configuration.
    pub consumer: Option<String>,
    /// The authority that asked, by its organisation number.
    pub organisation: Option<String>,
    /// The caseworker, as the record has the name.
    pub caseworker: Option<String>,
    /// The case.
    pub case: Option<String>,
    /// What the consumer's certificate acts as.
    pub role: Option<String>,
    /// Whether it was in an open case, by the label of the record.
    pub open_case: Option<String>,
    /// Why it was refused, where it was.
    pub why: Option<String>,
    /// How many refusals before this one have no line of their own.
    pub unrecorded: u64,
    /// Whom it was about.
    pub subject: Option<NamedSubject>,
    /// The same person under the key before, where the log was written during a change of keys.
    pub earlier_subject: Option<NamedSubject>,
    /// The look-up that the line tells of.
    pub look_up: Option<String>,
    /// How many agencies' parts ended in which state.
    pub parts: BTreeMap<String, u64>,
}

/// A person under a key, in the text of a record.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NamedSubject {
    /// Which key.
    pub key: String,
    /// The person's name under it.
    pub hmac_sha256: String,
}

impl std::fmt::Debug for NamedSubject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NamedSubject(redacted, key {})", self.key)
    }
}

impl Indexed {
    /// Reads a line, with or without its line feed. Whether the chain holds is not looked at.
    ///
    /// # Errors
    ///
    /// [`NotIndexed`].
    pub fn of(line: &[u8]) -> Result<Self, NotIndexed> {
        let Line { sequence, record } = serde_json::from_slice(line).map_err(|_| NotIndexed)?;
        let at = record.asked_at.or(record.at).ok_or(NotIndexed)?;
        let (subject, earlier_subject) = match record.subject {
            Some(SubjectFacts { named, earlier }) => (Some(named), earlier),
            None => (None, None),
        };
        let mut parts = BTreeMap::new();
        for agency in record.agencies {
            *parts.entry(agency.state).or_default() += 1;
        }
        Ok(Self {
            sequence,
            at,
            kind: record.kind,
            question: record.question,
            front: record.front,
            consumer: record.consumer,
            organisation: record.requester,
            caseworker: record.caseworker,
            case: record.case,
            role: record.role,
            open_case: record.open_case,
            why: record.why,
            unrecorded: record.unrecorded,
            subject,
            earlier_subject,
            look_up: record.look_up,
            parts,
        })
    }

    /// The caseworker's name as one is looked for: capitals and outer spaces aside, as limits count them too.
    pub fn caseworker_folded(&self) -> Option<String> {
        self.caseworker.as_deref().map(folded)
    }
}

/// A caseworker's name as two of them are compared.
pub fn folded(caseworker: &str) -> String {
    caseworker.trim().to_lowercase()
}

/// A text that cannot be found by anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is no line of an audit log that tells of a time")]
pub struct NotIndexed;

#[derive(Deserialize)]
struct Line {
    sequence: u64,
    record: Facts,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Facts {
    kind: String,
    asked_at: Option<Timestamp>,
    at: Option<Timestamp>,
    question: Option<String>,
    front: Option<String>,
    consumer: Option<String>,
    requester: Option<String>,
    caseworker: Option<String>,
    case: Option<String>,
    role: Option<String>,
    open_case: Option<String>,
    why: Option<String>,
    #[serde(default)]
    unrecorded: u64,
    subject: Option<SubjectFacts>,
    look_up: Option<String>,
    #[serde(default)]
    agencies: Vec<AgencyFacts>,
}

#[derive(Deserialize)]
struct SubjectFacts {
    #[serde(flatten)]
    named: NamedSubject,
    earlier: Option<NamedSubject>,
}

#[derive(Deserialize)]
struct AgencyFacts {
    state: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_indexed() {
        let line = br#"{"sequence":7,"previous":"00","record":{"kind":"refused","question":"q","at":"2026-01-01T00:00:00Z","front":"json-v1","consumer":"Exempelkommun","role":"ekonomiskt-bistand","requester":"162020000001","caseworker":" Asa EXEMPEL","case":"1","purpose":"p","subject":{"key":"k","hmacSha256":"h","earlier":{"key":"e","hmacSha256":"g"}},"why":"limit:consumer-rate","unrecorded":3},"hash":"00"}"#;
        let row = Indexed::of(line).unwrap();
        assert_eq!((row.sequence, row.kind.as_str(), row.unrecorded), (7, "refused", 3));
        assert_eq!(row.caseworker_folded().as_deref(), Some("asa exempel"));
        assert_eq!(row.why.as_deref(), Some("limit:consumer-rate"));
        assert_eq!(row.earlier_subject.map(|named| named.key).as_deref(), Some("e"));
        let line = br#"{"sequence":1,"record":{"kind":"question","askedAt":"2026-01-01T00:00:00Z","agencies":[{"state":"answered"},{"state":"failed"},{"state":"answered"}]}}"#;
        let row = Indexed::of(line).unwrap();
        assert_eq!(row.parts, [("answered".to_owned(), 2), ("failed".to_owned(), 1)].into());
    }

    #[test]
    fn err_indexed() {
        for line in ["", "{}", r#"{"sequence":1,"record":{"kind":"question"}}"#] {
            assert_eq!(Indexed::of(line.as_bytes()), Err(NotIndexed), "{line}");
        }
    }
}

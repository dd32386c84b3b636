//! The record of a question that asked nobody.

use std::fmt;

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::ConsumerName;
use super::json::{SubjectJson, text};
use crate::subject::Subject;
use ssbtx_core::{CaseId, Caseworker, Front, OrganisationNumber, Purpose, QuestionId, Role, without_identity_numbers};

/// What is recorded of a question that was read and refused before any agency was asked.
///
/// Identity numbers in the asker's words are replaced when it is written. Its `Debug` shows the question's id and nothing else.
///
/// # Shape
///
/// In the log, an object with these keys in this order: `kind` (`refused`), `question`, `at` (RFC 3339, UTC), `front`, `consumer`, `role`, `requester`,
/// `caseworker`, `case`, `household` (left out where there is none), `purpose`, `subject{key, hmacSha256}`, `why` (`caseNotOpen`, or `limit:` and the limit,
/// such as `limit:caseworker-rate`), and `unrecorded`.
pub struct Refused {
    /// The question.
    pub question: QuestionId,
    /// When it was refused.
    pub at: Timestamp,
    /// By which front it came.
    pub front: Front,
    /// The consumer whose certificate it came with.
    pub consumer: ConsumerName,
    /// What the certificate acts as.
    pub role: Role,
    /// The authority that asked.
    pub requester: OrganisationNumber,
    /// The caseworker, in the asker's words.
    pub caseworker: Caseworker,
    /// The case, in the asker's words.
    pub case: CaseId,
    /// The household that it was asked for, where it was asked for one.
    pub household: Option<Uuid>,
    /// Why it was asked, in the asker's words.
    pub purpose: Purpose,
    /// Whom it was about.
    pub subject: Subject,
    /// Why it was refused.
    pub why: RefusedWhy,
}

/// Why a question was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusedWhy {
    /// The person is not registered in the case that it named, or the case is not open.
    CaseNotOpen,
    /// A limit of the consumer's or the caseworker's left no room.
    Limit {
        /// The limit's stable name.
        limit: &'static str,
        /// How many questions of this consumer's were refused for a limit before this one without a record of their own: refusing costs
        /// little, so that a client that does nothing but run into a limit would fill the log with it.
        unrecorded: u64,
    },
}

impl RefusedWhy {
    /// The stable text, as records show it.
    pub fn label(self) -> String {
        match self {
            Self::CaseNotOpen => "caseNotOpen".to_owned(),
            Self::Limit { limit, .. } => format!("limit:{limit}"),
        }
    }

    fn unrecorded(self) -> u64 {
        match self {
            Self::CaseNotOpen => 0,
            Self::Limit { unrecorded, .. } => unrecorded,
        }
    }
}

impl Refused {
    /// Writes it as it will stand in the log.
    pub(crate) fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(&Line {
            kind: "refused",
            question: self.question,
            at: self.at,
            front: self.front.label(),
            consumer: self.consumer.as_str(),
            role: self.role.as_str(),
            requester: self.requester.as_str(),
            caseworker: without_identity_numbers(self.caseworker.as_str()),
            case: without_identity_numbers(self.case.as_str()),
            household: self.household.map(|household| household.to_string()),
            purpose: without_identity_numbers(self.purpose.as_str()),
            subject: SubjectJson::of(&self.subject),
            why: self.why.label(),
            unrecorded: self.why.unrecorded(),
        })
    }
}

impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refused").field("question", &self.question).finish_non_exhaustive()
    }
}

#[derive(Serialize)]
struct Line<'r> {
    kind: &'static str,
    #[serde(serialize_with = "text")]
    question: QuestionId,
    #[serde(serialize_with = "text")]
    at: Timestamp,
    front: &'static str,
    consumer: &'r str,
    role: &'r str,
    requester: &'r str,
    caseworker: String,
    case: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    household: Option<String>,
    purpose: String,
    subject: SubjectJson,
    why: String,
    unrecorded: u64,
}

//! The record of a question whose answer comes in pieces, before the first piece leaves.

use std::fmt;

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::ConsumerName;
use super::json::{ContextJson, EditionJson, SubjectJson, text};
use crate::subject::Subject;
use ssbtx_core::{
    AgencyId, CaseId, Caseworker, Context, EditionIdentity, Front, OpenCase, OrganisationNumber, Purpose, QuestionId,
    without_identity_numbers,
};

/// What is recorded of a question before any part of an answer that comes in pieces leaves the host.
///
/// A [`Record`](super::Record) of the same question follows when it has ended, and says what left. Where none does, the host ended before it did:
/// then anything that the edition lets through of the included base services may have left.
///
/// Identity numbers in the asker's words are replaced when it is written. Its `Debug` shows the question's id and nothing else.
///
/// # Shape
///
/// In the log, an object with these keys in this order: `kind` (`begun`), `question`, `askedAt` (RFC 3339, UTC), `front`, `consumer`, `role`, `requester`,
/// `caseworker`, `case`, `openCase`, `household` (left out where there is none), `purpose`, `subject{key, hmacSha256}`, `context` and `edition` as in a
/// [`Record`](super::Record), and `included[]`, the base services that the asker included. `context` is what was known before anybody was asked:
/// `protectedIdentity` is always false.
pub struct Begun {
    /// The question.
    pub question: QuestionId,
    /// When it came in.
    pub asked_at: Timestamp,
    /// By which front it came.
    pub front: Front,
    /// The consumer whose certificate it came with.
    pub consumer: ConsumerName,
    /// The authority that asked.
    pub requester: OrganisationNumber,
    /// The caseworker, in the asker's words.
    pub caseworker: Caseworker,
    /// The case, in the asker's words.
    pub case: CaseId,
    /// Whether it was in an open case of the asker's.
    pub open_case: OpenCase,
    /// The household that it was asked for, where it was asked for one.
    pub household: Option<Uuid>,
    /// Why it was asked, in the asker's words.
    pub purpose: Purpose,
    /// Whom it is about.
    pub subject: Subject,
    /// What the policy is told, as far as it is known.
    pub context: Context,
    /// What decides it.
    pub edition: EditionIdentity,
    /// The base services that the asker included.
    pub included: Vec<AgencyId>,
}

impl Begun {
    /// Writes it as it will stand in the log.
    pub(crate) fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(&Line {
            kind: "begun",
            question: self.question,
            asked_at: self.asked_at,
            front: self.front.label(),
            consumer: self.consumer.as_str(),
            role: self.context.role.as_str(),
            requester: self.requester.as_str(),
            caseworker: without_identity_numbers(self.caseworker.as_str()),
            case: without_identity_numbers(self.case.as_str()),
            open_case: self.open_case.label(),
            household: self.household.map(|household| household.to_string()),
            purpose: without_identity_numbers(self.purpose.as_str()),
            subject: SubjectJson::of(&self.subject),
            context: ContextJson::of(&self.context),
            edition: EditionJson::of(&self.edition),
            included: self.included.iter().map(AgencyId::as_str).collect(),
        })
    }
}

impl fmt::Debug for Begun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Begun").field("question", &self.question).finish_non_exhaustive()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'r> {
    kind: &'static str,
    #[serde(serialize_with = "text")]
    question: QuestionId,
    #[serde(serialize_with = "text")]
    asked_at: Timestamp,
    front: &'static str,
    consumer: &'r str,
    role: &'r str,
    requester: &'r str,
    caseworker: String,
    case: String,
    open_case: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    household: Option<String>,
    purpose: String,
    subject: SubjectJson,
    context: ContextJson<'r>,
    edition: EditionJson<'r>,
    included: Vec<&'r str>,
}

//! What came of a trial, as the JSON front writes a part of an answer.

use serde::Serialize;
use ssbtx_core::{AgencyId, DatasetFailure, Document, Failure, Notice, State};
use ssbtx_gateway::DocumentJson;

/// What an adapter made of a question and its replies. Nothing is withheld from it.
#[derive(Debug)]
pub enum Outcome {
    /// The agency answered.
    Answered {
        /// The document.
        document: Document,
        /// Datasets that it could not give.
        failures: Vec<DatasetFailure>,
    },
    /// It has nothing about the person.
    NothingFound {
        /// Its own document that says so.
        document: Option<Document>,
        /// Why.
        reason: Option<Notice>,
    },
    /// It, or the broker, failed.
    Failed(Failure),
    /// It did not answer in time.
    TimedOut,
}

/// An outcome, as it is serialised: the fields of a part in JSON v1 that follow from the adapter.
///
/// Beside them `marksProtection` says whether the host would decide anew for every agency's part.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OutcomeJson<'a> {
    agency: String,
    state: &'static str,
    marks_protection: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<DocumentJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    failures: Vec<DatasetFailureBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown_elements: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<NoticeBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<FailureBody<'a>>,
}

#[derive(Serialize)]
struct DatasetFailureBody<'a> {
    dataset: &'a str,
    code: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct NoticeBody<'a> {
    code: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct FailureBody<'a> {
    source: &'static str,
    code: &'a str,
    message: &'a str,
}

impl Outcome {
    /// The state that the part would have.
    pub fn state(&self) -> State {
        match self {
            Self::Answered { .. } => State::Answered,
            Self::NothingFound { .. } => State::NothingFound,
            Self::Failed(_) => State::Failed,
            Self::TimedOut => State::TimedOut,
        }
    }

    fn document(&self) -> Option<&Document> {
        match self {
            Self::Answered { document, .. } => Some(document),
            Self::NothingFound { document, .. } => document.as_ref(),
            Self::Failed(_) | Self::TimedOut => None,
        }
    }
}

impl<'a> OutcomeJson<'a> {
    /// Prepares an agency's outcome.
    pub fn new(agency: AgencyId, outcome: &'a Outcome) -> Self {
        let document = outcome.document();
        let (failures, reason, failure) = match outcome {
            Outcome::Answered { failures, .. } => (failures.as_slice(), None, None),
            Outcome::NothingFound { reason, .. } => (&[][..], reason.as_ref(), None),
            Outcome::Failed(failure) => (&[][..], None, Some(failure)),
            Outcome::TimedOut => (&[][..], None, None),
        };
        Self {
            agency: agency.to_string(),
            state: outcome.state().label(),
            marks_protection: document.is_some_and(Document::marks_protection),
            document: document.map(DocumentJson::new),
            failures: failures.iter().map(DatasetFailureBody::of).collect(),
            unknown_elements: document.map(Document::unknown_elements).filter(|count| *count > 0),
            reason: reason.map(|reason| NoticeBody { code: reason.code(), message: reason.message() }),
            failure: failure.map(|failure| FailureBody {
                source: failure.source(),
                code: failure.code(),
                message: failure.message(),
            }),
        }
    }
}

impl<'a> DatasetFailureBody<'a> {
    fn of(failure: &'a DatasetFailure) -> Self {
        Self { dataset: failure.dataset.as_str(), code: failure.reason.code(), message: failure.reason.message() }
    }
}

#[cfg(test)]
mod tests;

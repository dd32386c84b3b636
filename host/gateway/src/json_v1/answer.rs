//! The answer to a question, as JSON.

use serde::Serialize;
use ssbtx_core::{
    AgencyPart, Answer, BasisId, CorrelationId, DatasetFailure, Decision, Discloser, Document, Failure, Notice,
    Outcome, TighteningId, Withheld,
};

use super::document::DocumentJson;

/// The whole answer.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AnswerBody<'a> {
    question_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    correlation_id: Option<&'a str>,
    role: &'a str,
    edition: EditionBody<'a>,
    parts: Vec<PartBody<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EditionBody<'a> {
    trust_version: u64,
    policy: PolicyBody<'a>,
}

#[derive(Serialize)]
struct PolicyBody<'a> {
    name: &'a str,
    version: &'a str,
    sha256: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PartBody<'a> {
    agency: &'a str,
    state: &'static str,
    disclosers: Vec<DiscloserBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    adapter: Option<AdapterBody<'a>>,
    #[serde(flatten)]
    content: Content<'a>,
    elapsed_ms: u64,
}

#[derive(Serialize)]
struct DiscloserBody<'a> {
    agency: &'a str,
    state: &'static str,
}

#[derive(Serialize)]
struct AdapterBody<'a> {
    version: &'a str,
    sha256: String,
}

/// What differs from state to state.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Content<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<DocumentJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failures: Option<Vec<DatasetFailureBody<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withheld: Option<Vec<WithheldBody<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown_elements: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<ReasonBody<'a>>,
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
struct WithheldBody<'a> {
    element: &'a str,
    reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tightening: Option<&'a str>,
}

#[derive(Serialize)]
struct ReasonBody<'a> {
    code: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct FailureBody<'a> {
    source: &'static str,
    code: &'a str,
    message: &'a str,
}

impl<'a> AnswerBody<'a> {
    pub(super) fn of(answer: &'a Answer) -> Self {
        let policy = &answer.edition.policy;
        Self {
            question_id: answer.question.to_string(),
            correlation_id: answer.correlation_id.as_ref().map(CorrelationId::as_str),
            role: answer.role.as_str(),
            edition: EditionBody {
                trust_version: answer.edition.trust_version,
                policy: PolicyBody {
                    name: policy.name.as_str(),
                    version: &policy.version,
                    sha256: policy.sha256.to_string(),
                },
            },
            parts: answer.parts.iter().map(PartBody::of).collect(),
        }
    }
}

impl<'a> PartBody<'a> {
    fn of(part: &'a AgencyPart) -> Self {
        Self {
            agency: part.agency.as_str(),
            state: part.outcome.state().label(),
            disclosers: part.disclosers.iter().map(DiscloserBody::of).collect(),
            adapter: part
                .adapter
                .as_ref()
                .map(|adapter| AdapterBody { version: &adapter.version, sha256: adapter.sha256.to_string() }),
            content: Content::of(&part.outcome),
            elapsed_ms: u64::try_from(part.elapsed.as_millis()).unwrap_or(u64::MAX),
        }
    }
}

impl<'a> DiscloserBody<'a> {
    fn of(discloser: &'a Discloser) -> Self {
        Self { agency: discloser.agency.as_str(), state: discloser.state.label() }
    }
}

impl<'a> Content<'a> {
    /// The six states of the design, in the words of this interface: the one table.
    fn of(outcome: &'a Outcome) -> Self {
        match outcome {
            Outcome::Answered { document, failures, decision } => Self {
                failures: (!failures.is_empty()).then(|| failures.iter().map(DatasetFailureBody::of).collect()),
                withheld: withheld(decision),
                ..Self::with_document(document)
            },
            // Nothing found is no failure, so the reason is not shown as one.
            Outcome::NothingFound { document, reason } => Self {
                reason: reason.as_ref().map(ReasonBody::of),
                ..document.as_ref().map(Self::with_document).unwrap_or_default()
            },
            Outcome::NotAsked | Outcome::TimedOut => Self::default(),
            Outcome::NotPermitted { decision } => Self { withheld: withheld(decision), ..Self::default() },
            Outcome::Failed(failure) => Self { failure: Some(FailureBody::of(failure)), ..Self::default() },
        }
    }

    fn with_document(document: &'a Document) -> Self {
        Self {
            unknown_elements: Some(document.unknown_elements()).filter(|count| *count > 0),
            document: Some(DocumentJson::new(document)),
            ..Self::default()
        }
    }
}

impl<'a> DatasetFailureBody<'a> {
    fn of(failure: &'a DatasetFailure) -> Self {
        Self { dataset: failure.dataset.as_str(), code: failure.reason.code(), message: failure.reason.message() }
    }
}

impl<'a> WithheldBody<'a> {
    fn of(withheld: &'a Withheld) -> Self {
        Self {
            element: &withheld.element,
            reason: withheld.reason.label(),
            basis: withheld.reason.basis().map(BasisId::as_str),
            tightening: withheld.reason.tightening().map(TighteningId::as_str),
        }
    }
}

impl<'a> ReasonBody<'a> {
    fn of(reason: &'a Notice) -> Self {
        Self { code: reason.code(), message: reason.message() }
    }
}

impl<'a> FailureBody<'a> {
    fn of(failure: &'a Failure) -> Self {
        Self { source: failure.source(), code: failure.code(), message: failure.message() }
    }
}

fn withheld(decision: &Decision) -> Option<Vec<WithheldBody<'_>>> {
    let withheld = decision.withheld();
    (!withheld.is_empty()).then(|| withheld.iter().map(WithheldBody::of).collect())
}

#[cfg(test)]
mod tests;

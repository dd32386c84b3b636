//! The answer to a question, as JSON.

use serde::Serialize;
use ssbtx_core::{
    AgencyPart, Answer, BasisId, CorrelationId, DatasetFailure, Decision, Discloser, Document, EditionIdentity,
    Failure, Notice, OpenCase, Outcome, TighteningId, Withheld,
};
use utoipa::ToSchema;

use super::document::DocumentJson;
use super::openapi::words;
use crate::case_gate::CASE_NOT_OPEN;

/// The answer to a question about one person.
#[derive(Serialize, ToSchema)]
#[schema(as = Answer)]
#[serde(rename_all = "camelCase")]
pub(super) struct AnswerBody<'a> {
    /// The host's own id of the question, as the audit log has it: a UUID of version 7.
    #[schema(format = "uuid")]
    question_id: String,
    /// The asker's own reference, where the question had one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    correlation_id: Option<&'a str>,
    /// The role of the certificate that was asked with.
    role: &'a str,
    edition: EditionBody<'a>,
    /// What is wrong although there is an answer; left out where nothing is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(schema_with = words::warnings, required = false)]
    warnings: Vec<&'static str>,
    /// One part per base service, all seven, in SSBTEK's order.
    #[schema(min_items = 7, max_items = 7)]
    parts: Vec<PartBody<'a>>,
}

/// What decided.
#[derive(Serialize, ToSchema)]
#[schema(as = Edition)]
#[serde(rename_all = "camelCase")]
pub(super) struct EditionBody<'a> {
    /// The version of the signed repository's snapshot: it identifies the whole set of adapters and policies.
    trust_version: u64,
    policy: PolicyBody<'a>,
}

/// The policy that decided.
#[derive(Serialize, ToSchema)]
#[schema(as = DecidingPolicy)]
struct PolicyBody<'a> {
    /// Its name, which is its role's.
    name: &'a str,
    version: &'a str,
    /// The digest of its component.
    #[schema(schema_with = words::sha256)]
    sha256: String,
}

/// What became of one base service.
#[derive(Serialize, ToSchema)]
#[schema(as = Part)]
#[serde(rename_all = "camelCase")]
pub(super) struct PartBody<'a> {
    /// The base service.
    #[schema(schema_with = words::base_service)]
    agency: &'a str,
    #[schema(schema_with = words::state)]
    state: &'static str,
    /// Whose data it is, each with a state: Försäkringskassan's base service answers for `FK` and `PM`.
    disclosers: Vec<DiscloserBody<'a>>,
    /// The adapter that spoke with the base service, where one is loaded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    adapter: Option<AdapterBody<'a>>,
    #[serde(flatten)]
    content: Content<'a>,
    /// From the decision to the outcome, in milliseconds.
    elapsed_ms: u64,
}

/// An agency whose data a base service gives.
#[derive(Serialize, ToSchema)]
#[schema(as = Discloser)]
struct DiscloserBody<'a> {
    #[schema(schema_with = words::agency)]
    agency: &'a str,
    #[schema(schema_with = words::state)]
    state: &'static str,
}

/// The component that speaks for a base service.
#[derive(Serialize, ToSchema)]
#[schema(as = Adapter)]
struct AdapterBody<'a> {
    /// The version of its catalogue.
    version: &'a str,
    /// The digest of its component.
    #[schema(schema_with = words::sha256)]
    sha256: String,
}

/// What differs from state to state.
#[derive(Default, Serialize, ToSchema)]
#[schema(as = PartContent)]
#[serde(rename_all = "camelCase")]
struct Content<'a> {
    /// What the role may see of the agency's own document: the content of its root element, by element name. Its shape follows from the agency's
    /// catalogue. Where it answered, and where it found nothing but has a document that says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = words::document)]
    document: Option<DocumentJson<'a>>,
    /// The datasets that the base service could not give this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    failures: Option<Vec<DatasetFailureBody<'a>>>,
    /// What the role may not see. It follows from the catalogue and the role: it does not say whether the agency had a value.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    withheld: Option<Vec<WithheldBody<'a>>>,
    /// How many elements the catalogue does not know; they were dropped.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1)]
    unknown_elements: Option<u32>,
    /// Why nothing was found, where the agency or the adapter can tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    reason: Option<ReasonBody<'a>>,
    /// What failed, where it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    failure: Option<FailureBody<'a>>,
}

/// A dataset that could not be given this time.
#[derive(Serialize, ToSchema)]
#[schema(as = DatasetFailure)]
struct DatasetFailureBody<'a> {
    dataset: &'a str,
    code: &'a str,
    /// In Swedish.
    message: &'a str,
}

/// An element that is withheld, and why.
#[derive(Serialize, ToSchema)]
#[schema(as = Withheld)]
struct WithheldBody<'a> {
    /// Its path below the root; empty for the whole document.
    element: &'a str,
    #[schema(schema_with = words::reason)]
    reason: &'static str,
    /// The legal basis that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    basis: Option<&'a str>,
    /// The entry of the list of what is withheld at once that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    tightening: Option<&'a str>,
}

/// Why nothing was found.
#[derive(Serialize, ToSchema)]
#[schema(as = Reason)]
struct ReasonBody<'a> {
    code: &'a str,
    /// In Swedish.
    message: &'a str,
}

/// What failed.
#[derive(Serialize, ToSchema)]
#[schema(as = Failure)]
struct FailureBody<'a> {
    /// `SSBT` is the broker, or the adapter before anything was sent; `BT` is the agency.
    #[schema(schema_with = words::source)]
    source: &'static str,
    /// The codes of `SSBT` are in `docs/soap-v10.md`.
    code: &'a str,
    /// In Swedish.
    message: &'a str,
}

impl<'a> AnswerBody<'a> {
    pub(super) fn of(answer: &'a Answer) -> Self {
        Self {
            question_id: answer.question.to_string(),
            correlation_id: answer.correlation_id.as_ref().map(CorrelationId::as_str),
            role: answer.role.as_str(),
            edition: EditionBody::of(&answer.edition),
            warnings: warnings(answer.open_case),
            parts: answer.parts.iter().map(PartBody::of).collect(),
        }
    }
}

/// What is wrong with a question that has an answer all the same.
pub(super) fn warnings(open_case: OpenCase) -> Vec<&'static str> {
    match open_case {
        OpenCase::Outside => vec![CASE_NOT_OPEN],
        OpenCase::Inside | OpenCase::NotChecked => Vec::new(),
    }
}

impl<'a> EditionBody<'a> {
    pub(super) fn of(edition: &'a EditionIdentity) -> Self {
        let policy = &edition.policy;
        let policy =
            PolicyBody { name: policy.name.as_str(), version: &policy.version, sha256: policy.sha256.to_string() };
        Self { trust_version: edition.trust_version, policy }
    }
}

impl<'a> PartBody<'a> {
    pub(super) fn of(part: &'a AgencyPart) -> Self {
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

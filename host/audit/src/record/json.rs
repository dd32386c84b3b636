//! A record's exact form in the log.

use std::collections::BTreeMap;
use std::fmt::Display;

use serde::{Serialize, Serializer};

use super::{AgencyRecord, BrokenOff, DiscloserRecord, ErrorCode, Record};
use crate::indexed::NamedSubject;
use crate::subject::Subject;
use ssbtx_core::{
    AcceptedScope, AdapterIdentity, AgencyId, BasisId, Context, EditionIdentity, Sha256Digest, without_identity_numbers,
};

impl Record {
    /// Writes it as it will stand in the log.
    pub(crate) fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(&QuestionLine::of(self))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct QuestionLine<'r> {
    kind: &'static str,
    #[serde(serialize_with = "text")]
    question: ssbtx_core::QuestionId,
    #[serde(serialize_with = "text")]
    asked_at: jiff::Timestamp,
    #[serde(serialize_with = "text")]
    answered_at: jiff::Timestamp,
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
    accepted_pending: Vec<AcceptedJson<'r>>,
    agencies: Vec<AgencyJson<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    broken_off: Option<BrokenOffJson<'r>>,
}

impl<'r> QuestionLine<'r> {
    fn of(record: &'r Record) -> Self {
        Self {
            kind: "question",
            question: record.question,
            asked_at: record.asked_at,
            answered_at: record.answered_at,
            front: record.front.label(),
            consumer: record.consumer.as_str(),
            role: record.context.role.as_str(),
            requester: record.requester.as_str(),
            caseworker: without_identity_numbers(record.caseworker.as_str()),
            case: without_identity_numbers(record.case.as_str()),
            open_case: record.open_case.label(),
            household: record.household.map(|household| household.to_string()),
            purpose: without_identity_numbers(record.purpose.as_str()),
            subject: SubjectJson::of(&record.subject),
            context: ContextJson::of(&record.context),
            edition: EditionJson::of(&record.edition),
            accepted_pending: record.accepted_pending.iter().map(AcceptedJson::of).collect(),
            agencies: record.agencies.iter().map(AgencyJson::of).collect(),
            broken_off: record.broken_off.as_ref().map(BrokenOffJson::of),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SubjectJson {
    #[serde(serialize_with = "text")]
    key: crate::subject::KeyId,
    hmac_sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier: Option<NamedSubject>,
}

impl SubjectJson {
    pub(super) fn of(subject: &Subject) -> Self {
        Self { key: subject.key(), hmac_sha256: subject.hmac_sha256(), earlier: subject.earlier() }
    }
}

/// What the policy was told, besides the role.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ContextJson<'r> {
    purpose: &'r str,
    relation: &'static str,
    consents: Vec<&'r str>,
    protected_identity: bool,
    #[serde(serialize_with = "text")]
    asked_on: jiff::civil::Date,
}

impl<'r> ContextJson<'r> {
    pub(super) fn of(context: &'r Context) -> Self {
        let Context { role: _, purpose, relation, consents, protected_identity, asked_on } = context;
        Self {
            purpose: purpose.as_str(),
            relation: relation.label(),
            consents: consents.iter().map(BasisId::as_str).collect(),
            protected_identity: *protected_identity,
            asked_on: *asked_on,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EditionJson<'r> {
    trust_version: u64,
    policy: ComponentJson<'r>,
    tightening: Option<String>,
    lifted: Option<String>,
    grants: BTreeMap<&'r str, String>,
}

impl<'r> EditionJson<'r> {
    pub(super) fn of(edition: &'r EditionIdentity) -> Self {
        let policy = &edition.policy;
        let component =
            ComponentJson { name: Some(policy.name.as_str()), version: &policy.version, sha256: policy.sha256 };
        Self {
            trust_version: edition.trust_version,
            policy: component,
            tightening: edition.tightening.map(|sha256| sha256.to_string()),
            lifted: edition.lifted.map(|sha256| sha256.to_string()),
            grants: edition.grants.iter().map(|(agency, sha256)| (agency.as_str(), sha256.to_string())).collect(),
        }
    }
}

/// A pending basis that the operator accepted, and for which datasets.
#[derive(Serialize)]
struct AcceptedJson<'r> {
    basis: &'r str,
    datasets: Option<Vec<String>>,
}

impl<'r> AcceptedJson<'r> {
    fn of((basis, scope): (&'r BasisId, &AcceptedScope)) -> Self {
        let datasets = match scope {
            AcceptedScope::EveryDataset => None,
            AcceptedScope::Datasets(datasets) => {
                Some(datasets.iter().map(|(agency, dataset)| format!("{agency}/{dataset}")).collect())
            }
        };
        Self { basis: basis.as_str(), datasets }
    }
}

/// A component, to the byte: a policy has a name, an adapter is its agency's.
#[derive(Serialize)]
struct ComponentJson<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'r str>,
    version: &'r str,
    #[serde(serialize_with = "text")]
    sha256: Sha256Digest,
}

impl<'r> ComponentJson<'r> {
    fn of_adapter(adapter: &'r AdapterIdentity) -> Self {
        Self { name: None, version: &adapter.version, sha256: adapter.sha256 }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AgencyJson<'r> {
    agency: &'r str,
    asked: bool,
    state: &'static str,
    disclosers: Vec<DiscloserJson<'r>>,
    adapter: Option<ComponentJson<'r>>,
    mask: Option<String>,
    disclosed: u64,
    withheld: u64,
    unknown: u64,
    elapsed_ms: u64,
    failure: Option<FailureJson<'r>>,
}

impl<'r> AgencyJson<'r> {
    fn of(agency: &'r AgencyRecord) -> Self {
        Self {
            agency: agency.agency.as_str(),
            asked: agency.asked,
            state: agency.state.label(),
            disclosers: agency.disclosers.iter().map(DiscloserJson::of).collect(),
            adapter: agency.adapter.as_ref().map(ComponentJson::of_adapter),
            mask: agency.mask.map(|sha256| sha256.to_string()),
            disclosed: agency.disclosed,
            withheld: agency.withheld,
            unknown: agency.unknown,
            elapsed_ms: u64::try_from(agency.elapsed.as_millis()).unwrap_or(u64::MAX),
            failure: agency.failure.as_ref().map(FailureJson::of),
        }
    }
}

#[derive(Serialize)]
struct BrokenOffJson<'r> {
    undelivered: Vec<&'r str>,
}

impl<'r> BrokenOffJson<'r> {
    fn of(broken_off: &'r BrokenOff) -> Self {
        Self { undelivered: broken_off.undelivered.iter().map(AgencyId::as_str).collect() }
    }
}

#[derive(Serialize)]
struct DiscloserJson<'r> {
    agency: &'r str,
    state: &'static str,
    disclosed: u64,
}

impl<'r> DiscloserJson<'r> {
    fn of(discloser: &'r DiscloserRecord) -> Self {
        let DiscloserRecord { agency, state, disclosed } = discloser;
        Self { agency: agency.as_str(), state: state.label(), disclosed: *disclosed }
    }
}

#[derive(Serialize)]
struct FailureJson<'r> {
    source: &'static str,
    code: &'r str,
}

impl<'r> FailureJson<'r> {
    fn of(failure: &'r ErrorCode) -> Self {
        Self { source: failure.source(), code: failure.code() }
    }
}

/// Writes a value as its text.
pub(super) fn text<S: Serializer>(value: &impl Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

//! Cases as they travel in a policy's component, for a host to run before it lets the policy decide.

use serde::Serialize;

use crate::cases::{Case, Cases, Expected};
use crate::policy::Policy;
use crate::terms::{Reason, Relation};

/// The cases of a policy in the form `ssbtx-cases`, version 1. The same cases give the same text.
///
/// They mean what they mean where they are tried natively: each asks for the policy's first purpose, on [`CASE_DAY`].
pub(crate) fn write(policy: &Policy, cases: &Cases) -> Result<String, serde_json::Error> {
    let purpose = policy.purposes.first().map(|purpose| purpose.0.as_str()).unwrap_or_default();
    let policy = cases.iter().map(|case| CaseBody::of(case, purpose)).collect();
    serde_json::to_string(&CasesBody { kind: "ssbtx-cases", version: 1, policy })
}

/// The day on which cases are tried, `yyyy-MM-dd`: any on which the laws that policies cite today are in force.
pub const CASE_DAY: &str = "2026-01-01";

#[derive(Serialize)]
struct CasesBody<'c> {
    kind: &'static str,
    version: u32,
    policy: Vec<CaseBody<'c>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CaseBody<'c> {
    promise: &'c str,
    agency: &'c str,
    purpose: &'c str,
    relation: &'static str,
    consents: Vec<&'c str>,
    protected_identity: bool,
    asked_on: &'static str,
    elements: Vec<String>,
    expected: ExpectedBody<'c>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum ExpectedBody<'c> {
    Disclose(&'c str),
    Withhold(&'static str),
}

impl<'c> CaseBody<'c> {
    fn of(case: &'c Case, purpose: &'c str) -> Self {
        Self {
            promise: &case.promise.0,
            agency: &case.agency.0,
            purpose,
            relation: relation(case.relation),
            consents: case.consents.iter().map(|consent| consent.0.as_str()).collect(),
            protected_identity: case.protected_identity,
            asked_on: CASE_DAY,
            elements: case.elements.iter().map(ToString::to_string).collect(),
            expected: match &case.expected {
                Expected::Disclose(basis) => ExpectedBody::Disclose(&basis.0),
                Expected::Withhold(why) => ExpectedBody::Withhold(reason(*why)),
            },
        }
    }
}

fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Subject => "subject",
        Relation::HouseholdAdult => "household-adult",
        Relation::HouseholdChild => "household-child",
    }
}

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NoLegalBasis => "no-legal-basis",
        Reason::NotNeeded => "not-needed",
        Reason::ProtectedIdentity => "protected-identity",
        Reason::ConsentMissing => "consent-missing",
        Reason::WrongRelation => "wrong-relation",
    }
}

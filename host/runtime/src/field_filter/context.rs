//! What a policy is told, and its words in answer.

use ssbtx_core::{Context, Refusal, Relation, Verdict, WithholdReason};

use super::wire;

/// A context in the contract's words.
pub(super) fn to_wire(context: &Context) -> wire::Context {
    wire::Context {
        role: context.role.as_str().to_owned(),
        purpose: context.purpose.as_str().to_owned(),
        relation: match context.relation {
            Relation::Subject => wire::Relation::Subject,
            Relation::HouseholdAdult => wire::Relation::HouseholdAdult,
            Relation::HouseholdChild => wire::Relation::HouseholdChild,
        },
        consents: context.consents.iter().map(|consent| consent.as_str().to_owned()).collect(),
        protected_identity: context.protected_identity,
        asked_on: context.asked_on.to_string(),
    }
}

/// A policy's word on one element.
pub(super) fn from_verdict(verdict: wire::Verdict) -> Verdict {
    match verdict {
        wire::Verdict::Disclose(basis) => Verdict::Disclose(basis),
        wire::Verdict::Withhold(reason) => Verdict::Withhold(match reason {
            wire::WithholdReason::NoLegalBasis => WithholdReason::NoLegalBasis,
            wire::WithholdReason::NotNeeded => WithholdReason::NotNeeded,
            wire::WithholdReason::ProtectedIdentity => WithholdReason::ProtectedIdentity,
            wire::WithholdReason::ConsentMissing => WithholdReason::ConsentMissing,
            wire::WithholdReason::WrongRelation => WithholdReason::WrongRelation,
        }),
    }
}

/// Why a policy does not decide.
pub(super) fn from_refusal(refusal: wire::Refusal) -> Refusal {
    match refusal {
        wire::Refusal::WrongRole => Refusal::WrongRole,
        wire::Refusal::WrongPurpose => Refusal::WrongPurpose,
        wire::Refusal::UnknownAgency => Refusal::UnknownAgency,
    }
}

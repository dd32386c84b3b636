//! What a policy is told, and its words in answer.

use ssbtx_core::{BasisId, Context, Refusal, Relation, Verdict, WithholdReason};

use super::wire;

/// A context in the contract's words.
pub(super) struct Asked<'c> {
    context: &'c Context,
    consents: Vec<&'c str>,
    day: String,
}

impl<'c> Asked<'c> {
    /// Takes a context, which it goes on borrowing.
    pub(super) fn new(context: &'c Context) -> Self {
        let consents = context.consents.iter().map(BasisId::as_str).collect();
        Self { context, consents, day: context.asked_on.to_string() }
    }

    pub(super) fn to_wire(&self) -> wire::Context<'_> {
        wire::Context {
            role: self.context.role.as_str(),
            purpose: self.context.purpose.as_str(),
            relation: match self.context.relation {
                Relation::Subject => wire::Relation::Subject,
                Relation::HouseholdAdult => wire::Relation::HouseholdAdult,
                Relation::HouseholdChild => wire::Relation::HouseholdChild,
            },
            consents: &self.consents,
            protected_identity: self.context.protected_identity,
            asked_on: &self.day,
        }
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

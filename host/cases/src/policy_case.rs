//! A case of a policy.

use jiff::civil::Date;
use ssbtx_core::{AgencyId, BasisId, Context, PurposeCode, Relation, Role, WithholdReason};

use crate::element_pattern::ElementPattern;
use crate::file::{PolicyCaseFile, RelationFile, VerdictFile, WithholdReasonFile};
use crate::invalid::InvalidCase;
use crate::promise::Promise;

/// In this context, these elements have this verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyCase {
    promise: Promise,
    agency: AgencyId,
    purpose: PurposeCode,
    relation: Relation,
    consents: Vec<BasisId>,
    protected_identity: bool,
    asked_on: Date,
    elements: Vec<ElementPattern>,
    expected: ExpectedVerdict,
}

/// The verdict that a case expects, whether or not the basis is in force or accepted: that is the host's to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpectedVerdict {
    /// Disclosed on the basis of this name.
    Disclose(BasisId),
    /// Withheld for this reason.
    Withhold(WithholdReason),
}

impl PolicyCase {
    /// Takes a case as it is written.
    pub(crate) fn parse(file: PolicyCaseFile) -> Result<Self, InvalidCase> {
        let mut consents: Vec<BasisId> =
            file.consents.iter().map(|name| name.parse()).collect::<Result<_, _>>().map_err(InvalidCase::Name)?;
        // As the host gives them to a policy.
        consents.sort();
        consents.dedup();
        if file.elements.is_empty() {
            return Err(InvalidCase::NoElement);
        }
        let elements = file.elements.iter().map(|path| path.parse()).collect::<Result<_, _>>()?;
        Ok(Self {
            promise: file.promise.parse()?,
            agency: file.agency.parse()?,
            purpose: file.purpose.parse().map_err(InvalidCase::Name)?,
            relation: relation(file.relation),
            consents,
            protected_identity: file.protected_identity,
            asked_on: file.asked_on,
            elements,
            expected: match file.expected {
                VerdictFile::Disclose(basis) => ExpectedVerdict::Disclose(basis.parse().map_err(InvalidCase::Name)?),
                VerdictFile::Withhold(reason) => ExpectedVerdict::Withhold(withhold_reason(reason)),
            },
        })
    }

    /// What it promises.
    pub fn promise(&self) -> &Promise {
        &self.promise
    }

    /// The base service whose catalogue it is about.
    pub fn agency(&self) -> AgencyId {
        self.agency
    }

    /// The elements that it is about, never none.
    pub fn elements(&self) -> &[ElementPattern] {
        &self.elements
    }

    /// Their verdict.
    pub fn expected(&self) -> &ExpectedVerdict {
        &self.expected
    }

    /// What the policy of a role is told.
    pub fn context(&self, role: &Role) -> Context {
        Context {
            role: role.clone(),
            purpose: self.purpose.clone(),
            relation: self.relation,
            consents: self.consents.clone(),
            protected_identity: self.protected_identity,
            asked_on: self.asked_on,
        }
    }
}

fn relation(file: RelationFile) -> Relation {
    match file {
        RelationFile::Subject => Relation::Subject,
        RelationFile::HouseholdAdult => Relation::HouseholdAdult,
        RelationFile::HouseholdChild => Relation::HouseholdChild,
    }
}

fn withhold_reason(file: WithholdReasonFile) -> WithholdReason {
    match file {
        WithholdReasonFile::NoLegalBasis => WithholdReason::NoLegalBasis,
        WithholdReasonFile::NotNeeded => WithholdReason::NotNeeded,
        WithholdReasonFile::ProtectedIdentity => WithholdReason::ProtectedIdentity,
        WithholdReasonFile::ConsentMissing => WithholdReason::ConsentMissing,
        WithholdReasonFile::WrongRelation => WithholdReason::WrongRelation,
    }
}

//! What a policy is told, and what it says.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use crate::identifier::{BasisId, InvalidName, Role};

/// Everything that a policy is told. None of it is data of an agency.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Context {
    /// The asker's role.
    pub role: Role,
    /// The coded purpose.
    pub purpose: PurposeCode,
    /// Whom the question is about, seen from the case.
    pub relation: Relation,
    /// The consents that are valid today, by name, in order.
    pub consents: Vec<BasisId>,
    /// Whether an agency marks the person's identity as protected.
    pub protected_identity: bool,
    /// The day of the question in Sweden.
    pub asked_on: Date,
}

/// A coded purpose: free text could not be enumerated when a policy is reviewed.
///
/// # Shape
///
/// 1 to 64 characters `a`–`z`, `0`–`9` and `-`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PurposeCode(BasisId);

impl PurposeCode {
    /// The purpose of every question today: work on a case (ärendehandläggning).
    pub const CASE_WORK: &'static str = "arendehandlaggning";

    /// The code as text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl FromStr for PurposeCode {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl fmt::Debug for PurposeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whom a question is about, seen from the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// The person that the case is about.
    Subject,
    /// An adult of the household.
    HouseholdAdult,
    /// A child of the household.
    HouseholdChild,
}

impl Relation {
    /// Every relation.
    pub const ALL: [Self; 3] = [Self::Subject, Self::HouseholdAdult, Self::HouseholdChild];

    /// The stable name, as grants and audit records show it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::HouseholdAdult => "household-adult",
            Self::HouseholdChild => "household-child",
        }
    }
}

/// A policy's word on one element, before the host has looked at the basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Let it through, on the legal basis at this position of the policy's description.
    Disclose(u16),
    /// Leave it out.
    Withhold(WithholdReason),
}

/// Why a policy withholds an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WithholdReason {
    /// No law lets this role have it.
    NoLegalBasis,
    /// The role's task does not need it.
    NotNeeded,
    /// The person's identity is protected.
    ProtectedIdentity,
    /// It takes a consent that is not there.
    ConsentMissing,
    /// It belongs to someone whom the question is not about in this relation.
    WrongRelation,
}

impl WithholdReason {
    /// The stable name, as answers show it.
    pub fn label(self) -> &'static str {
        match self {
            Self::NoLegalBasis => "no-legal-basis",
            Self::NotNeeded => "not-needed",
            Self::ProtectedIdentity => "protected-identity",
            Self::ConsentMissing => "consent-missing",
            Self::WrongRelation => "wrong-relation",
        }
    }
}

/// Why a policy does not decide at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The context's role is not the policy's.
    #[error("policy refuses: the role is not its own")]
    WrongRole,
    /// The purpose is none that the role has.
    #[error("policy refuses: the role has no such purpose")]
    WrongPurpose,
    /// The policy does not know the agency.
    #[error("policy refuses: it does not know the agency")]
    UnknownAgency,
}

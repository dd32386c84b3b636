//! Why an element is left out.

use crate::identifier::{BasisId, TighteningId};
use crate::verdict::WithholdReason;

/// Why an element is left out. It follows from law, policy and catalogue, never from a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The policy withholds it.
    Policy(WithholdReason),
    /// Its legal basis is not established in law and the operator has not accepted it.
    BasisPending(BasisId),
    /// Its legal basis is not in force on the day of the question.
    BasisNotInForce(BasisId),
    /// The policy named a legal basis that it does not declare.
    BasisUnknown,
    /// The agency whose element it is has not granted that the policy opens it, on this basis and in this context.
    AgencyVeto,
    /// Governance withholds it at once, whatever the policy says.
    Tightened(TighteningId),
    /// The agency's schema does not let it stand without something that is withheld.
    DependsOnWithheld,
}

impl Reason {
    /// The stable name, as answers show it.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Policy(reason) => reason.label(),
            Self::BasisPending(_) => "basis-pending",
            Self::BasisNotInForce(_) => "basis-not-in-force",
            Self::BasisUnknown => "basis-unknown",
            Self::AgencyVeto => "agency-veto",
            Self::Tightened(_) => "tightened",
            Self::DependsOnWithheld => "depends-on-withheld",
        }
    }

    /// The legal basis that it is about.
    pub fn basis(&self) -> Option<&BasisId> {
        match self {
            Self::BasisPending(basis) | Self::BasisNotInForce(basis) => Some(basis),
            Self::Policy(_) | Self::BasisUnknown | Self::AgencyVeto | Self::Tightened(_) | Self::DependsOnWithheld => {
                None
            }
        }
    }

    /// The entry of the tightening list that it is about.
    pub fn tightening(&self) -> Option<&TighteningId> {
        match self {
            Self::Tightened(id) => Some(id),
            Self::Policy(_)
            | Self::BasisPending(_)
            | Self::BasisNotInForce(_)
            | Self::BasisUnknown
            | Self::AgencyVeto
            | Self::DependsOnWithheld => None,
        }
    }
}

//! One rule, and what it says in a context.

use crate::bindings::exports::ssbtx::policy::field_filter::{Context, Relation, Verdict, WithholdReason};

/// What is said of a dataset or an element.
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// Opened on a legal basis, on conditions.
    Open(Opening),
    /// Closed, for a reason.
    Closed(WithholdReason),
}

impl Rule {
    /// The verdict in a context. Every condition must hold; of those that do not, the first in the order below gives the reason.
    pub(crate) fn verdict(&self, context: &Context) -> Verdict {
        let opening = match self {
            Self::Closed(reason) => return Verdict::Withhold(*reason),
            Self::Open(opening) => opening,
        };
        if !opening.relations.contains(&context.relation) {
            return Verdict::Withhold(WithholdReason::WrongRelation);
        }
        if opening.protected_identity == ProtectedIdentity::Withhold && context.protected_identity {
            return Verdict::Withhold(WithholdReason::ProtectedIdentity);
        }
        if let Consent::Required(consent) = opening.consent
            && !context.consents.iter().any(|given| given == consent)
        {
            return Verdict::Withhold(WithholdReason::ConsentMissing);
        }
        Verdict::Disclose(opening.basis)
    }
}

/// An opening and its conditions.
#[derive(Debug, Clone, Copy)]
pub struct Opening {
    /// The legal basis, as a position in [`crate::Policy::bases`].
    pub basis: u16,
    /// The relations to the case in which it opens.
    pub relations: &'static [Relation],
    /// Whether the person must have consented.
    pub consent: Consent,
    /// What a protected identity changes.
    pub protected_identity: ProtectedIdentity,
}

/// Whether an opening takes a consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// The law opens without consent.
    NotRequired,
    /// The consent of this name must be given and valid.
    Required(&'static str),
}

/// What a protected identity changes in an opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProtectedIdentity {
    /// Nothing.
    NoChange,
    /// It closes.
    Withhold,
}

//! One element in one context: what a policy says of it, and what comes of that.

use std::sync::Arc;

use ssbtx_core::{LegalBasis, WithholdReason};

/// What a policy, with the host's look at the legal basis, makes of one element in one context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The word on the element itself.
    pub outcome: Outcome,
    /// Whether it is disclosed in the end.
    pub effect: Effect,
}

/// The word on one element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// There is no policy yet.
    NoPolicy,
    /// The policy does not know the base service; nothing of it is disclosed.
    UnknownAgency,
    /// It carries no personal data, and follows what holds it.
    Technical,
    /// Closed by the policy.
    Withheld(WithholdReason),
    /// Closed by the host, since the legal basis is not in force on the day.
    NotInForce(Arc<Citation>),
    /// Closed by the host, unless its operator has accepted the basis, which is not established in law.
    Pending(Arc<Citation>),
    /// Open.
    Open(Arc<Citation>),
}

/// Whether an element is disclosed, after the host has left out what cannot stand without something that is withheld.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Never.
    NotDisclosed,
    /// Where the operator has accepted every basis that is not established in law; not where it has accepted none.
    IfAccepted,
    /// Also where the operator has accepted nothing.
    Disclosed,
}

/// A legal basis as it is cited. Its days are not part of it: what they change is told cell by cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Its name.
    pub id: String,
    /// The act, or the practice.
    pub act: String,
    /// The provision, empty for a practice.
    pub provision: String,
    /// The numbered item of the regulation.
    pub item: Option<String>,
    /// What it covers, in Swedish.
    pub title: String,
    /// What it covers, in English.
    pub title_en: String,
}

impl From<&LegalBasis> for Citation {
    fn from(basis: &LegalBasis) -> Self {
        Self {
            id: basis.id.to_string(),
            act: basis.act.clone(),
            provision: basis.provision.clone(),
            item: basis.item.clone(),
            title: basis.title.sv.clone(),
            title_en: basis.title.en.clone(),
        }
    }
}

impl Outcome {
    /// The stable name.
    pub fn label(&self) -> &'static str {
        match self {
            Self::NoPolicy => "no-policy",
            Self::UnknownAgency => "unknown-agency",
            Self::Technical => "technical",
            Self::Withheld(reason) => reason.label(),
            Self::NotInForce(_) => "basis-not-in-force",
            Self::Pending(_) => "basis-pending",
            Self::Open(_) => "open",
        }
    }

    /// The legal basis that it is about.
    pub fn citation(&self) -> Option<&Citation> {
        match self {
            Self::NotInForce(citation) | Self::Pending(citation) | Self::Open(citation) => Some(citation),
            Self::NoPolicy | Self::UnknownAgency | Self::Technical | Self::Withheld(_) => None,
        }
    }
}

impl Effect {
    /// The stable name.
    pub fn label(self) -> &'static str {
        match self {
            Self::NotDisclosed => "not-disclosed",
            Self::IfAccepted => "if-pending-accepted",
            Self::Disclosed => "disclosed",
        }
    }

    /// Accepting more never discloses less: a mask only grows with what is open.
    pub(crate) fn of(with_none_accepted: bool, with_all_accepted: bool) -> Self {
        match (with_none_accepted, with_all_accepted) {
            (true, _) => Self::Disclosed,
            (false, true) => Self::IfAccepted,
            (false, false) => Self::NotDisclosed,
        }
    }
}

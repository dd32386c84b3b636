//! The classes of information that a question names groups of.

use crate::lefi::group::{Discloser, Group, Kind};

/// A class of information: a member of the question, and of the answer's deviations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// `formansinformation`: cases and decisions of Försäkringskassan.
    Benefits,
    /// `ansprak`: applications to Pensionsmyndigheten.
    Claims,
    /// `beslut`: decisions of Pensionsmyndigheten.
    Decisions,
    /// `preliminaraUtbetalningar`: payments decided, of either.
    PreliminaryPayments,
    /// `utbetalningar`: payments made, of either.
    Payments,
    /// `ovrigInformation`: what concerns no benefit, of either.
    Other,
}

impl Class {
    /// Every one, in the order of the published schemas.
    pub(crate) const ALL: [Self; 6] =
        [Self::Benefits, Self::Claims, Self::Decisions, Self::PreliminaryPayments, Self::Payments, Self::Other];

    /// Its name on the wire.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Benefits => "formansinformation",
            Self::Claims => "ansprak",
            Self::Decisions => "beslut",
            Self::PreliminaryPayments => "preliminaraUtbetalningar",
            Self::Payments => "utbetalningar",
            Self::Other => "ovrigInformation",
        }
    }

    /// The class of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }

    /// Whether the published schema lets this group be named in this class.
    pub(crate) fn has(self, group: &Group) -> bool {
        match self {
            Self::Benefits => group.kind == Kind::Benefit && group.discloser() == Discloser::Fk,
            Self::Claims | Self::Decisions => group.kind == Kind::Benefit && group.discloser() == Discloser::Pm,
            Self::PreliminaryPayments | Self::Payments => group.kind == Kind::Benefit,
            Self::Other => group.kind == Kind::Other,
        }
    }

    /// The member that names a group of this class in a deviation.
    pub(crate) fn group_member(self) -> &'static str {
        match self {
            Self::Other => "ovrigInformationstyp",
            _ => "formansgrupp",
        }
    }
}

//! The words of the contract that a source file uses, spelt as in `wit/policy`.

use serde::Deserialize;

/// Whom a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Relation {
    Subject,
    HouseholdAdult,
    HouseholdChild,
}

impl Relation {
    pub(crate) const ALL: [Self; 3] = [Self::Subject, Self::HouseholdAdult, Self::HouseholdChild];
}

/// Why something is withheld.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Reason {
    NoLegalBasis,
    NotNeeded,
    ProtectedIdentity,
    ConsentMissing,
    WrongRelation,
}

/// What a protected identity changes in an opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ProtectedIdentity {
    NoChange,
    Withhold,
}

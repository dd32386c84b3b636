//! Försäkringskassan's names for those who ask (`aktorsid`), and who may be named to it.
//!
//! Försäkringskassan answers the broker's certificate for every actor that the broker represents, so it is the broker that must see to it that one
//! municipality does not ask under another's name (ADR 0010).

use std::collections::{BTreeMap, HashMap};
use std::str::FromStr;
use std::sync::Arc;

use ssbtx_core::{AgencyId, OrganisationNumber, Parameter, Question};

use super::NotYourOrganisation;

/// An organisation's name at Försäkringskassan.
///
/// # Shape
///
/// 1 to 128 letters, digits and `-._~`, but not `.` or `..`: it is one segment of a path.
///
/// # Source
///
/// LEFI v9, `aktorsId`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct AktorsId(String);

/// A text that is no [`AktorsId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected 1 to 128 letters, digits and `-._~`, but not `.` or `..`")]
pub(crate) struct InvalidAktorsId;

/// One consumer's view of the names that are registered.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Actors {
    /// Of the consumer and of those it acts for. Two nämnder of one municipality may be two actors, so it is the consumer's own view.
    pub(super) own: BTreeMap<OrganisationNumber, AktorsId>,
    /// Of every consumer: each name, and the one organisation that has it.
    pub(super) owners: Arc<HashMap<AktorsId, OrganisationNumber>>,
}

impl Actors {
    /// Sees to it that a question for Försäkringskassan names the asker as it is registered, or at least nobody else.
    pub(super) fn name(&self, question: &mut Question) -> Result<(), NotYourOrganisation> {
        let organisation = &question.requester.organisation.number;
        let Some(inclusion) = question.include.get_mut(&AgencyId::FK) else { return Ok(()) };
        let named = inclusion.parameters.iter().find(|parameter| parameter.name == NAME);
        let named = named.map(|parameter| parameter.value.trim()).filter(|value| !value.is_empty());
        match (self.own.get(organisation), named) {
            (Some(registered), Some(named)) if registered.0 != named => Err(NotYourOrganisation),
            (Some(registered), Some(_) | None) => {
                inclusion.parameters.retain(|parameter| parameter.name != NAME);
                inclusion.parameters.push(registered.parameter());
                Ok(())
            }
            (None, Some(named)) if self.belongs_to_another(named, organisation) => Err(NotYourOrganisation),
            // As in SSBTEK, Försäkringskassan is the judge of a name that the operator has not registered.
            (None, Some(_) | None) => Ok(()),
        }
    }

    /// What a ping names: the organisation, or the first that the consumer acts for, since a processor need not be an actor itself.
    pub(super) fn parameters(&self, organisation: &OrganisationNumber) -> BTreeMap<AgencyId, Vec<Parameter>> {
        let registered = self.own.get(organisation).or_else(|| self.own.values().next());
        registered.map(|id| (AgencyId::FK, vec![id.parameter()])).into_iter().collect()
    }

    fn belongs_to_another(&self, named: &str, organisation: &OrganisationNumber) -> bool {
        named.parse().is_ok_and(|named: AktorsId| self.owners.get(&named).is_some_and(|owner| owner != organisation))
    }
}

impl AktorsId {
    fn parameter(&self) -> Parameter {
        Parameter { name: NAME, value: self.0.clone() }
    }
}

impl FromStr for AktorsId {
    type Err = InvalidAktorsId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_shaped = (1..=128).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
            && !matches!(text, "." | "..");
        if is_shaped { Ok(Self(text.to_owned())) } else { Err(InvalidAktorsId) }
    }
}

const NAME: &str = "aktorsid";

#[cfg(test)]
mod tests;

//! What Försäkringskassan and Pensionsmyndigheten have on record about a person.
//!
//! An entry is JSON in LEFI's own words, as it will be sent, digit for digit: the published document has over two hundred types, and writing
//! them again in other words would add nothing but mistakes. What belongs to which group is found out when the cast is read.

mod reading;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::lefi::{Class, Group, Tree};

pub(crate) use reading::{FkRecord, PmRecord};

/// What one discloser has on record; by default nothing.
#[derive(Default)]
pub(crate) struct LefiRecord {
    /// Whether it can be reached.
    pub(crate) state: DiscloserState,
    deviations: Vec<DeviatingGroup>,
    information: BTreeMap<String, Vec<Entry>>,
}

/// One item of an answer.
pub(crate) struct Entry {
    /// The class of information that it is given in.
    pub(crate) class: Class,
    /// The groups that it is about, at least one.
    pub(crate) groups: Vec<&'static Group>,
    /// The item.
    pub(crate) json: Tree,
}

impl LefiRecord {
    /// Every member with its entries: in Försäkringskassan's case those of `LefiFormansinformation`, in Pensionsmyndigheten's those of the
    /// answer.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&str, &[Entry])> {
        self.information.iter().map(|(name, entries)| (name.as_str(), entries.as_slice()))
    }

    /// Why this group is not given in this class, if it is not.
    pub(crate) fn deviation(&self, class: Class, group: &Group) -> Option<Deviation> {
        let found = self.deviations.iter().find(|deviating| deviating.class == class && deviating.group == group);
        found.map(|deviating| deviating.deviation)
    }
}

/// `LefiTillstandKod`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum DiscloserState {
    /// `OK`: it answers.
    #[default]
    Ok,
    /// `FELANDE`: it answers wrongly, so that LEFI gives nothing of it.
    Felande,
    /// `OTILLGANGLIG`: it cannot be reached.
    Otillganglig,
}

impl DiscloserState {
    /// As the schema writes it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Felande => "FELANDE",
            Self::Otillganglig => "OTILLGANGLIG",
        }
    }

    /// What it means, in Swedish.
    pub(crate) fn description(self) -> &'static str {
        match self {
            Self::Ok => "Tillgänglig",
            Self::Felande => "Felande",
            Self::Otillganglig => "Otillgänglig",
        }
    }
}

/// `LefiAvvikelseKod`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Deviation {
    /// `OBEHORIG`: the actor may not have the group.
    Obehorig,
    /// `INTERNT_FEL`: the subsystem that has it does not answer.
    InterntFel,
}

impl Deviation {
    /// As the schema writes it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Obehorig => "OBEHORIG",
            Self::InterntFel => "INTERNT_FEL",
        }
    }

    /// What it means, in Swedish.
    pub(crate) fn description(self) -> &'static str {
        match self {
            Self::Obehorig => "Aktören är inte behörig att ta del av informationen",
            Self::InterntFel => "Delsystemet som har informationen svarar inte",
        }
    }
}

struct DeviatingGroup {
    class: Class,
    group: &'static Group,
    deviation: Deviation,
}

//! The exact form of the list of what is withheld.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{InvalidTightening, Tightened, TightenedEntry, Tightening};
use crate::catalogue::Bilingual;
use crate::identifier::{Role, TighteningId};
use crate::signed_json::{self, VERSION, day, value};

pub(super) fn parse(bytes: &[u8]) -> Result<Tightening, InvalidTightening> {
    let file: TighteningFile = signed_json::read(bytes, KIND, Tightening::MAX_BYTES)?;
    let entries = file.withheld.into_iter().enumerate().map(|(position, entry)| entry.parse(position));
    Tightening::new(entries.collect::<Result<_, _>>()?)
}

pub(super) fn write(tightening: &Tightening) -> Vec<u8> {
    let withheld = tightening.entries.iter().map(EntryJson::of).collect();
    signed_json::write(&TighteningFile { kind: KIND.to_owned(), version: VERSION, withheld })
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TighteningFile {
    kind: String,
    version: u64,
    withheld: Vec<EntryJson>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryJson {
    id: String,
    since: String,
    reason: ReasonJson,
    what: WhatJson,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    roles: Option<Vec<String>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReasonJson {
    sv: String,
    en: String,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WhatJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    agency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dataset: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    element: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    adapter: Option<String>,
}

impl EntryJson {
    fn of(entry: &TightenedEntry) -> Self {
        Self {
            id: entry.id.to_string(),
            since: entry.since.to_string(),
            reason: ReasonJson { sv: entry.reason.sv.clone(), en: entry.reason.en.clone() },
            what: WhatJson::of(&entry.what),
            roles: entry.roles.as_ref().map(|roles| roles.iter().map(Role::to_string).collect()),
        }
    }

    fn parse(self, position: usize) -> Result<TightenedEntry, InvalidTightening> {
        let key = |key: &str| format!("withheld[{position}].{key}");
        let id: TighteningId = value(|| key("id"), &self.id)?;
        let roles = match self.roles {
            None => None,
            Some(names) => {
                let roles: BTreeSet<Role> =
                    names.iter().map(|name| value(|| key("roles"), name)).collect::<Result<_, _>>()?;
                if roles.len() != names.len() {
                    return Err(InvalidTightening::NoRole(id));
                }
                Some(roles)
            }
        };
        Ok(TightenedEntry {
            since: day(|| key("since"), &self.since)?,
            reason: Bilingual { sv: self.reason.sv, en: self.reason.en },
            what: self.what.parse(&id, position)?,
            roles,
            id,
        })
    }
}

impl WhatJson {
    fn of(what: &Tightened) -> Self {
        let none = Self::default();
        match what {
            Tightened::Agency(agency) => Self { agency: Some(agency.to_string()), ..none },
            Tightened::Dataset(agency, dataset) => {
                Self { agency: Some(agency.to_string()), dataset: Some(dataset.to_string()), ..none }
            }
            Tightened::Element(agency, path) => {
                Self { agency: Some(agency.to_string()), element: Some(path.clone()), ..none }
            }
            Tightened::Adapter(sha256) => Self { adapter: Some(sha256.to_string()), ..none },
        }
    }

    fn parse(self, id: &TighteningId, position: usize) -> Result<Tightened, InvalidTightening> {
        let key = |key: &str| format!("withheld[{position}].what.{key}");
        let agency = |text: &str| value(|| key("agency"), text);
        Ok(match (self.agency, self.dataset, self.element, self.adapter) {
            (Some(text), None, None, None) => Tightened::Agency(agency(&text)?),
            (Some(text), Some(dataset), None, None) => {
                Tightened::Dataset(agency(&text)?, value(|| key("dataset"), &dataset)?)
            }
            (Some(text), None, Some(path), None) => Tightened::Element(agency(&text)?, path),
            (None, None, None, Some(sha256)) => Tightened::Adapter(value(|| key("adapter"), &sha256)?),
            _ => return Err(InvalidTightening::What(id.clone())),
        })
    }
}

const KIND: &str = "ssbtx-tightening";

//! A grant's exact form in its file.

use serde::{Deserialize, Serialize};

use super::{Grant, GrantEntry, GrantedBasis, InvalidGrant};
use crate::identifier::BasisId;
use crate::legal_basis::Standing;
use crate::signed_json::{self, InvalidValue, VERSION, day, value};
use crate::verdict::Relation;

pub(super) fn parse(bytes: &[u8]) -> Result<Grant, InvalidGrant> {
    let file: GrantFile = signed_json::read(bytes, KIND, Grant::MAX_BYTES)?;
    let bases = file.bases.iter().enumerate().map(|(position, basis)| basis.parse(position));
    let entries = file.entries.into_iter().enumerate().map(|(position, entry)| entry.parse(position));
    Grant::new(
        value(|| "agency".to_owned(), &file.agency)?,
        value(|| "role".to_owned(), &file.role)?,
        bases.collect::<Result<_, _>>()?,
        entries.collect::<Result<_, _>>()?,
    )
}

pub(super) fn write(grant: &Grant) -> Vec<u8> {
    signed_json::write(&GrantFile {
        kind: KIND.to_owned(),
        version: VERSION,
        agency: grant.agency.to_string(),
        role: grant.role.to_string(),
        bases: grant.bases.iter().map(BasisJson::of).collect(),
        entries: grant.entries.iter().map(EntryJson::of).collect(),
    })
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct GrantFile {
    kind: String,
    version: u64,
    agency: String,
    role: String,
    bases: Vec<BasisJson>,
    entries: Vec<EntryJson>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct BasisJson {
    id: String,
    act: String,
    provision: String,
    #[serde(deserialize_with = "Option::deserialize")]
    item: Option<String>,
    #[serde(deserialize_with = "Option::deserialize")]
    from: Option<String>,
    #[serde(deserialize_with = "Option::deserialize")]
    until: Option<String>,
    pending: bool,
}

impl BasisJson {
    fn of(basis: &GrantedBasis) -> Self {
        let (from, until) = match basis.standing {
            Standing::Pending => (None, None),
            Standing::InForce { from, until } => (Some(from.to_string()), until.map(|until| until.to_string())),
        };
        Self {
            id: basis.id.to_string(),
            act: basis.act.clone(),
            provision: basis.provision.clone(),
            item: basis.item.clone(),
            from,
            until,
            pending: basis.standing == Standing::Pending,
        }
    }

    fn parse(&self, position: usize) -> Result<GrantedBasis, InvalidGrant> {
        let key = |key: &str| format!("bases[{position}].{key}");
        let id: BasisId = value(|| key("id"), &self.id)?;
        let on =
            |name: &'static str, text: &Option<String>| text.as_deref().map(|text| day(|| key(name), text)).transpose();
        let standing = match (self.pending, on("from", &self.from)?, on("until", &self.until)?) {
            (true, None, None) => Standing::Pending,
            (false, Some(from), until) => Standing::InForce { from, until },
            (true, ..) | (false, None, _) => return Err(InvalidGrant::Basis(id)),
        };
        let Self { act, provision, item, .. } = self;
        Ok(GrantedBasis { id, act: act.clone(), provision: provision.clone(), item: item.clone(), standing })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct EntryJson {
    basis: String,
    relations: Vec<String>,
    protected_identity: Vec<bool>,
    consents: Vec<String>,
    elements: Vec<String>,
}

impl EntryJson {
    fn of(entry: &GrantEntry) -> Self {
        Self {
            basis: entry.basis.to_string(),
            relations: entry.relations.iter().map(|relation| relation.label().to_owned()).collect(),
            protected_identity: entry.protected_identity.clone(),
            consents: entry.consents.iter().map(BasisId::to_string).collect(),
            elements: entry.elements.iter().cloned().collect(),
        }
    }

    fn parse(self, position: usize) -> Result<GrantEntry, InvalidGrant> {
        let key = |key: &str, at: usize| format!("entries[{position}].{key}[{at}]");
        let relations = self.relations.iter().enumerate().map(|(at, label)| {
            let known = Relation::ALL.into_iter().find(|relation| relation.label() == label);
            known.ok_or_else(|| InvalidValue::of(key("relations", at)))
        });
        let consents = self.consents.iter().enumerate().map(|(at, name)| value(|| key("consents", at), name));
        let named = self.elements.len();
        let entry = GrantEntry {
            basis: value(|| format!("entries[{position}].basis"), &self.basis)?,
            relations: relations.collect::<Result<_, _>>()?,
            protected_identity: self.protected_identity,
            consents: consents.collect::<Result<_, _>>()?,
            elements: self.elements.into_iter().collect(),
        };
        if entry.elements.len() == named { Ok(entry) } else { Err(InvalidGrant::List { position, key: "elements" }) }
    }
}

const KIND: &str = "ssbtx-grant";

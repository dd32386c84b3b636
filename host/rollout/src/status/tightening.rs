//! What is withheld at once, and whether there is any such thing.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use ssbtx_broker::{Edition, NamedList};
use ssbtx_core::{Role, Sha256Digest, Tightened, TightenedEntry, Tightening};

use crate::text::as_text;

/// The list of what is withheld at once.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TighteningStatus {
    /// The digest of its file.
    #[serde(serialize_with = "as_text")]
    pub sha256: Sha256Digest,
    /// Its entries, lifted ones included.
    pub entries: Vec<TightenedStatus>,
}

/// What one entry withholds.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TightenedStatus {
    /// Its name.
    pub id: String,
    /// Since when.
    pub since: Date,
    /// Why, in the languages of those who read it, by their codes.
    pub reason: BTreeMap<&'static str, String>,
    /// What, such as `AF`, `AF/inskrivning`, `AF/path/of/element` or the digest of an adapter.
    pub what: String,
    /// Which of these `what` is: `agency`, `dataset`, `element` or `adapter`.
    pub kind: &'static str,
    /// From which roles; none where it is from every one.
    pub roles: Option<Vec<String>>,
    /// Whether it is lifted, and withholds nothing.
    pub lifted: bool,
    /// Whether there is any such thing in the active edition. Where there is not, it withholds nothing: it may be misspelt.
    pub matches: bool,
}

impl TighteningStatus {
    pub(super) fn of(named: &NamedList<Tightening>, edition: &Edition) -> Self {
        let entries = named.list().entries().iter().map(|entry| {
            let (kind, what) = shown(&entry.what);
            TightenedStatus {
                id: entry.id.to_string(),
                since: entry.since,
                reason: BTreeMap::from([("sv", entry.reason.sv.clone()), ("en", entry.reason.en.clone())]),
                what,
                kind,
                roles: entry.roles.as_ref().map(|roles| roles.iter().map(Role::to_string).collect()),
                lifted: edition.lifted().is_some_and(|lifted| lifted.list().holds(&entry.id)),
                matches: matches(entry, edition),
            }
        });
        Self { sha256: named.digest(), entries: entries.collect() }
    }
}

fn shown(what: &Tightened) -> (&'static str, String) {
    match what {
        Tightened::Agency(agency) => ("agency", agency.to_string()),
        Tightened::Dataset(agency, dataset) => ("dataset", format!("{agency}/{dataset}")),
        Tightened::Element(agency, element) => ("element", format!("{agency}/{element}")),
        Tightened::Adapter(digest) => ("adapter", digest.to_string()),
    }
}

/// Whether the edition has what an entry withholds, and a role that it withholds it from.
fn matches(entry: &TightenedEntry, edition: &Edition) -> bool {
    edition.policies().any(|policy| entry.is_for(policy.role()))
        && edition.adapters().any(|adapter| entry.what.touches(adapter.catalogue(), adapter.identity().sha256))
}

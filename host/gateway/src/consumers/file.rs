//! The file `consumers.toml`, with everything that can be wrong in it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use serde_json::Value;
use ssbtx_core::{InvalidDigest, OrganisationNumber, Role, Sha256Digest};

use super::actors::{Actors, AktorsId};
use super::allowances;
use super::{Caller, Consumer, Consumers};
use crate::limits::ConsumerLimits;
use crate::reading::{Fault, Faults, Object, join};

/// What is wrong with `consumers.toml`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidConsumers {
    /// It is no TOML.
    #[error("consumers are no TOML: {0}")]
    Toml(String),
    /// Some of it is not as it should be; all of that is listed.
    #[error("consumers are not as they should be: {}", listed(.0))]
    Faults(Vec<Fault>),
}

pub(super) fn parse(text: &str) -> Result<Consumers, InvalidConsumers> {
    let value: Value = toml::from_str(text).map_err(|error| InvalidConsumers::Toml(error.message().to_owned()))?;
    let mut faults = Faults::default();
    let consumers = read(&value, &mut faults);
    faults.settle(consumers).map_err(InvalidConsumers::Faults)
}

fn read(value: &Value, faults: &mut Faults) -> Option<Consumers> {
    let file = Object::open(value, String::new(), &["consumer"], faults)?;
    let mut seen = Seen::default();
    let mut entries = Vec::new();
    for (position, consumer) in tables(&file, "consumer", "[[consumer]]", faults).enumerate() {
        let label = consumer.get("name").and_then(Value::as_str).map_or_else(|| position.to_string(), str::to_owned);
        entries.extend(read_consumer(consumer, &format!("consumer {label}"), &mut seen, faults));
    }
    let owners = Arc::new(seen.owners);
    Some(Consumers { by_fingerprint: entries.into_iter().flat_map(|entry| entry.callers(&owners)).collect() })
}

/// What may stand only once in the file.
#[derive(Default)]
struct Seen {
    names: HashSet<String>,
    fingerprints: HashSet<Sha256Digest>,
    /// A name at Försäkringskassan may stand many times, for one organisation.
    owners: HashMap<AktorsId, OrganisationNumber>,
}

/// One consumer, when all of it could be read.
struct Entry {
    name: String,
    organisation: OrganisationNumber,
    acts_for: BTreeSet<OrganisationNumber>,
    aktorsid: BTreeMap<OrganisationNumber, AktorsId>,
    certificates: Vec<(Sha256Digest, Role)>,
    limits: ConsumerLimits,
}

impl Entry {
    fn callers(self, owners: &Arc<HashMap<AktorsId, OrganisationNumber>>) -> Vec<(Sha256Digest, Caller)> {
        let Self { name, organisation, acts_for, aktorsid, certificates, limits } = self;
        let actors = Actors { own: aktorsid, owners: Arc::clone(owners) };
        let consumer = Arc::new(Consumer { name, organisation, acts_for, actors, limits });
        let caller = |role| Caller { consumer: Arc::clone(&consumer), role };
        certificates.into_iter().map(|(fingerprint, role)| (fingerprint, caller(role))).collect()
    }
}

fn read_consumer(value: &Value, pointer: &str, seen: &mut Seen, faults: &mut Faults) -> Option<Entry> {
    const KEYS: [&str; 7] =
        ["name", "organisation-number", "acts-for", "aktorsid", "certificate", "limits", "caseworker-limits"];
    let table = Object::open(value, pointer.to_owned(), &KEYS, faults)?;
    let name = table.required("name", faults, |name| {
        if name.trim().is_empty() || name.chars().any(char::is_control) {
            return Err("expected a name without control characters");
        }
        if seen.names.insert(name.to_owned()) { Ok(name.to_owned()) } else { Err("another consumer has this name") }
    });
    let organisation = table.required("organisation-number", faults, organisation_number);
    let acts_for = acts_for(&table, faults);
    let asks_for: BTreeSet<_> = organisation.iter().chain(acts_for.iter().flatten()).collect();
    let aktorsid = aktorsid(&table, &asks_for, &mut seen.owners, faults);
    let certificates = certificates(&table, &mut seen.fingerprints, faults);
    let limits = allowances::read(&table, faults);
    let (name, organisation, acts_for) = (name?, organisation?, acts_for?);
    Some(Entry { name, organisation, acts_for, aktorsid, certificates, limits })
}

fn certificates(
    table: &Object<'_>,
    seen: &mut HashSet<Sha256Digest>,
    faults: &mut Faults,
) -> Vec<(Sha256Digest, Role)> {
    tables(table, "certificate", "[[consumer.certificate]]", faults)
        .enumerate()
        .filter_map(|(position, certificate)| {
            let pointer = join(&table.at("certificate"), &position.to_string());
            let certificate = Object::open(certificate, pointer, &["fingerprint", "role"], faults)?;
            let fingerprint = certificate.required("fingerprint", faults, |text| {
                let fingerprint = text.parse().map_err(|error: InvalidDigest| error.to_string())?;
                let is_new = seen.insert(fingerprint);
                if is_new { Ok(fingerprint) } else { Err("another entry has this certificate".to_owned()) }
            });
            let role = certificate.required("role", faults, str::parse);
            Some((fingerprint?, role?))
        })
        .collect()
}

/// Försäkringskassan's names for the organisations that the consumer asks for; anything wrong is a fault, so that a part of them never counts as all.
fn aktorsid(
    table: &Object<'_>,
    asks_for: &BTreeSet<&OrganisationNumber>,
    owners: &mut HashMap<AktorsId, OrganisationNumber>,
    faults: &mut Faults,
) -> BTreeMap<OrganisationNumber, AktorsId> {
    let entries = match table.value("aktorsid") {
        None => return BTreeMap::new(),
        Some(Value::Object(entries)) => entries,
        Some(_) => {
            faults.push(table.at("aktorsid"), "expected a table of organisation numbers and names");
            return BTreeMap::new();
        }
    };
    let mut read = BTreeMap::new();
    for (key, value) in entries {
        let Some(organisation) = asks_for.iter().find(|number| number.as_str() == key) else {
            faults.push(
                table.at("aktorsid"),
                "expected keys that are the consumer's organisation number or in `acts-for`",
            );
            continue;
        };
        match value.as_str().unwrap_or_default().parse::<AktorsId>() {
            Err(fault) => faults.push(join(&table.at("aktorsid"), key), fault),
            Ok(id) if owners.get(&id).is_some_and(|owner| owner != *organisation) => {
                faults.push(join(&table.at("aktorsid"), key), "another organisation has this name");
            }
            Ok(id) => {
                owners.insert(id.clone(), (*organisation).clone());
                read.insert((*organisation).clone(), id);
            }
        }
    }
    read
}

fn acts_for(table: &Object<'_>, faults: &mut Faults) -> Option<BTreeSet<OrganisationNumber>> {
    match table.value("acts-for") {
        None => Some(BTreeSet::new()),
        Some(Value::Array(numbers)) => {
            let mut read = BTreeSet::new();
            for (position, number) in numbers.iter().enumerate() {
                match organisation_number(number.as_str().unwrap_or_default()) {
                    Ok(number) => {
                        read.insert(number);
                    }
                    Err(fault) => faults.push(join(&table.at("acts-for"), &position.to_string()), fault),
                }
            }
            Some(read)
        }
        Some(_) => {
            faults.push(table.at("acts-for"), "expected a list of organisation numbers");
            None
        }
    }
}

/// An organisation number as certificates carry it: one that does not begin with `16` could never match.
fn organisation_number(text: &str) -> Result<OrganisationNumber, &'static str> {
    match text.parse::<OrganisationNumber>() {
        Ok(number) if text.starts_with("16") => Ok(number),
        Ok(_) | Err(_) => Err("expected `16` and ten digits, the third of them 2 to 9"),
    }
}

/// The tables of a list that must be there and not be empty.
fn tables<'v>(object: &Object<'v>, key: &str, heading: &str, faults: &mut Faults) -> std::slice::Iter<'v, Value> {
    match object.value(key) {
        Some(Value::Array(tables)) if !tables.is_empty() => tables.iter(),
        Some(_) | None => {
            faults.push(object.at(key), format_args!("expected at least one `{heading}`"));
            [].iter()
        }
    }
}

fn listed(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

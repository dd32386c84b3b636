//! The file `consumers.toml`, with everything that can be wrong in it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use serde_json::Value;
use ssbtx_core::OrganisationNumber;

use super::{Caller, Consumer, Consumers};
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
    let mut by_fingerprint = HashMap::new();
    for (position, consumer) in tables(&file, "consumer", "[[consumer]]", faults).enumerate() {
        let label = consumer.get("name").and_then(Value::as_str).map_or_else(|| position.to_string(), str::to_owned);
        for (fingerprint, caller) in read_consumer(consumer, &format!("consumer {label}"), &mut seen, faults) {
            by_fingerprint.insert(fingerprint, caller);
        }
    }
    Some(Consumers { by_fingerprint })
}

/// What may stand only once in the file.
#[derive(Default)]
struct Seen {
    names: HashSet<String>,
    fingerprints: HashSet<ssbtx_core::Sha256Digest>,
}

fn read_consumer(
    value: &Value,
    pointer: &str,
    seen: &mut Seen,
    faults: &mut Faults,
) -> Vec<(ssbtx_core::Sha256Digest, Caller)> {
    const KEYS: [&str; 4] = ["name", "organisation-number", "acts-for", "certificate"];
    let Some(table) = Object::open(value, pointer.to_owned(), &KEYS, faults) else { return Vec::new() };
    let name = table.required("name", faults, |name| {
        if name.trim().is_empty() || name.chars().any(char::is_control) {
            return Err("expected a name without control characters");
        }
        if seen.names.insert(name.to_owned()) { Ok(name.to_owned()) } else { Err("another consumer has this name") }
    });
    let organisation = table.required("organisation-number", faults, organisation_number);
    let acts_for = acts_for(&table, faults);
    let certificates: Vec<_> = tables(&table, "certificate", "[[consumer.certificate]]", faults)
        .enumerate()
        .filter_map(|(position, certificate)| {
            let pointer = join(&table.at("certificate"), &position.to_string());
            let certificate = Object::open(certificate, pointer, &["fingerprint", "role"], faults)?;
            let fingerprint = certificate.required("fingerprint", faults, |text| {
                let fingerprint = text.parse().map_err(|error: ssbtx_core::InvalidDigest| error.to_string())?;
                let is_new = seen.fingerprints.insert(fingerprint);
                if is_new { Ok(fingerprint) } else { Err("another entry has this certificate".to_owned()) }
            });
            let role = certificate.required("role", faults, str::parse);
            Some((fingerprint?, role?))
        })
        .collect();
    let (Some(name), Some(organisation), Some(acts_for)) = (name, organisation, acts_for) else { return Vec::new() };
    let consumer = Arc::new(Consumer { name, organisation, acts_for });
    let caller = |role| Caller { consumer: Arc::clone(&consumer), role };
    certificates.into_iter().map(|(fingerprint, role)| (fingerprint, caller(role))).collect()
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

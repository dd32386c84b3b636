//! The file `consumers.toml`, with everything that can be wrong in it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use ssbtx_config_file::{Document, Table};
use ssbtx_core::{InvalidDigest, OrganisationNumber, Role, Sha256Digest};

use super::actors::{Actors, AktorsId};
use super::allowances;
use super::{Caller, Consumer, Consumers};
use crate::case_gate::GateMode;
use crate::limits::ConsumerLimits;

pub(super) fn read(document: &Document) -> Consumers {
    let file = document.root(&["consumer"]);
    let mut seen = Seen::default();
    let tables = some_tables(&file, "consumer", CONSUMER, "[[consumer]]");
    let entries: Vec<_> = tables.iter().filter_map(|consumer| entry(consumer, &mut seen)).collect();
    let owners = Arc::new(seen.owners);
    Consumers { by_fingerprint: entries.into_iter().flat_map(|entry| entry.callers(&owners)).collect() }
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
    gate: GateMode,
}

impl Entry {
    fn callers(self, owners: &Arc<HashMap<AktorsId, OrganisationNumber>>) -> Vec<(Sha256Digest, Caller)> {
        let Self { name, organisation, acts_for, aktorsid, certificates, limits, gate } = self;
        let actors = Actors { own: aktorsid, owners: Arc::clone(owners) };
        let consumer = Arc::new(Consumer { name, organisation, acts_for, actors, limits, gate });
        let caller = |role| Caller { consumer: Arc::clone(&consumer), role };
        certificates.into_iter().map(|(fingerprint, role)| (fingerprint, caller(role))).collect()
    }
}

fn entry(table: &Table<'_>, seen: &mut Seen) -> Option<Entry> {
    let name = table.text("name", "the consumer's name", |name| {
        if name.trim().is_empty() || name.chars().any(char::is_control) {
            return Err("expected a name without control characters");
        }
        if seen.names.insert(name.to_owned()) { Ok(name.to_owned()) } else { Err("another consumer has this name") }
    });
    let organisation = table.text("organisation-number", NUMBER, organisation_number);
    let acts_for = table.list("acts-for", "a list of organisation numbers", organisation_number);
    let acts_for: Option<BTreeSet<_>> = acts_for.map(|numbers| numbers.into_iter().flatten().collect());
    let asks_for: BTreeSet<_> = organisation.iter().chain(acts_for.iter().flatten()).collect();
    let aktorsid = aktorsid(table, &asks_for, &mut seen.owners);
    let certificates = certificates(table, &mut seen.fingerprints);
    let limits = allowances::read(table);
    let gate = table.choice("open-cases", GATE_MODES);
    Some(Entry {
        name: name?,
        organisation: organisation?,
        acts_for: acts_for?,
        aktorsid,
        certificates,
        limits,
        gate: gate?,
    })
}

fn certificates(table: &Table<'_>, seen: &mut HashSet<Sha256Digest>) -> Vec<(Sha256Digest, Role)> {
    let tables = some_tables(table, "certificate", &["fingerprint", "role"], "[[consumer.certificate]]");
    tables
        .iter()
        .filter_map(|certificate| {
            let fingerprint = certificate.text("fingerprint", "SHA-256 of the certificate", |text| {
                let fingerprint = text.parse().map_err(|error: InvalidDigest| error.to_string())?;
                let is_new = seen.insert(fingerprint);
                if is_new { Ok(fingerprint) } else { Err("another entry has this certificate".to_owned()) }
            });
            let role = certificate.text("role", "the role of whoever shows it", str::parse::<Role>);
            Some((fingerprint?, role?))
        })
        .collect()
}

/// Försäkringskassan's names for the organisations that the consumer asks for; anything wrong is a fault, so that a part of them never counts as all.
fn aktorsid(
    table: &Table<'_>,
    asks_for: &BTreeSet<&OrganisationNumber>,
    owners: &mut HashMap<AktorsId, OrganisationNumber>,
) -> BTreeMap<OrganisationNumber, AktorsId> {
    // Whoever the consumer does not ask for is an unknown key.
    let keys: Vec<_> = asks_for.iter().map(|number| number.as_str()).collect();
    let Some(names) = table.optional_table("aktorsid", &keys) else { return BTreeMap::new() };
    let mut read = BTreeMap::new();
    for organisation in asks_for.iter().copied().filter(|number| names.has(number.as_str())) {
        let key = organisation.as_str();
        let Some(id) = names.text(key, "a text", str::parse::<AktorsId>) else { continue };
        if owners.get(&id).is_some_and(|owner| owner != organisation) {
            names.fault(key, "another organisation has this name");
            continue;
        }
        owners.insert(id.clone(), organisation.clone());
        read.insert(organisation.clone(), id);
    }
    read
}

/// An organisation number as certificates carry it: one that does not begin with `16` could never match.
fn organisation_number(text: &str) -> Result<OrganisationNumber, String> {
    match text.parse::<OrganisationNumber>() {
        Ok(number) if text.starts_with("16") => Ok(number),
        Ok(_) | Err(_) => Err(format!("expected {NUMBER}")),
    }
}

/// The tables of a list that must be there and not be empty.
fn some_tables<'d>(table: &Table<'d>, key: &str, keys: &[&str], heading: &str) -> Vec<Table<'d>> {
    let tables = table.tables(key, keys);
    if tables.is_empty() {
        table.fault(key, format_args!("expected at least one `{heading}`"));
    }
    tables
}

const CONSUMER: &[&str] = &[
    "name",
    "organisation-number",
    "acts-for",
    "aktorsid",
    "certificate",
    "limits",
    "caseworker-limits",
    "open-cases",
];

/// The first where nothing is said.
const GATE_MODES: [(&str, GateMode); 3] =
    [("off", GateMode::Off), ("warn", GateMode::Warn), ("enforce", GateMode::Enforce)];
const NUMBER: &str = "`16` and ten digits, the third of them 2 to 9";

//! Who signs what in the demo.

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::{Value, json};

use super::document::Document;
use super::key::DemoKey;

/// A role of the repository itself, whose keys root lists; any other is a delegation.
pub(super) fn is_own_role(role: &str) -> bool {
    ["root", "targets", "snapshot", "timestamp"].contains(&role)
}

/// The delegation that a file's name asks for.
pub(super) fn delegation(target: &str) -> Option<String> {
    let role = match target.split('/').collect::<Vec<_>>().as_slice() {
        ["adapters", agency, "adapter.wasm"] => agency,
        ["adapters", agency, file] if file.ends_with(".grant.json") => agency,
        ["policies", _, "policy.wasm"] | ["policies", "lifted.json"] => "governance",
        ["shadow", _, "policy.wasm"] => "shadow",
        ["tightening", "withheld.json"] => "tightening",
        _ => return None,
    };
    Some(role.to_owned())
}

/// A key for everybody; those that people hold name them.
pub(super) fn keys() -> Result<BTreeMap<String, DemoKey>> {
    let online = ["snapshot", "timestamp"].map(|name| Ok((name.to_owned(), DemoKey::generate()?)));
    let people = OFFICERS.iter().chain(&PERSONS).chain(&AGENCIES);
    people.map(|(name, person)| Ok(((*name).to_owned(), DemoKey::of_person(person)?))).chain(online).collect()
}

/// Metadata for every role, without a file yet.
pub(super) fn documents(keys: &BTreeMap<String, DemoKey>) -> BTreeMap<String, Document> {
    let listed = |names: &[&str]| -> Value {
        names.iter().filter_map(|name| keys.get(*name)).map(|key| (key.id(), key.description())).collect()
    };
    let ids = |names: &[&str]| -> Value { names.iter().filter_map(|name| keys.get(*name)).map(DemoKey::id).collect() };
    let role = |names: &[&str], threshold: u64| json!({ "keyids": ids(names), "threshold": threshold });
    let delegated = |name: &str, names: &[&str], threshold: u64, path: &str| {
        json!({
            "name": name,
            "keyids": ids(names),
            "threshold": threshold,
            "paths": [path],
            "terminating": true,
        })
    };

    let (officers, governance) = (OFFICERS.map(|(name, _)| name), PERSONS.map(|(name, _)| name));
    let agencies = AGENCIES.map(|(name, _)| name);
    let mut roles = vec![delegated("governance", &governance, 2, "policies/*")];
    // What takes one person of governance takes any one of them.
    roles.extend(ONE_PERSON.map(|role| delegated(role, &governance, 1, &format!("{role}/*"))));
    roles.extend(agencies.map(|agency| delegated(agency, &[agency], 1, &format!("adapters/{agency}/*"))));

    let root = json!({
        "consistent_snapshot": true,
        "keys": listed(&[&officers[..], &["snapshot", "timestamp"]].concat()),
        "roles": {
            "root": role(&officers, 2),
            // Who says who governance is must be no fewer persons than governance: the same officers.
            "targets": role(&officers, 2),
            "snapshot": role(&["snapshot"], 1),
            "timestamp": role(&["timestamp"], 1),
        },
    });
    let delegates = [&governance[..], &agencies[..]].concat();
    let targets = json!({ "targets": {}, "delegations": { "keys": listed(&delegates), "roles": roles } });
    let delegation = |name: &str, signers: &[&str]| {
        (name.to_owned(), Document::new("targets", json!({ "targets": {}, "x-ssbtx-role": name }), signers))
    };

    let mut documents = BTreeMap::from([
        ("root".to_owned(), Document::new("root", root, &["root-1", "root-2"])),
        ("targets".to_owned(), Document::new("targets", targets, &["root-2", "root-3"])),
        ("snapshot".to_owned(), Document::new("snapshot", json!({ "meta": {} }), &["snapshot"])),
        ("timestamp".to_owned(), Document::new("timestamp", json!({ "meta": {} }), &["timestamp"])),
        delegation("governance", &["governance-1", "governance-2"]),
    ]);
    documents.extend(ONE_PERSON.map(|role| delegation(role, &["governance-1"])));
    documents.extend(agencies.map(|agency| delegation(agency, &[agency])));
    documents
}

const OFFICERS: [(&str, &str); 3] = [("root-1", "Åsa Prov"), ("root-2", "Örjan Prov"), ("root-3", "Kerstin Prov")];
const PERSONS: [(&str, &str); 3] =
    [("governance-1", "Anna Exempel"), ("governance-2", "Bertil Exempel"), ("governance-3", "Cecilia Exempel")];
/// The base services of SSBTEK v10, as delegations are called, and Pensionsmyndigheten, which discloses through Försäkringskassan's; with
/// who signs for each.
const AGENCIES: [(&str, &str); 8] = [
    ("af", "Disa Exempel"),
    ("csn", "Erik Exempel"),
    ("fk", "Fanny Exempel"),
    ("miv", "Gösta Exempel"),
    ("pm", "Harriet Exempel"),
    ("skv", "Ivar Exempel"),
    ("so", "Jonna Exempel"),
    ("tns", "Karl Exempel"),
];
/// The delegations that any one person of governance signs for.
pub(super) const ONE_PERSON: [&str; 2] = ["shadow", "tightening"];

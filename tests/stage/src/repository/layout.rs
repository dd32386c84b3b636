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

/// The delegation that a component's name asks for.
pub(super) fn delegation(target: &str) -> Option<String> {
    match target.split('/').collect::<Vec<_>>().as_slice() {
        ["adapters", agency, "adapter.wasm"] => Some((*agency).to_owned()),
        ["policies", _, "policy.wasm"] => Some("governance".to_owned()),
        _ => None,
    }
}

/// A key for everybody.
pub(super) fn keys() -> Result<BTreeMap<String, DemoKey>> {
    let people = ROOT.iter().chain(&GOVERNANCE).chain(&["snapshot", "timestamp"]);
    people.map(ToString::to_string).chain(agencies()).map(|name| Ok((name, DemoKey::generate()?))).collect()
}

/// Metadata for every role, without a component yet.
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

    let agencies: Vec<String> = agencies().collect();
    let delegates: Vec<&str> = GOVERNANCE.into_iter().chain(agencies.iter().map(String::as_str)).collect();
    let mut roles = vec![delegated("governance", &GOVERNANCE, 2, "policies/*/policy.wasm")];
    roles.extend(agencies.iter().map(|agency| delegated(agency, &[agency], 1, &format!("adapters/{agency}/*"))));

    let root = json!({
        "consistent_snapshot": true,
        "keys": listed(&[&ROOT[..], &["snapshot", "timestamp"]].concat()),
        "roles": {
            "root": role(&ROOT, 2),
            // Who says who governance is must be no fewer persons than governance: the same officers.
            "targets": role(&ROOT, 2),
            "snapshot": role(&["snapshot"], 1),
            "timestamp": role(&["timestamp"], 1),
        },
    });
    let targets = json!({ "targets": {}, "delegations": { "keys": listed(&delegates), "roles": roles } });
    let empty = || json!({ "targets": {} });

    let mut documents = BTreeMap::from([
        ("root".to_owned(), Document::new("root", root, &["root-1", "root-2"])),
        ("targets".to_owned(), Document::new("targets", targets, &["root-2", "root-3"])),
        ("snapshot".to_owned(), Document::new("snapshot", json!({ "meta": {} }), &["snapshot"])),
        ("timestamp".to_owned(), Document::new("timestamp", json!({ "meta": {} }), &["timestamp"])),
        ("governance".to_owned(), Document::new("targets", empty(), &["governance-1", "governance-2"])),
    ]);
    documents.extend(agencies.iter().map(|agency| (agency.clone(), Document::new("targets", empty(), &[agency]))));
    documents
}

fn agencies() -> impl Iterator<Item = String> {
    AGENCIES.into_iter().map(str::to_owned)
}

/// The base services of SSBTEK v10, as delegations are called.
const AGENCIES: [&str; 7] = ["af", "csn", "fk", "miv", "skv", "so", "tns"];
const ROOT: [&str; 3] = ["root-1", "root-2", "root-3"];
const GOVERNANCE: [&str; 3] = ["governance-1", "governance-2", "governance-3"];

//! Documents are as various as their schemas and formats allow.

use std::collections::BTreeSet;

use ssbtx_published::{CSN_ANSWER, Contracts, LEFI_ANSWER, MIV_ANSWER, Overrides, SO_ANSWER};

use crate::{XML_ANSWERS, samples};

#[test]
fn documents_in_xml_use_what_xml_allows() {
    let Some(contracts) = Contracts::find() else { return };
    let documents: Vec<String> = [CSN_ANSWER, SO_ANSWER, MIV_ANSWER]
        .iter()
        .flat_map(|document_type| samples(&contracts.schema(document_type).strategy(&Overrides::default()), 200))
        .collect();
    for part in [
        "<![CDATA[",
        "<!--",
        "&#x",
        "&#13;",
        "&amp;",
        "&gt;",
        "xmlns=\"\"",
        "xmlns:å=",
        ":nil=",
        " = ",
        "='",
        "/>",
        "></",
        ">\n",
        "\u{1f9ee}",
    ] {
        let is_there = documents.iter().any(|document| document.contains(part));
        assert!(is_there, "{part}");
    }
    assert!(documents.iter().any(|document| declares_with_references(document)));
}

/// Whether the name of a namespace is written with references.
fn declares_with_references(document: &str) -> bool {
    let declarations = document.split("xmlns").skip(1);
    let mut names = declarations.filter_map(|declaration| declaration.split(['"', '\'']).nth(1));
    names.any(|name| name.contains("&#"))
}

#[test]
fn documents_in_json_use_what_json_allows() {
    let Some(contracts) = Contracts::find() else { return };
    let documents = samples(&contracts.schema(&LEFI_ANSWER).strategy(&Overrides::default()), 300);
    for part in
        ["[]", "{}", "1e3", "-0.0", "1200.50", "9223372036854775807", "\\u", "\\n", "\\/", "\u{1f9ee}", " : ", "\n"]
    {
        assert!(documents.iter().any(|document| document.contains(part)), "{part}");
    }
}

#[test]
fn documents_in_xml_reach_everything_that_is_declared_and_lack_what_may_be_absent() {
    let Some(contracts) = Contracts::find() else { return };
    for document_type in XML_ANSWERS {
        let schema = contracts.schema(&document_type);
        let seen = samples(&schema.strategy(&Overrides::default()), 400).into_iter().map(|document| {
            let parsed = roxmltree::Document::parse(&document).unwrap();
            let mut seen = BTreeSet::new();
            paths_in_xml(parsed.root_element(), "", &mut seen);
            seen
        });
        let seen: Vec<BTreeSet<String>> = seen.collect();
        for declared in schema.declarations().iter().skip(1) {
            assert!(seen.iter().any(|paths| paths.contains(&declared.path)), "{} never occurs", declared.path);
            let is_always_there = seen.iter().all(|paths| paths.contains(&declared.path));
            assert!(declared.required || !is_always_there, "{} always occurs", declared.path);
        }
    }
}

#[test]
fn documents_in_json_reach_almost_everything_that_is_declared() {
    let Some(contracts) = Contracts::find() else { return };
    let schema = contracts.schema(&LEFI_ANSWER);
    let mut seen = BTreeSet::new();
    for document in samples(&schema.strategy(&Overrides::default()), 1000) {
        paths_in_json(&serde_json::from_str(&document).unwrap(), "", &mut seen);
    }
    let declarations = schema.declarations();
    let missed = declarations.iter().skip(1).filter(|declared| !seen.contains(&declared.path)).count();
    assert!(missed * 20 < declarations.len(), "{missed} of {} never occur", declarations.len());
}

fn paths_in_xml(element: roxmltree::Node<'_, '_>, path: &str, seen: &mut BTreeSet<String>) {
    for attribute in element.attributes() {
        seen.insert(below(path, &format!("@{}", attribute.name())));
    }
    for child in element.children().filter(roxmltree::Node::is_element) {
        let path = below(path, child.tag_name().name());
        paths_in_xml(child, &path, seen);
        seen.insert(path);
    }
}

fn paths_in_json(value: &serde_json::Value, path: &str, seen: &mut BTreeSet<String>) {
    seen.insert(path.to_owned());
    match value {
        serde_json::Value::Object(members) => {
            for (name, member) in members {
                paths_in_json(member, &below(path, name), seen);
            }
        }
        serde_json::Value::Array(items) => {
            for item in items {
                paths_in_json(item, &below(path, "item"), seen);
            }
        }
        _ => {}
    }
}

fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") }
}

#[test]
fn a_document_is_chosen_by_its_seed_alone() {
    let Some(contracts) = Contracts::find() else { return };
    let strategy = contracts.schema(&CSN_ANSWER).strategy(&Overrides::default());
    assert_eq!(samples(&strategy, 5), samples(&strategy, 5));
}

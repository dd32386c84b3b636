//! What LEFI wrote is what the document holds: value by value, digit by digit.

use proptest::prelude::*;
use serde_json::value::RawValue;
use ssbtx_adapter_forsakringskassan::Forsakringskassan;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Document, Guest, Node, Step, Value};
use ssbtx_adapter_kit::bindings::exports::ssbtx::catalogue::types::{AgencyCatalogue, Kind};
use ssbtx_adapter_kit::json::members;
use ssbtx_published::{Contracts, LEFI_ANSWER, Overrides};

use crate::exchange::{absorbed, answer};

#[test]
fn numbers_keep_their_digits_and_empty_null_and_absent_stay_apart() {
    let body = r#"{
        "utlamnare": [{"utlamnare":{"kod":"FK"},"tillstand":{"kod":"OK","beskrivning":null}}, {"utlamnare":{"kod":"PM"},"tillstand":{"kod":"OK"}}, {}],
        "avvikelser": [],
        "formansinformation": {
            "utbetalningsuppgift": [{"bruttobelopp":{"summa":1200.50},"nettobelopp":{"summa":-0.0},"skattebelopp":{"summa":1e3},
                "avdragsbelopp":{},"utbetalningsdetalj":[],"period":null,"datum":"2026-01-25\u00e5\n"}],
            "sjukpenningarende": [], "barnbidragsarende": null
        },
        "beslut": null, "ansprak": [], "utbetalningar": [{"bruttobelopp": 9223372036854775808}]
    }"#;
    let document = answer(absorbed(200, body)).document;
    assert_eq!(document.unknown_elements, 0);
    assert_eq!(canonical(&written(&document)), canonical(body));
}

#[test]
fn avvikelser_is_an_object_or_an_empty_list_as_it_was_written() {
    for avvikelser in ["{}", "[]", "null", r#"{"ansprak":[]}"#] {
        let body = format!(
            r#"{{"avvikelser":{avvikelser},"formansinformation":{{"programjobdagar":[{{"antalForbrukade":1}}]}}}}"#
        );
        assert_eq!(canonical(&written(&answer(absorbed(200, &body)).document)), canonical(&body));
    }
}

#[test]
fn a_document_with_everything_published_in_it_has_a_node_of_every_element() {
    let Some(contracts) = Contracts::find() else { return };
    let body = contracts.schema(&LEFI_ANSWER).complete(&all_is_well(), 7);
    let document = answer(absorbed(200, &body)).document;
    let catalogue = Forsakringskassan::describe().catalogue;
    let missing = catalogue
        .elements
        .iter()
        .enumerate()
        .filter(|(id, _)| !document.nodes.iter().any(|node| usize::from(node.element) == *id));
    // The list that `avvikelser` may be instead, and its item.
    let missing: Vec<(&str, Kind)> = missing.map(|(_, element)| (element.name.as_str(), element.kind)).collect();
    assert_eq!(missing, [("avvikelser", Kind::List), ("item", Kind::Object)]);
    assert_eq!((canonical(&written(&document)), document.unknown_elements), (canonical(&body), 0));
}

#[test]
fn every_published_document_comes_through_as_it_was_written() {
    let Some(contracts) = Contracts::find() else { return };
    let documents = contracts.schema(&LEFI_ANSWER).strategy(&all_is_well());
    proptest!(ProptestConfig::with_cases(64), |(body in documents)| {
        match absorbed(200, &body) {
            Step::Answer(answer) => prop_assert_eq!(canonical(&written(&answer.document)), canonical(&body)),
            Step::Nothing(nothing) => prop_assert_eq!(canonical(&written(&nothing.document.unwrap())), canonical(&body)),
            Step::Failed(notice) => prop_assert_eq!(notice.code, "LEFI-OKANT-TILLSTAND"),
            Step::Send(_) | Step::Unanswered(_) => prop_assert!(false, "LEFI answered"),
        }
    });
}

fn all_is_well() -> Overrides {
    Overrides::default().fixed("utlamnare/item/tillstand/kod", "OK").present("utlamnare/item/tillstand/kod")
}

/// A document as JSON, with the numbers' digits.
fn written(document: &Document) -> String {
    let catalogue = Forsakringskassan::describe().catalogue;
    value(&catalogue, &document.nodes)
}

/// The JSON of the first node, in which all others lie.
fn value(catalogue: &AgencyCatalogue, nodes: &[Node]) -> String {
    let (node, inside) = nodes.split_first().unwrap();
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Boolean(value) => value.to_string(),
        Value::Number(digits) => digits.clone(),
        Value::Text(text) => serde_json::to_string(text).unwrap(),
        Value::Structure => {
            let is_list = catalogue.elements[usize::from(node.element)].kind == Kind::List;
            let children = inside.chunk_by(|_, next| next.depth > node.depth + 1).map(|child| {
                let name = &catalogue.elements[usize::from(child[0].element)].name;
                let value = value(catalogue, child);
                if is_list { value } else { format!("{name:?}:{value}") }
            });
            let content = children.collect::<Vec<String>>().join(",");
            if is_list { format!("[{content}]") } else { format!("{{{content}}}") }
        }
    }
}

/// The same JSON with its members in order of their names, without white space, each string written in one way and each number as it stands.
fn canonical(json: &str) -> String {
    let json = json.trim();
    match json.as_bytes()[0] {
        b'{' => {
            let members = members(json.as_bytes()).unwrap();
            let mut members: Vec<String> =
                members.iter().map(|member| format!("{:?}:{}", member.name, canonical(member.value))).collect();
            members.sort();
            format!("{{{}}}", members.join(","))
        }
        b'[' => {
            let items: Vec<&RawValue> = serde_json::from_str(json).unwrap();
            format!("[{}]", items.iter().map(|item| canonical(item.get())).collect::<Vec<String>>().join(","))
        }
        b'"' => serde_json::to_string(&serde_json::from_str::<String>(json).unwrap()).unwrap(),
        _ => json.to_owned(),
    }
}

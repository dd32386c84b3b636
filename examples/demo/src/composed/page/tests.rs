use serde_json::{Value as Json, json};

use super::*;

/// Two base services of which the first marks with a boolean and the second with a text.
fn catalogues() -> Vec<Catalogue> {
    let catalogue = |agency: &str, value_type: &str| {
        let catalogue = json!({
            "agency": agency,
            "datasets": [{ "id": "skydd", "discloser": agency, "label": { "sv": "Skydd" } }],
            "elements": [{
                "path": "skydd", "kind": "scalar", "type": value_type, "dataset": "skydd", "label": { "sv": "Skydd" },
                "help": { "sv": "Hjälp." }, "marksProtection": true
            }],
        });
        Catalogue::read(&catalogue.to_string()).unwrap()
    };
    vec![catalogue("PM", "boolean"), catalogue("SO", "text")]
}

fn page(marks: [Json; 2]) -> String {
    let part = |(agency, mark): (&str, Json)| {
        json!({
            "agency": agency, "state": "answered", "disclosers": [{ "agency": agency, "state": "answered" }],
            "document": { "skydd": mark },
        })
    };
    let parts: Vec<Json> = ["PM", "SO"].into_iter().zip(marks).map(part).collect();
    let answer =
        RoleAnswer { role: "ekonomiskt-bistand", json: json!({ "parts": parts }).to_string(), soap: String::new() };
    let catalogues = catalogues();
    let asking = Asking::about("197701192390");
    let page = Page { asking: &asking, catalogues: &catalogues, width: 100, ink: Ink::Plain };
    page.render(&answer).unwrap()
}

#[test]
fn a_protected_identity_is_said_before_all_data_and_according_to_whom() {
    let page = page([json!(true), json!("S ")]);
    let warning = page.find("SKYDDADE PERSONUPPGIFTER enligt Pensionsmyndigheten och A-kassorna.").unwrap();
    assert!(warning < page.find("har lämnat uppgifter").unwrap(), "{page}");
}

#[test]
fn a_mark_that_is_not_set_warns_of_nothing() {
    let page = page([json!(false), json!("  ")]);
    assert!(!page.contains("SKYDDADE"), "{page}");
}

#[test]
fn an_answer_with_a_base_service_without_catalogue_is_refused() {
    let answer = RoleAnswer {
        role: "ekonomiskt-bistand",
        json: json!({ "parts": [{ "agency": "AF", "state": "not-asked", "disclosers": [] }] }).to_string(),
        soap: String::new(),
    };
    let asking = Asking::about("197701192390");
    let page = Page { asking: &asking, catalogues: &[], width: 100, ink: Ink::Plain };
    assert_eq!(page.render(&answer).unwrap_err().to_string(), "find the catalogue of `AF`");
}

use serde_json::{Value as Json, json};

use super::*;
use crate::composed::layout::Layout;
use crate::ink::Ink;

fn element(path: &str, kind: &str, value_type: Option<&str>, dataset: Option<&str>, label: &str) -> Json {
    json!({
        "path": path, "kind": kind, "type": value_type, "dataset": dataset, "label": { "sv": label },
        "help": { "sv": "Hjälp." }, "marksProtection": false
    })
}

/// Two disclosers; the second's dataset stands first in documents and last here.
fn catalogue() -> Catalogue {
    let text = Some("text");
    let first = Some("vem");
    let second = Some("arenden");
    let elements = json!([
        element("version", "scalar", text, None, "Version"),
        element("arenden", "list", None, second, "Ärenden"),
        element("arenden/item", "object", None, second, "Ärende"),
        element("arenden/item/@nr", "attribute", text, None, "Nummer"),
        element("arenden/item/forman", "object", None, second, "Förmån"),
        element("arenden/item/forman/id", "scalar", text, second, "Bokstäver"),
        element("arenden/item/forman/beskrivning", "scalar", text, second, "Betydelse"),
        element("arenden/item/belopp", "object", None, second, "Belopp"),
        element("arenden/item/belopp/summa", "scalar", Some("decimal"), second, "Summa"),
        element("arenden/item/belopp/valuta", "scalar", text, second, "Valuta"),
        element("arenden/item/fran", "scalar", text, second, "Gäller från och med"),
        element("arenden/item/till", "scalar", text, second, "Gäller till och med"),
        element("arenden/item/dagar", "list", None, second, "Dagar"),
        element("arenden/item/dagar/item", "object", None, second, "Dag"),
        element("arenden/item/dagar/item/dag", "scalar", text, second, "Dag"),
        element("arenden/item/dagar/item/niva", "scalar", text, second, "Nivå"),
        element("rader", "list", None, first, "Rader"),
        element("rader/item", "scalar", text, first, "Rader"),
        element("belopp", "list", None, first, "Belopp"),
        element("belopp/item", "object", None, first, "Belopp"),
        element("belopp/item/summa", "scalar", Some("decimal"), first, "Summa"),
        element("belopp/item/valuta", "scalar", text, first, "Valuta"),
        element("ram", "object", None, None, "Ram"),
        element("ram/namn", "scalar", text, first, "Namn"),
        element("ram/typ", "scalar", text, first, "Typ, kod"),
        element("ram/typnamn", "scalar", text, first, "Typ"),
        element("ram/annans", "scalar", text, Some("annans"), "Annans"),
    ]);
    let dataset = |id: &str, discloser: &str| json!({ "id": id, "discloser": discloser, "label": { "sv": id } });
    let catalogue = json!({
        "agency": "X", "elements": elements, "datasets": [dataset("vem", "X"), dataset("arenden", "X"), dataset("annans", "Y")]
    });
    Catalogue::read(&catalogue.to_string()).unwrap()
}

fn read(discloser: &str, document: &str) -> String {
    let catalogue = catalogue();
    let document = Node::read(serde_json::from_str(document).unwrap()).unwrap();
    let items = Reading { catalogue: &catalogue, discloser }.read(&document);
    Layout { width: 60, ink: Ink::Plain }.columns(&items).join("\n")
}

#[test]
fn objects_of_known_shapes_and_labels_that_belong_together_read_as_one_value() {
    let document = r#"{ "version": "1", "arenden": [{ "@nr": "7", "forman": { "id": "AS", "beskrivning": "Aktivitetsstöd" },
        "belopp": { "summa": 255.50, "valuta": "SEK" }, "fran": "2026-01-01", "till": "2026-02-01" }],
        "ram": { "namn": "Alvar", "typ": "T", "typnamn": "Test", "annans": "dold" } }"#;
    let expected = "  Namn     Alvar
  Typ      Test (T)
  Ärenden  Nummer: 7 · Förmån: Aktivitetsstöd (AS)
           Belopp: 255,50 kr
           Gäller: 2026-01-01 – 2026-02-01";
    assert_eq!(read("X", document), expected);
}

#[test]
fn what_is_empty_null_technical_or_anothers_is_left_out() {
    let document = r#"{ "version": "1", "arenden": [], "ram": { "namn": null, "annans": "hennes" } }"#;
    assert_eq!(read("X", document), "");
    assert_eq!(read("Y", document), "  Annans  hennes");
}

#[test]
fn entries_of_one_kind_are_a_table_and_others_are_numbered() {
    let document = r#"{ "arenden": [
        { "fran": "2026-01-01", "dagar": [{ "dag": "2026-01-01", "niva": "G" }, { "dag": "2026-01-02" }] },
        { "fran": "2026-03-01", "forman": { "id": "AS" } }] }"#;
    let expected = "  Ärenden, 2 stycken
    1  Gäller från och med: 2026-01-01
       Dagar, 2 stycken
         Dag         Nivå
         2026-01-01  G
         2026-01-02
    2  Gäller från och med: 2026-03-01 · Förmån: AS";
    assert_eq!(read("X", document), expected);
}

#[test]
fn an_amount_without_its_currency_is_the_sum_and_an_open_period_says_so() {
    assert_eq!(
        read("X", r#"{ "arenden": [{ "belopp": { "summa": 10 }, "till": "2026-02-01" }] }"#),
        "  Ärenden  Belopp: 10 · Gäller till och med: 2026-02-01"
    );
}

#[test]
fn a_list_of_values_keeps_those_that_are_there_beside_what_is_empty() {
    let document = r#"{ "rader": ["c/o Test", null, "Gatan 1"], "belopp": [{ "summa": 1.50, "valuta": "SEK" }, {}, { "summa": -2 }] }"#;
    assert_eq!(read("X", document), "  Rader   c/o Test; Gatan 1\n  Belopp  1,50 kr; -2");
    assert_eq!(read("X", r#"{ "rader": [], "belopp": [{}] }"#), "");
}

use ssbtx_core::{AgencyId, Encoding};

use super::*;
use crate::sample::{self, catalogue, element};

fn json(document: &Document) -> String {
    serde_json::to_string_pretty(&DocumentJson::new(document)).unwrap()
}

fn node(id: u16, depth: u16, value: Value) -> Node {
    Node { element: ElementId(id), depth, value }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn an_xml_answer_is_nested_by_element_name_and_typed_by_its_catalogue() {
    let types = [
        ("ArbetssokandeOmfattning", ValueType::Integer),
        ("Omfattning", ValueType::Integer),
        ("Arbetssokande", ValueType::Boolean),
        ("BeslutFrom", ValueType::Date),
    ];
    let json = json(&sample::document(AgencyId::AF, sample::AF, &types));
    let (_, information) = json.split_once("\"ArbetssokandeInfo\": ").unwrap();
    insta::assert_snapshot!(information, @r#"
    {
          "Arbetssokande": true,
          "ArbetssokandeOmfattning": 100,
          "AktivetetsRapportDatum": {
            "AktivitetsRapportMeddelande": "200",
            "SenasteAktivitetsRapportDatum": "2026-02-10"
          }
        },
        "BeslutInfo": {
          "EkonomiskaBeslut": {
            "Beslut": [
              {
                "ErsattningTyp": "Aktivitetsstöd",
                "Omfattning": 100,
                "BeslutFrom": "2026-01-01",
                "BeslutTom": "2026-01-31"
              },
              {
                "ErsattningTyp": "Aktivitetsstöd",
                "Omfattning": "050",
                "BeslutFrom": "2026-02-01",
                "BeslutTom": "2026-02-28"
              }
            ]
          }
        },
        "StatusSokandeinformationKod": "0",
        "StatusSokandeinformationKodText": "Normal"
      }
    }
    "#);
}

#[test]
fn values_are_typed_where_their_text_allows_it_and_else_stay_texts() {
    let scalar = |name: &str, value_type| element(Some(0), name, Kind::Scalar, value_type);
    let elements = vec![
        element(None, "root", Kind::Object, ValueType::None),
        scalar("whole", ValueType::Integer),
        scalar("padded", ValueType::Integer),
        scalar("amount", ValueType::Decimal),
        scalar("signed", ValueType::Decimal),
        scalar("empty", ValueType::Decimal),
        scalar("yes", ValueType::Boolean),
        scalar("no", ValueType::Boolean),
        scalar("perhaps", ValueType::Boolean),
        scalar("digits", ValueType::Text),
        scalar("nil", ValueType::Decimal),
        scalar("quoted", ValueType::Text),
    ];
    let texts = ["9007199254740993", "007", "1200.50", "+1", "", "1", "false", "kanske", "12", "", "\"\\\n\u{1F}å"];
    let mut nodes = vec![node(0, 0, Value::Structure)];
    nodes.extend((1..).zip(texts).map(|(id, value)| node(id, 1, if id == 10 { Value::Null } else { text(value) })));
    let document = Document::new(catalogue(AgencyId::AF, Encoding::Xml, elements), nodes, 0).unwrap();
    insta::assert_snapshot!(json(&document), @r#"
    {
      "whole": 9007199254740993,
      "padded": "007",
      "amount": 1200.50,
      "signed": "+1",
      "empty": "",
      "yes": true,
      "no": false,
      "perhaps": "kanske",
      "digits": "12",
      "nil": null,
      "quoted": "\"\\\n\u001få"
    }
    "#);
}

#[test]
fn the_shape_follows_from_the_catalogue_and_not_from_the_number_of_values() {
    let mut row = element(Some(0), "row", Kind::Scalar, ValueType::Integer);
    row.repeats = true;
    let elements = vec![
        element(None, "root", Kind::Object, ValueType::None),
        row,
        element(Some(1), "unit", Kind::Attribute, ValueType::Text),
        element(Some(0), "between", Kind::Object, ValueType::None),
        element(Some(3), "below", Kind::Scalar, ValueType::Text),
    ];
    let catalogue = catalogue(AgencyId::AF, Encoding::Xml, elements);
    let document = |nodes| Document::new(std::sync::Arc::clone(&catalogue), nodes, 0).unwrap();
    let root = || node(0, 0, Value::Structure);
    insta::assert_snapshot!(json(&document(vec![root()])), @"{}");
    insta::assert_snapshot!(json(&document(vec![root(), node(1, 1, text("1"))])), @r##"
    {
      "row": [
        {
          "#text": 1
        }
      ]
    }
    "##);
    let apart = vec![
        root(),
        node(1, 1, text("1")),
        node(2, 2, text("kr")),
        node(3, 1, Value::Structure),
        node(1, 1, Value::Null),
    ];
    insta::assert_snapshot!(json(&document(apart)), @r##"
    {
      "row": [
        {
          "@unit": "kr",
          "#text": 1
        },
        {
          "#text": null
        }
      ],
      "between": {}
    }
    "##);
}

#[test]
fn a_json_answer_comes_out_as_it_went_in() {
    let mut item = element(Some(1), "item", Kind::Object, ValueType::None);
    item.repeats = true;
    let elements = vec![
        element(None, "root", Kind::Object, ValueType::None),
        element(Some(0), "lista", Kind::List, ValueType::None),
        item,
        element(Some(2), "belopp", Kind::Scalar, ValueType::Decimal),
        element(Some(2), "aktiv", Kind::Scalar, ValueType::Boolean),
        element(Some(0), "tom", Kind::List, ValueType::None),
        element(Some(5), "item", Kind::Scalar, ValueType::Text),
        element(Some(0), "inget", Kind::Object, ValueType::None),
        element(Some(7), "x", Kind::Scalar, ValueType::Text),
    ];
    let mut elements = elements;
    elements[6].repeats = true;
    let nodes = vec![
        node(0, 0, Value::Structure),
        node(1, 1, Value::Structure),
        node(2, 2, Value::Structure),
        node(3, 3, Value::Number("1200.50".to_owned())),
        node(4, 3, Value::Boolean(false)),
        node(2, 2, Value::Null),
        node(5, 1, Value::Structure),
        node(7, 1, Value::Null),
    ];
    let document = Document::new(catalogue(AgencyId::FK, Encoding::Json, elements), nodes, 0).unwrap();
    let json = serde_json::to_string(&DocumentJson::new(&document)).unwrap();
    assert_eq!(json, r#"{"lista":[{"belopp":1200.50,"aktiv":false},null],"tom":[],"inget":null}"#);
}

/// A catalogue whose rows have `avvikelser` as an object or as a list, and a document of each kind of row.
fn rows() -> Document {
    let repeating = |element: ssbtx_core::Element| ssbtx_core::Element { repeats: true, ..element };
    let elements = vec![
        element(None, "root", Kind::Object, ValueType::None),
        element(Some(0), "rader", Kind::List, ValueType::None),
        repeating(element(Some(1), "item", Kind::Object, ValueType::None)),
        element(Some(2), "belopp", Kind::Scalar, ValueType::Decimal),
        element(Some(2), "avvikelser", Kind::Object, ValueType::None),
        element(Some(4), "kod", Kind::Scalar, ValueType::Text),
        element(Some(2), "avvikelser", Kind::List, ValueType::None),
        repeating(element(Some(6), "item", Kind::Scalar, ValueType::Text)),
        element(Some(2), "dagar", Kind::Scalar, ValueType::Integer),
    ];
    let number = |digits: &str| Value::Number(digits.to_owned());
    let nodes = vec![
        node(0, 0, Value::Structure),
        node(1, 1, Value::Structure),
        node(2, 2, Value::Structure),
        // Not in the catalogue's order.
        node(8, 3, number("-0")),
        node(6, 3, Value::Structure),
        node(3, 3, number("1200.50")),
        node(2, 2, Value::Structure),
        node(4, 3, Value::Structure),
        node(3, 3, number("1e3")),
        node(2, 2, Value::Structure),
        node(3, 3, Value::Null),
        node(4, 3, Value::Structure),
        node(5, 4, text("OBEHORIG")),
        node(2, 2, Value::Structure),
        node(6, 3, Value::Null),
        node(2, 2, Value::Structure),
        node(2, 2, Value::Null),
    ];
    Document::new(catalogue(AgencyId::FK, Encoding::Json, elements), nodes, 0).unwrap()
}

#[test]
fn nothing_of_a_json_answer_is_filled_in_moved_or_rewritten() {
    let json = serde_json::to_string(&DocumentJson::new(&rows())).unwrap();
    let expected = [
        r#"{"rader":[{"dagar":-0,"avvikelser":[],"belopp":1200.50},{"avvikelser":{},"belopp":1e3},"#,
        r#"{"belopp":null,"avvikelser":{"kod":"OBEHORIG"}},{"avvikelser":null},{},null]}"#,
    ];
    assert_eq!(json, expected.concat());
}

#[test]
fn names_that_differ_in_namespace_alone_are_told_apart() {
    let xml = "<r xmlns:a='urn:a' xmlns:b='urn:b'><a:x>1</a:x><b:x>2</b:x><a:y>3</a:y></r>";
    let json = serde_json::to_string(&DocumentJson::new(&sample::document(AgencyId::AF, xml, &[]))).unwrap();
    assert_eq!(json, r#"{"{urn:a}x":"1","{urn:b}x":"2","y":"3"}"#);
}

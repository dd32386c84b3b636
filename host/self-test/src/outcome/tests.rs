//! The document of an outcome is in the shape of JSON v1.

use std::sync::Arc;

use ssbtx_core::{
    AgencyId, Bilingual, Catalogue, CatalogueSource, Document, Element, ElementId, Encoding, Kind, Node, Scope, Value,
    ValueType,
};
use ssbtx_gateway::DocumentJson;

#[test]
fn the_shape_follows_from_the_catalogue_and_digits_stay_as_they_were_written() {
    let catalogue = catalogue(vec![
        Element { parent: None, required: true, ..element(0, "svar", Kind::Object) },
        element(0, "arendetyp", Kind::Scalar),
        element(0, "beslutsdag", Kind::Scalar),
        Element { repeats: true, ..element(0, "rad", Kind::Object) },
        Element { value_type: ValueType::Decimal, ..element(3, "belopp", Kind::Scalar) },
        element(4, "valuta", Kind::Attribute),
        Element { namespace: "urn:a".to_owned(), ..element(0, "ref", Kind::Scalar) },
        Element { namespace: "urn:b".to_owned(), ..element(0, "ref", Kind::Scalar) },
    ]);
    let text = |text: &str| Value::Text(text.to_owned());
    let nodes = [
        (0, 0, Value::Structure),
        (3, 1, Value::Structure),
        (4, 2, text("1200.50")),
        (5, 3, text("SEK")),
        (2, 1, Value::Null),
        (6, 1, text("a")),
        (7, 1, text("b")),
    ];
    let nodes = nodes.into_iter().map(|(id, depth, value)| Node { element: ElementId(id), depth, value }).collect();
    let document = Document::new(catalogue, nodes, 0).unwrap();
    assert_eq!(
        serde_json::to_string(&DocumentJson::new(&document)).unwrap(),
        r##"{"rad":[{"belopp":{"@valuta":"SEK","#text":1200.50}}],"beslutsdag":null,"{urn:a}ref":"a","{urn:b}ref":"b"}"##
    );
}

fn catalogue(elements: Vec<Element>) -> Arc<Catalogue> {
    let source = CatalogueSource {
        agency: AgencyId::MIV,
        version: "1.0.0".to_owned(),
        encoding: Encoding::Xml,
        elements,
        datasets: Vec::new(),
    };
    Arc::new(Catalogue::parse(source).unwrap())
}

/// A technical element, optional, that occurs once.
fn element(parent: u16, name: &str, kind: Kind) -> Element {
    let text = Bilingual { sv: name.to_owned(), en: name.to_owned() };
    Element {
        parent: Some(ElementId(parent)),
        name: name.to_owned(),
        namespace: String::new(),
        kind,
        value_type: if kind.holds_value() { ValueType::Text } else { ValueType::None },
        required: false,
        repeats: false,
        scope: Scope::Technical,
        label: text.clone(),
        help: text,
        marks_protection: false,
    }
}

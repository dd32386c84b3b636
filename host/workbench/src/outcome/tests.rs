//! The document of an outcome is in the shape of JSON v1.

use std::sync::Arc;

use ssbtx_core::{Document, Element, ElementId, Kind, Node, Value, ValueType};
use ssbtx_gateway::DocumentJson;

use crate::sample::{element, parse, source};

#[test]
fn the_shape_follows_from_the_catalogue_and_digits_stay_as_they_were_written() {
    let mut source = source();
    source.elements.extend([
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
    let document = Document::new(Arc::clone(&parse(source)), nodes, 0).unwrap();
    assert_eq!(
        serde_json::to_string(&DocumentJson::new(&document)).unwrap(),
        r##"{"rad":[{"belopp":{"@valuta":"SEK","#text":1200.50}}],"beslutsdag":null,"{urn:a}ref":"a","{urn:b}ref":"b"}"##
    );
}

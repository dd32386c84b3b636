//! A catalogue of JSON with one of each kind, and a way to show a document.

use std::fmt::Write;

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Document, Header, Reply, Response, Value};
use ssbtx_adapter_kit::bindings::exports::ssbtx::catalogue::types::{Encoding, Kind, ValueType};
use ssbtx_adapter_kit::catalogue::{Bilingual, Catalogue, Element, Scope};
use ssbtx_adapter_kit::json::{Undecodable, read as read_json};

/// `{name, count, amount, day, known, protected, group{name}, rows[{name, amount}], words[text], both{name} or both[{}]}`.
pub(crate) static SPECIMEN: Catalogue = Catalogue {
    agency: "X",
    version: "1.0.0",
    encoding: Encoding::Json,
    elements: &[
        structure(None, &[1, 2, 3, 4, 5, 6, 7, 9, 13, 15, 17], "", Kind::Object),
        scalar(0, "name", ValueType::Text),
        scalar(0, "count", ValueType::Integer),
        scalar(0, "amount", ValueType::Decimal),
        scalar(0, "day", ValueType::Date),
        scalar(0, "known", ValueType::Boolean),
        Element { marks_protection: true, ..scalar(0, "protected", ValueType::Boolean) },
        structure(Some(0), &[8], "group", Kind::Object),
        scalar(7, "name", ValueType::Text),
        structure(Some(0), &[10], "rows", Kind::List),
        structure(Some(9), &[11, 12], "item", Kind::Object),
        scalar(10, "name", ValueType::Text),
        scalar(10, "amount", ValueType::Decimal),
        structure(Some(0), &[14], "words", Kind::List),
        scalar(13, "item", ValueType::Text),
        structure(Some(0), &[16], "both", Kind::Object),
        scalar(15, "name", ValueType::Text),
        structure(Some(0), &[18], "both", Kind::List),
        structure(Some(17), &[], "item", Kind::Object),
    ],
    datasets: &[],
};

const fn scalar(parent: u16, name: &'static str, value_type: ValueType) -> Element {
    Element { value_type, ..structure(Some(parent), &[], name, Kind::Scalar) }
}

const fn structure(parent: Option<u16>, children: &'static [u16], name: &'static str, kind: Kind) -> Element {
    Element {
        parent,
        children,
        name,
        namespace: "",
        kind,
        value_type: ValueType::None,
        required: false,
        repeats: false,
        scope: Scope::Technical,
        label: Bilingual { sv: "", en: "" },
        help: Bilingual { sv: "", en: "" },
        marks_protection: false,
    }
}

/// Reads a document, and gives the reason why it is none.
pub(crate) fn read(json: &str) -> Result<Document, Undecodable> {
    read_json(json.as_bytes(), &SPECIMEN)
}

/// Reads a document and shows it.
pub(crate) fn shown(json: &str) -> String {
    show(&read(json).unwrap())
}

/// A response with this status, content type and body.
pub(crate) fn reply(status: u16, content_type: &str, body: &[u8]) -> Reply {
    let headers = vec![Header { name: "content-type".to_owned(), value: content_type.to_owned() }];
    Reply::Response(Response { status, headers, body: body.to_vec() })
}

/// One line a node, then the count of what was dropped. A list is shown by `[]`.
pub(crate) fn show(document: &Document) -> String {
    let mut lines = String::new();
    for node in &document.nodes {
        let element = &SPECIMEN.elements[usize::from(node.element)];
        let indent = "  ".repeat(usize::from(node.depth));
        let value = match &node.value {
            Value::Structure if element.kind == Kind::List => "[]".to_owned(),
            Value::Structure => "{}".to_owned(),
            Value::Null => "null".to_owned(),
            Value::Boolean(value) => value.to_string(),
            Value::Number(digits) => digits.clone(),
            Value::Text(text) => format!("{text:?}"),
        };
        writeln!(lines, "{indent}{} {value}", element.name).unwrap();
    }
    write!(lines, "unknown: {}", document.unknown_elements).unwrap();
    lines
}

//! An honest adapter for an agency with next to nothing to tell.

use ssbtx_adapter_kit::bindings::exports::ssbtx::catalogue::types::{
    AgencyCatalogue, Bilingual, Dataset, Element, Encoding, Kind, Scope, ValueType,
};

use crate::{Answer, Description, Document, Header, Limits, Method, Node, Request, Sending, Value};

/// The root of its documents.
pub const ROOT: u16 = 0;
/// A required status code.
pub const STATUS: u16 = 1;
/// A container that repeats.
pub const ENTRY: u16 = 2;
/// A date in it.
pub const DATE: u16 = 3;
/// Its one dataset, which the policy of ekonomiskt bistånd opens, so that a host that has loaded the guest calls it.
pub const DATASET: &str = "inskrivning";
/// Its one upstream.
pub const UPSTREAM: &str = "base-service";

/// What it says of itself: four elements, one dataset, one upstream.
pub fn description() -> Description {
    Description {
        catalogue: AgencyCatalogue {
            agency: "AF".to_owned(),
            version: "1.0.0".to_owned(),
            encoding: Encoding::Xml,
            elements: vec![
                element(None, "Svar", Kind::Object, ValueType::None, Scope::Technical),
                element(Some(ROOT), "Status", Kind::Scalar, ValueType::Text, Scope::Technical),
                Element {
                    required: false,
                    repeats: true,
                    ..element(Some(ROOT), "Uppgift", Kind::Object, ValueType::None, in_dataset())
                },
                element(Some(ENTRY), "Datum", Kind::Scalar, ValueType::Date, in_dataset()),
            ],
            datasets: vec![Dataset {
                id: DATASET.to_owned(),
                discloser: "AF".to_owned(),
                label: bilingual("Uppgifter", "Entries"),
                help: bilingual("Allt som finns.", "All there is."),
            }],
        },
        upstreams: vec![UPSTREAM.to_owned()],
        limits: Limits { memory_bytes: 32 << 20, reply_bytes: 1 << 20 },
    }
}

/// One request, and nothing to remember.
pub fn sending() -> Sending {
    Sending { requests: vec![request()], state: Vec::new() }
}

/// A request that may be sent.
pub fn request() -> Request {
    Request {
        upstream: UPSTREAM.to_owned(),
        method: Method::Post,
        path: "/fraga".to_owned(),
        headers: vec![Header { name: "content-type".to_owned(), value: "text/xml; charset=utf-8".to_owned() }],
        body: Some(b"<Fraga/>".to_vec()),
    }
}

/// A whole answer with one entry.
pub fn answer() -> Answer {
    Answer {
        document: document(vec![node(ENTRY, 1, Value::Structure), node(DATE, 2, text("2026-01-01"))]),
        failures: Vec::new(),
    }
}

/// A document with these nodes below its root and status.
pub fn document(entries: Vec<Node>) -> Document {
    let mut nodes = vec![node(ROOT, 0, Value::Structure), node(STATUS, 1, text("0"))];
    nodes.extend(entries);
    Document { nodes, unknown_elements: 0 }
}

/// A node.
pub fn node(element: u16, depth: u16, value: Value) -> Node {
    Node { element, depth, value }
}

/// A text value.
pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn element(parent: Option<u16>, name: &str, kind: Kind, value_type: ValueType, scope: Scope) -> Element {
    Element {
        parent,
        name: name.to_owned(),
        namespace: String::new(),
        kind,
        value_type,
        required: true,
        repeats: false,
        scope,
        label: bilingual(name, name),
        help: bilingual("Exempel.", "Example."),
        marks_protection: false,
    }
}

fn in_dataset() -> Scope {
    Scope::Dataset(DATASET.to_owned())
}

fn bilingual(sv: &str, en: &str) -> Bilingual {
    Bilingual { sv: sv.to_owned(), en: en.to_owned() }
}

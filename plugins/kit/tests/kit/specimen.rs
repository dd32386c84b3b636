//! A catalogue with one of each kind, replies to read, and a way to show a document.

use std::fmt::Write;

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Document, Header, Reply, Response, Value};
use ssbtx_adapter_kit::bindings::exports::ssbtx::catalogue::types::{Encoding, Kind, ValueType};
use ssbtx_adapter_kit::catalogue::{Bilingual, Catalogue, Element, Scope};
use ssbtx_adapter_kit::{AnswerFormat, NoDocument, Undecodable, receive};

/// `answer{@code, name, other, group*{date, amount}, mark}`, all in `urn:a` but the attribute, which is unqualified, and `other`, which is in `urn:b`. The
/// last marks a protected identity.
pub(crate) static SPECIMEN: Catalogue = Catalogue {
    agency: "X",
    version: "1.0.0",
    encoding: Encoding::Xml,
    elements: &[
        element(None, &[1, 2, 3, 4, 7], "answer", "urn:a", Kind::Object),
        element(Some(0), &[], "code", "", Kind::Attribute),
        element(Some(0), &[], "name", "urn:a", Kind::Scalar),
        element(Some(0), &[], "other", "urn:b", Kind::Scalar),
        element(Some(0), &[5, 6], "group", "urn:a", Kind::Object),
        element(Some(4), &[], "date", "urn:a", Kind::Scalar),
        element(Some(4), &[], "amount", "urn:a", Kind::Scalar),
        Element { marks_protection: true, ..element(Some(0), &[], "mark", "urn:a", Kind::Scalar) },
    ],
    datasets: &[],
};

const fn element(
    parent: Option<u16>,
    children: &'static [u16],
    name: &'static str,
    namespace: &'static str,
    kind: Kind,
) -> Element {
    Element {
        parent,
        children,
        name,
        namespace,
        kind,
        value_type: ValueType::Text,
        required: false,
        // The group, which is the one object below the root.
        repeats: parent.is_some() && matches!(kind, Kind::Object),
        scope: Scope::Technical,
        label: Bilingual { sv: "", en: "" },
        help: Bilingual { sv: "", en: "" },
        marks_protection: false,
    }
}

/// How the specimen's documents come: in the Body itself, with `ownCode` in the detail of a Fault.
pub(crate) fn format() -> AnswerFormat {
    AnswerFormat { fault_code: Some("ownCode"), ..AnswerFormat::plain(&SPECIMEN) }
}

/// A response with this status, content type and body.
pub(crate) fn response(status: u16, content_type: &str, body: &[u8]) -> Reply {
    let headers = vec![Header { name: "content-type".to_owned(), value: content_type.to_owned() }];
    Reply::Response(Response { status, headers, body: body.to_vec() })
}

/// A SOAP envelope around this content.
pub(crate) fn envelope(content: &str) -> String {
    format!("<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>{content}</s:Body></s:Envelope>")
}

/// Reads a whole body that came with status 200.
pub(crate) fn read_bytes(body: &[u8]) -> Result<Document, NoDocument> {
    receive(&[response(200, "text/xml; charset=utf-8", body)], &format())
}

/// Reads this payload in an envelope.
pub(crate) fn read(payload: &str) -> Result<Document, NoDocument> {
    read_bytes(envelope(payload).as_bytes())
}

/// Reads the content of `answer` and shows the document.
pub(crate) fn read_content(content: &str) -> String {
    show(&read(&format!("<answer xmlns='urn:a'>{content}</answer>")).unwrap())
}

/// Reads the content of `answer` and gives the reason why it cannot be read.
pub(crate) fn refusal(content: &str) -> Undecodable {
    match read(&format!("<answer xmlns='urn:a'>{content}</answer>")) {
        Err(NoDocument::Undecodable(reason)) => reason,
        Err(other) => panic!("refused for another reason: {other}"),
        Ok(_) => panic!("was read"),
    }
}

/// One line a node, then the count of what was dropped.
pub(crate) fn show(document: &Document) -> String {
    let mut lines = String::new();
    for node in &document.nodes {
        let name = SPECIMEN.elements[usize::from(node.element)].name;
        let indent = "  ".repeat(usize::from(node.depth));
        let value = match &node.value {
            Value::Structure => String::new(),
            Value::Null => " null".to_owned(),
            Value::Text(text) => format!(" {text:?}"),
            Value::Boolean(_) | Value::Number(_) => panic!("XML has texts only"),
        };
        writeln!(lines, "{indent}{name}{value}").unwrap();
    }
    write!(lines, "unknown: {}", document.unknown_elements).unwrap();
    lines
}

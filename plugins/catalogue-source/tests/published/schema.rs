//! As much of XML Schema as the three published schemas use.

use std::path::Path;

use roxmltree::{Document, Node};
use ssbtx_catalogue_source::{Element, ValueType};

/// A schema's text and its target namespace.
pub(crate) struct Schema {
    text: String,
    pub(crate) namespace: String,
    qualified: bool,
}

impl Schema {
    /// Loads a schema in UTF-8 or, with a byte order mark, UTF-16.
    pub(crate) fn load(path: &Path) -> Self {
        let bytes = std::fs::read(path).unwrap();
        let text = match bytes.as_slice() {
            [0xff, 0xfe, rest @ ..] => {
                let units: Vec<u16> = rest.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
                String::from_utf16(&units).unwrap()
            }
            _ => String::from_utf8(bytes).unwrap(),
        };
        let text = text.trim_start_matches('\u{feff}').to_owned();
        let document = Document::parse(&text).unwrap();
        let root = document.root_element();
        let namespace = root.attribute("targetNamespace").unwrap().to_owned();
        let qualified = root.attribute("elementFormDefault") == Some("qualified");
        Self { text, namespace, qualified }
    }

    /// The namespace of local elements.
    pub(crate) fn namespace_below_root(&self) -> &str {
        if self.qualified { &self.namespace } else { "" }
    }

    /// One line for each element and attribute below the global element of this name, in order.
    pub(crate) fn lines(&self, root: &str) -> Vec<String> {
        let document = Document::parse(&self.text).unwrap();
        let root = global(&document, "element", root).unwrap();
        let mut lines = Vec::new();
        walk(&document, root, "", &mut lines);
        lines
    }
}

/// The same line for an element of a catalogue.
pub(crate) fn line_of(element: &Element) -> String {
    let value = match element.value_type {
        None => "object",
        Some(ValueType::Text) => "text",
        Some(ValueType::Integer) => "integer",
        Some(ValueType::Decimal) => "decimal",
        Some(ValueType::Boolean) => "boolean",
        Some(ValueType::Date) => "date",
        Some(ValueType::DateTime) => "date-time",
    };
    line(&element.path, value, element.required, element.repeats)
}

fn line(path: &str, value: &str, required: bool, repeats: bool) -> String {
    let occurs = match (required, repeats) {
        (true, false) => "1",
        (false, false) => "0..1",
        (true, true) => "1..n",
        (false, true) => "0..n",
    };
    format!("{path} {value} {occurs}")
}

fn walk(document: &Document<'_>, holder: Node<'_, '_>, path: &str, lines: &mut Vec<String>) {
    let Some(content) = complex_type(document, holder) else { return };
    for attribute in content.children().filter(|node| node.has_tag_name((XS, "attribute"))) {
        let path = join(path, &format!("@{}", attribute.attribute("name").unwrap()));
        lines.push(line(&path, value_type(document, attribute), attribute.attribute("use") == Some("required"), false));
    }
    let sequence = content.children().find(|node| node.has_tag_name((XS, "sequence"))).unwrap();
    for node in sequence.children().filter(Node::is_element) {
        match node.tag_name().name() {
            "element" => {
                let path = join(path, node.attribute("name").unwrap());
                let value = if complex_type(document, node).is_some() { "object" } else { value_type(document, node) };
                let required = node.attribute("minOccurs") != Some("0");
                let repeats = !matches!(node.attribute("maxOccurs"), None | Some("1"));
                lines.push(line(&path, value, required, repeats));
                walk(document, node, &path, lines);
            }
            "any" => {}
            other => panic!("`{other}` is not expected in these schemas"),
        }
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") }
}

fn complex_type<'a, 'i>(document: &'a Document<'i>, element: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    match element.attribute("type") {
        Some(name) => global(document, "complexType", local(name)),
        None => element.children().find(|node| node.has_tag_name((XS, "complexType"))),
    }
}

fn value_type(document: &Document<'_>, node: Node<'_, '_>) -> &'static str {
    let restriction = |holder: Node<'_, '_>| {
        let restriction = holder.descendants().find(|node| node.has_tag_name((XS, "restriction"))).unwrap();
        restriction.attribute("base").unwrap().to_owned()
    };
    let name = node.attribute("type").map_or_else(|| restriction(node), str::to_owned);
    let base = global(document, "simpleType", local(&name)).map_or(name.clone(), restriction);
    match local(&base) {
        "string" | "normalizedString" => "text",
        "int" => "integer",
        "decimal" => "decimal",
        "boolean" => "boolean",
        "date" => "date",
        other => panic!("`{other}` is not expected in these schemas"),
    }
}

fn global<'a, 'i>(document: &'a Document<'i>, kind: &str, name: &str) -> Option<Node<'a, 'i>> {
    document
        .root_element()
        .children()
        .find(|node| node.has_tag_name((XS, kind)) && node.attribute("name") == Some(name))
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

const XS: &str = "http://www.w3.org/2001/XMLSchema";

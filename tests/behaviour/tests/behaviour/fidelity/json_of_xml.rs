//! A document in XML as JSON, by the rules in `docs/json-v1.md` and what is declared of it.

use roxmltree::{Document, Node};
use serde_json::value::RawValue;
use ssbtx_published::{Declaration, Kind, ValueType};

/// What the JSON front makes of an agency's document.
///
/// # Panics
///
/// If the document holds what is not declared.
pub(super) fn json_of_xml(document: &str, declared: &[Declaration]) -> String {
    Rules { declared }.object(Document::parse(document).unwrap().root_element(), "", None)
}

#[derive(Clone, Copy)]
struct Rules<'d> {
    declared: &'d [Declaration],
}

impl<'d> Rules<'d> {
    fn element(self, element: Node<'_, '_>, path: &str) -> String {
        let declaration = self.declaration(path);
        let is_nil = element.attribute((XSI, "nil")).is_some_and(|nil| matches!(nil, "true" | "1"));
        let has_attributes = self.declared.iter().any(|other| other.path.starts_with(&format!("{path}/@")));
        match declaration.kind {
            Kind::Object if is_nil => "null".to_owned(),
            Kind::Object => self.object(element, path, None),
            _ => {
                // Comments and CDATA sections split a text.
                let text: String = element.children().filter(Node::is_text).filter_map(|node| node.text()).collect();
                let text = if is_nil { "null".to_owned() } else { scalar(&text, declaration) };
                if has_attributes { self.object(element, path, Some(text)) } else { text }
            }
        }
    }

    /// The attributes, then the elements, each name at the place of its first.
    fn object(self, element: Node<'_, '_>, path: &str, text: Option<String>) -> String {
        let mut members: Vec<(String, Vec<String>)> = Vec::new();
        for attribute in element.attributes().filter(|attribute| attribute.namespace() != Some(XSI)) {
            let name = format!("@{}", attribute.name());
            let value = scalar(attribute.value(), self.declaration(&below(path, &name)));
            members.push((name, vec![value]));
        }
        for child in element.children().filter(Node::is_element) {
            let name = child.tag_name().name();
            let value = self.element(child, &below(path, name));
            match members.iter_mut().find(|(other, _)| other == name) {
                Some((_, values)) => values.push(value),
                None => members.push((name.to_owned(), vec![value])),
            }
        }
        members.extend(text.map(|text| ("#text".to_owned(), vec![text])));
        let members = members.into_iter().map(|(name, values)| {
            let repeats = !name.starts_with(['@', '#']) && self.declaration(&below(path, &name)).repeats;
            let values = if repeats { format!("[{}]", values.join(",")) } else { values.concat() };
            format!("{name:?}:{values}")
        });
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    }

    fn declaration(self, path: &str) -> &'d Declaration {
        self.declared
            .iter()
            .find(|declared| declared.path == path)
            .unwrap_or_else(|| panic!("`{path}` is not declared"))
    }
}

fn scalar(text: &str, declaration: &Declaration) -> String {
    match declaration.value_type {
        Some(ValueType::Integer | ValueType::Decimal) if is_number(text) => text.to_owned(),
        Some(ValueType::Boolean) if matches!(text, "true" | "1") => "true".to_owned(),
        Some(ValueType::Boolean) if matches!(text, "false" | "0") => "false".to_owned(),
        _ => serde_json::to_string(text).unwrap(),
    }
}

/// Whether JSON has a number that is written so.
fn is_number(text: &str) -> bool {
    let begins = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    begins && serde_json::from_str::<&RawValue>(text).is_ok_and(|number| number.get() == text)
}

fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") }
}

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

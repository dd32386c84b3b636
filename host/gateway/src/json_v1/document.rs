//! An agency's document as nested JSON by element name.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};
use serde_json::value::RawValue;
use ssbtx_core::{Document, Element, ElementId, Kind, Node, Value, ValueType};

/// A document, as it is serialised: the `document` of a part in JSON v1 (`docs/json-v1.md`).
///
/// The shape follows from the catalogue alone, never from how many values an agency happened to send: what may repeat is an array, and a
/// scalar that may have attributes is an object with its value under `#text`. Keys stand in the agency's order: nothing of a JSON agency's answer
/// moves.
pub struct DocumentJson<'d> {
    document: &'d Document,
}

impl<'d> DocumentJson<'d> {
    /// The JSON of a document.
    pub fn new(document: &'d Document) -> Self {
        Self { document }
    }

    /// The key of an element among its siblings: its local name, with the namespace before it where that alone would be ambiguous.
    fn key(&self, id: ElementId, element: &'d Element) -> Cow<'d, str> {
        let sigil = if element.kind == Kind::Attribute { "@" } else { "" };
        if self.document.catalogue().shares_local_name(id) {
            format!("{sigil}{{{}}}{}", element.namespace, element.name).into()
        } else if sigil.is_empty() {
            element.name.as_str().into()
        } else {
            format!("{sigil}{}", element.name).into()
        }
    }

    fn branch(&self, position: usize) -> Option<Branch<'_, 'd>> {
        let node = self.document.nodes().get(position)?;
        let element = self.document.catalogue().element(node.element)?;
        Some(Branch { json: self, position, node, element })
    }
}

impl Serialize for DocumentJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.branch(0).serialize(serializer)
    }
}

/// A node with everything below it.
#[derive(Clone, Copy)]
struct Branch<'j, 'd> {
    json: &'j DocumentJson<'d>,
    position: usize,
    node: &'d Node,
    element: &'d Element,
}

impl<'j, 'd> Branch<'j, 'd> {
    fn children(self) -> impl Iterator<Item = Branch<'j, 'd>> {
        let below = self.node.depth + 1;
        let nodes = self.json.document.nodes().iter().enumerate().skip(self.position + 1);
        nodes
            .take_while(move |(_, node)| node.depth >= below)
            .filter(move |(_, node)| node.depth == below)
            .filter_map(move |(position, _)| self.json.branch(position))
    }

    /// The children by element, each element at the place of its first child.
    fn members(self) -> Vec<(ElementId, Vec<Self>)> {
        let mut members: Vec<(ElementId, Vec<Self>)> = Vec::new();
        for child in self.children() {
            // From the end, since those of one element mostly stand together.
            match members.iter_mut().rev().find(|(element, _)| *element == child.node.element) {
                Some((_, branches)) => branches.push(child),
                None => members.push((child.node.element, vec![child])),
            }
        }
        members
    }

    fn serialize_object<S: Serializer>(self, serializer: S, text: Option<Scalar<'_>>) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (id, branches) in self.members() {
            let Some(first) = branches.first() else { continue };
            let key = self.json.key(id, first.element);
            match branches.as_slice() {
                [branch] if !branch.element.repeats => map.serialize_entry(&key, branch)?,
                branches => map.serialize_entry(&key, branches)?,
            }
        }
        if let Some(text) = text {
            map.serialize_entry("#text", &text)?;
        }
        map.end()
    }
}

impl Serialize for Branch<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let scalar = Scalar { value: &self.node.value, value_type: self.element.value_type };
        match (self.element.kind, &self.node.value) {
            (Kind::Object | Kind::List, Value::Null) => serializer.serialize_unit(),
            (Kind::Object, _) => self.serialize_object(serializer, None),
            (Kind::List, _) => {
                let mut items = serializer.serialize_seq(None)?;
                for item in self.children() {
                    items.serialize_element(&item)?;
                }
                items.end()
            }
            (Kind::Scalar, _) if self.json.document.catalogue().may_have_attributes(self.node.element) => {
                self.serialize_object(serializer, Some(scalar))
            }
            (Kind::Scalar | Kind::Attribute, _) => scalar.serialize(serializer),
        }
    }
}

/// A value, typed as its catalogue says where the text allows it, else as the text that it is.
struct Scalar<'v> {
    value: &'v Value,
    value_type: ValueType,
}

impl Serialize for Scalar<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.value, self.value_type) {
            (Value::Null | Value::Structure, _) => serializer.serialize_unit(),
            (Value::Boolean(value), _) => serializer.serialize_bool(*value),
            (Value::Number(digits), _) => serialize_digits(digits, serializer),
            (Value::Text(text), ValueType::Integer | ValueType::Decimal) => serialize_digits(text, serializer),
            (Value::Text(text), ValueType::Boolean) => match text.as_str() {
                "true" | "1" => serializer.serialize_bool(true),
                "false" | "0" => serializer.serialize_bool(false),
                text => serializer.serialize_str(text),
            },
            (Value::Text(text), ValueType::None | ValueType::Text | ValueType::Date | ValueType::DateTime) => {
                serializer.serialize_str(text)
            }
        }
    }
}

/// Digits as they were written, so that no amount is rounded; what JSON has no number for stays a text.
fn serialize_digits<S: Serializer>(digits: &str, serializer: S) -> Result<S::Ok, S::Error> {
    let number = if Value::is_json_number(digits) { serde_json::from_str::<&RawValue>(digits).ok() } else { None };
    match number {
        Some(number) => number.serialize(serializer),
        None => serializer.serialize_str(digits),
    }
}

#[cfg(test)]
mod tests;

//! A document as nested JSON, in the shape that JSON v1 gives it.

use std::collections::HashMap;

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::value::RawValue;
use ssbtx_core::{Catalogue, Document, Element, ElementId, Encoding, Kind, Node, Value, ValueType};

/// A document, as it is serialised.
///
/// The shape is that of `docs/json-v1.md` and follows from the catalogue alone: what may repeat is an array, a scalar that may have attributes
/// is an object with its value under `#text`, and siblings of one name have their namespace before it.
pub(crate) struct DocumentJson<'d>(&'d Document);

impl<'d> DocumentJson<'d> {
    pub(crate) fn new(document: &'d Document) -> Self {
        Self(document)
    }
}

impl Serialize for DocumentJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Branch { document: self.0, nodes: self.0.nodes() }.serialize(serializer)
    }
}

/// A node with everything below it, in pre-order.
#[derive(Clone, Copy)]
struct Branch<'d> {
    document: &'d Document,
    nodes: &'d [Node],
}

impl<'d> Branch<'d> {
    fn children(self) -> Vec<Self> {
        let Some((own, below)) = self.nodes.split_first() else { return Vec::new() };
        let starts = |node: &&Node| node.depth == own.depth + 1;
        below
            .iter()
            .enumerate()
            .filter(|(_, node)| starts(node))
            .filter_map(|(start, _)| {
                let from = below.get(start..)?;
                let length = from.iter().skip(1).take_while(|node| node.depth > own.depth + 1).count() + 1;
                Some(Self { document: self.document, nodes: from.get(..length)? })
            })
            .collect()
    }

    fn element(self) -> Option<(ElementId, &'d Element)> {
        let id = self.nodes.first()?.element;
        Some((id, self.document.catalogue().element(id)?))
    }

    fn serialize_object<S: Serializer>(self, serializer: S, text: Option<Scalar<'_>>) -> Result<S::Ok, S::Error> {
        let mut members: Vec<(&Element, String, Vec<Self>)> = Vec::new();
        let mut places: HashMap<ElementId, usize> = HashMap::new();
        for child in self.children() {
            let Some((id, element)) = child.element() else { continue };
            let place = *places.entry(id).or_insert_with(|| {
                members.push((element, key(self.document.catalogue(), id, element), Vec::new()));
                members.len() - 1
            });
            if let Some((_, _, branches)) = members.get_mut(place) {
                branches.push(child);
            }
        }
        let mut map = serializer.serialize_map(None)?;
        for (element, key, branches) in &members {
            match branches.as_slice() {
                [branch] if !element.repeats => map.serialize_entry(key, branch)?,
                branches => map.serialize_entry(key, branches)?,
            }
        }
        if let Some(text) = text {
            map.serialize_entry("#text", &text)?;
        }
        map.end()
    }
}

impl Serialize for Branch<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (Some(node), Some((id, element))) = (self.nodes.first(), self.element()) else {
            return serializer.serialize_unit();
        };
        let scalar = Scalar { value: &node.value, value_type: element.value_type };
        match (element.kind, &node.value) {
            (Kind::Object | Kind::List, Value::Null) => serializer.serialize_unit(),
            (Kind::Object, _) => self.serialize_object(serializer, None),
            (Kind::List, _) => serializer.collect_seq(self.children()),
            (Kind::Scalar, _) if may_have_attributes(self.document.catalogue(), id) => {
                self.serialize_object(serializer, Some(scalar))
            }
            (Kind::Scalar | Kind::Attribute, _) => scalar.serialize(serializer),
        }
    }
}

/// The key of an element among its siblings.
fn key(catalogue: &Catalogue, id: ElementId, element: &Element) -> String {
    let is_attribute = |element: &Element| element.kind == Kind::Attribute;
    let sigil = if is_attribute(element) { "@" } else { "" };
    let is_ambiguous = catalogue.encoding() == Encoding::Xml
        && catalogue.iter().any(|(other_id, other)| {
            other_id != id
                && other.parent == element.parent
                && other.name == element.name
                && is_attribute(other) == is_attribute(element)
        });
    if is_ambiguous {
        format!("{sigil}{{{}}}{}", element.namespace, element.name)
    } else {
        format!("{sigil}{}", element.name)
    }
}

fn may_have_attributes(catalogue: &Catalogue, id: ElementId) -> bool {
    catalogue.elements().iter().any(|element| element.kind == Kind::Attribute && element.parent == Some(id))
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
            (Value::Number(digits), _) | (Value::Text(digits), ValueType::Integer | ValueType::Decimal) => {
                serialize_digits(digits, serializer)
            }
            (Value::Text(text), ValueType::Boolean) => match text.as_str() {
                "true" | "1" => serializer.serialize_bool(true),
                "false" | "0" => serializer.serialize_bool(false),
                text => serializer.serialize_str(text),
            },
            (Value::Text(text), _) => serializer.serialize_str(text),
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

//! An agency's document as nested JSON by element name.

use std::collections::{HashMap, HashSet};

use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};
use serde_json::value::RawValue;
use ssbtx_core::{Document, Element, ElementId, Encoding, Kind, Node, Value, ValueType};

/// A document, as it is serialised: the `document` of a part in JSON v1 (`docs/json-v1.md`).
///
/// The shape follows from the catalogue alone, never from how many values an agency happened to send: what may repeat is an array, and a
/// scalar that may have attributes is an object with its value under `#text`. Keys stand in the agency's order: nothing of a JSON agency's answer
/// moves.
pub struct DocumentJson<'d> {
    document: &'d Document,
    /// Elements that share their name with a sibling of another namespace.
    ambiguous: HashSet<ElementId>,
    /// Scalars that may have attributes.
    with_attributes: HashSet<ElementId>,
}

impl<'d> DocumentJson<'d> {
    /// Looks through the document's catalogue once.
    pub fn new(document: &'d Document) -> Self {
        let catalogue = document.catalogue();
        let mut by_name: HashMap<_, Vec<ElementId>> = HashMap::new();
        let mut with_attributes = HashSet::new();
        for (id, element) in catalogue.iter() {
            let is_attribute = element.kind == Kind::Attribute;
            // In JSON only an object and a list share a name, and a document has one of them: its key is the agency's own.
            if catalogue.encoding() == Encoding::Xml {
                by_name.entry((element.parent, is_attribute, element.name.as_str())).or_default().push(id);
            }
            with_attributes.extend(element.parent.filter(|_| is_attribute));
        }
        with_attributes.retain(|id| catalogue.element(*id).is_some_and(|element| element.kind == Kind::Scalar));
        let ambiguous = by_name.into_values().filter(|ids| ids.len() > 1).flatten().collect();
        Self { document, ambiguous, with_attributes }
    }

    /// The key of an element among its siblings: its local name, with the namespace before it where that alone would be ambiguous.
    fn key(&self, id: ElementId, element: &Element) -> String {
        let sigil = if element.kind == Kind::Attribute { "@" } else { "" };
        if self.ambiguous.contains(&id) {
            format!("{sigil}{{{}}}{}", element.namespace, element.name)
        } else {
            format!("{sigil}{}", element.name)
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
    node: &'j Node,
    element: &'j Element,
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

    /// The children by key, each key at the place of its first child.
    fn members(self) -> Vec<(String, Vec<Self>)> {
        let mut members: Vec<(String, Vec<Self>)> = Vec::new();
        let mut places: HashMap<ElementId, usize> = HashMap::new();
        for child in self.children() {
            let place = *places.entry(child.node.element).or_insert_with(|| {
                members.push((self.json.key(child.node.element, child.element), Vec::new()));
                members.len() - 1
            });
            if let Some((_, branches)) = members.get_mut(place) {
                branches.push(child);
            }
        }
        members
    }

    fn serialize_object<S: Serializer>(self, serializer: S, text: Option<Scalar<'_>>) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, branches) in self.members() {
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
            (Kind::Scalar, _) if self.json.with_attributes.contains(&self.node.element) => {
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

//! An agency's document, in the agency's order and with the agency's digits.

use std::fmt;

use anyhow::{Context, Result};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::catalogue::{Catalogue, Kind};

/// A piece of a document.
#[derive(Debug, PartialEq, Eq)]
pub enum Node {
    /// Named members, in the order of the answer.
    Object(Vec<(String, Node)>),
    /// Items of a list, or occurrences of an element that may repeat.
    List(Vec<Node>),
    /// A text.
    Text(String),
    /// A number, to the digit.
    Number(String),
    /// True or false.
    Boolean(bool),
    /// Nothing, said aloud.
    Null,
}

impl Node {
    /// Reads a document.
    pub fn read(raw: &RawValue) -> Result<Self> {
        read(raw).context("read a document")
    }

    /// Calls with the path and node of every value.
    pub fn each_value(&self, catalogue: &Catalogue, visit: &mut impl FnMut(&str, &Self)) {
        self.visit("", catalogue, visit);
    }

    fn visit(&self, path: &str, catalogue: &Catalogue, visit: &mut impl FnMut(&str, &Self)) {
        match self {
            Self::Object(members) => {
                for (name, member) in members {
                    member.visit(&below(path, name), catalogue, visit);
                }
            }
            Self::List(items) => {
                let path = path_of_items(path, catalogue);
                for item in items {
                    item.visit(&path, catalogue, visit);
                }
            }
            Self::Text(_) | Self::Number(_) | Self::Boolean(_) | Self::Null => visit(path, self),
        }
    }
}

/// The path of a member. The value of a scalar that has attributes is the scalar's own.
pub fn below(path: &str, name: &str) -> String {
    match (path, name) {
        (path, OWN_VALUE) => path.to_owned(),
        ("", name) => name.to_owned(),
        (path, name) => format!("{path}/{name}"),
    }
}

/// The path of an array's items: a list's have an element of their own, an element that repeats is itself its items.
pub fn path_of_items(path: &str, catalogue: &Catalogue) -> String {
    match catalogue.element(path) {
        Some(element) if element.kind == Kind::List => below(path, ITEM),
        _ => path.to_owned(),
    }
}

/// Whether a path is another or lies below it; all paths lie below the empty one.
pub fn is_within(path: &str, other: &str) -> bool {
    match path.strip_prefix(other) {
        Some(rest) => other.is_empty() || rest.is_empty() || rest.starts_with('/'),
        None => false,
    }
}

fn read(raw: &RawValue) -> serde_json::Result<Node> {
    let text = raw.get();
    Ok(match text.bytes().next() {
        Some(b'{') => {
            let Members(members) = serde_json::from_str(text)?;
            let read = |(name, member)| Ok((name, read(member)?));
            Node::Object(members.into_iter().map(read).collect::<serde_json::Result<_>>()?)
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text)?;
            Node::List(items.into_iter().map(read).collect::<serde_json::Result<_>>()?)
        }
        Some(b'"') => Node::Text(serde_json::from_str(text)?),
        Some(b't' | b'f') => Node::Boolean(serde_json::from_str(text)?),
        Some(b'n') => Node::Null,
        _ => Node::Number(text.to_owned()),
    })
}

/// An object's members, in order: a map would sort them.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InOrder)
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Members<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

/// The key of the value of a scalar that has attributes.
const OWN_VALUE: &str = "#text";
/// The name of a list's items in a path.
const ITEM: &str = "item";

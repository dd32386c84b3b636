//! A file's values with the lines that they stand on.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The keys of a table.
pub(crate) type Entries = BTreeMap<String, Located>;

/// A value, and the line of its key or, in a list, its own.
pub(crate) struct Located {
    pub(crate) line: usize,
    pub(crate) node: Node,
}

/// A value as a file can write it.
pub(crate) enum Node {
    Text(String),
    Number(i64),
    List(Vec<Located>),
    Table(Entries),
    /// What no key takes, by the name of its type.
    Other(&'static str),
}

impl Node {
    /// What it is, for somebody who expected something else.
    pub(crate) fn found(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Number(_) => "a number",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Other(name) => name,
        }
    }
}

/// The line of a place in a text, from 1.
pub(crate) fn line_of(text: &str, place: usize) -> usize {
    text.bytes().take(place).filter(|byte| *byte == b'\n').count().saturating_add(1)
}

/// Takes a parsed table, with the lines of the text that it was parsed from.
pub(crate) fn entries(text: &str, table: &DeTable<'_>) -> Entries {
    table
        .iter()
        .map(|(key, value)| {
            let line = line_of(text, key.span().start);
            (key.get_ref().to_string(), Located { line, node: node(text, value.get_ref()) })
        })
        .collect()
}

fn node(text: &str, value: &DeValue<'_>) -> Node {
    match value {
        DeValue::String(value) => Node::Text(value.to_string()),
        DeValue::Integer(value) => i64::from_str_radix(value.as_str(), value.radix())
            .map_or(Node::Other("a number beyond 64 bits"), Node::Number),
        DeValue::Array(list) => Node::List(list.iter().map(|value| element(text, value)).collect()),
        DeValue::Table(table) => Node::Table(entries(text, table)),
        DeValue::Float(_) => Node::Other("a number with a fraction"),
        DeValue::Boolean(_) => Node::Other("true or false"),
        DeValue::Datetime(_) => Node::Other("a date or time"),
    }
}

fn element(text: &str, value: &Spanned<DeValue<'_>>) -> Located {
    Located { line: line_of(text, value.span().start), node: node(text, value.get_ref()) }
}

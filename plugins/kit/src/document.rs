//! From an agency's XML straight to nodes, and what an adapter needs to look up among them.

mod reader;

use crate::bindings::exports::ssbtx::adapter::translation::{Document, Value};

pub(crate) use reader::read;

/// The text of the first node of this element, if there is one and it is not null.
pub fn text(document: &Document, element: u16) -> Option<&str> {
    texts(document, element).next()
}

/// The texts of all nodes of this element, in the order of the document.
pub fn texts(document: &Document, element: u16) -> impl Iterator<Item = &str> {
    document.nodes.iter().filter(move |node| node.element == element).filter_map(|node| match &node.value {
        Value::Text(text) => Some(text.as_str()),
        Value::Structure | Value::Null | Value::Boolean(_) | Value::Number(_) => None,
    })
}

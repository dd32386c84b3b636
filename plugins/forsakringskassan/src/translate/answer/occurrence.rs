//! Where an element occurs in a document, and what lies in it there.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Document, Node, Value};

/// One occurrence of an element: its node and all nodes in it.
#[derive(Clone, Copy)]
pub(super) struct Occurrence<'d>(&'d [Node]);

/// Every occurrence of this element in a document, in its order.
pub(super) fn occurrences(document: &Document, element: u16) -> impl Iterator<Item = Occurrence<'_>> {
    within(&document.nodes, element)
}

fn within(nodes: &[Node], element: u16) -> impl Iterator<Item = Occurrence<'_>> {
    nodes.iter().enumerate().filter(move |(_, node)| node.element == element).filter_map(|(position, node)| {
        let from = nodes.get(position..)?;
        // Nodes are in pre-order: what lies in it comes directly after it, deeper.
        let inside = from.iter().skip(1).take_while(|other| other.depth > node.depth).count();
        from.get(..=inside).map(Occurrence)
    })
}

impl<'d> Occurrence<'d> {
    /// Every occurrence of another element in it, in the order of the document.
    pub(super) fn occurrences(self, element: u16) -> impl Iterator<Item = Occurrence<'d>> {
        within(self.0, element)
    }

    /// The text of this element in it, white space around it left out.
    pub(super) fn text(self, element: u16) -> Option<&'d str> {
        self.0.iter().find(|node| node.element == element).and_then(|node| match &node.value {
            Value::Text(text) => Some(text.trim()),
            Value::Structure | Value::Null | Value::Boolean(_) | Value::Number(_) => None,
        })
    }
}

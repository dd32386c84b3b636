//! An agency's document as XML: straight from its nodes, in one pass.

use ssbtx_core::{Catalogue, Document, Element, ElementId, Kind, Node, Value};

use super::xml::Writer;

/// How the document's root is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Root<'n> {
    /// Under its own name.
    Own,
    /// Under a name of the contract's, which the catalogue's root only gives the type of.
    Named(&'n str),
}

/// Writes a document. Every name has a prefix, declared on the root: there is no default namespace that an unqualified name could fall into.
pub(super) fn write(out: &mut Writer, document: &Document, root: Root<'_>) {
    let catalogue = document.catalogue();
    let prefixes = Prefixes::of(catalogue);
    let nodes = document.nodes();
    let mut open: Vec<(u16, String)> = Vec::new();
    for (position, node) in nodes.iter().enumerate() {
        let Some(element) = catalogue.element(node.element).filter(|element| element.kind != Kind::Attribute) else {
            continue;
        };
        while let Some((_, name)) = open.pop_if(|(depth, _)| *depth >= node.depth) {
            out.close(&name);
        }
        let name = match root {
            Root::Named(name) if node.element == ElementId::ROOT => name.to_owned(),
            Root::Named(_) | Root::Own => prefixes.name(element),
        };
        out.start(&name);
        if node.element == ElementId::ROOT {
            prefixes.declare(out, nodes);
        }
        for (attribute, value) in attributes(catalogue, nodes, position) {
            out.attribute(&prefixes.name(attribute), value);
        }
        match &node.value {
            Value::Structure => out.started(),
            Value::Null => {
                out.attribute("xsi:nil", "true");
                out.started();
            }
            Value::Boolean(value) => {
                out.started();
                out.text(if *value { "true" } else { "false" });
            }
            Value::Number(text) | Value::Text(text) => {
                out.started();
                out.text(text);
            }
        }
        open.push((node.depth, name));
    }
    while let Some((_, name)) = open.pop() {
        out.close(&name);
    }
}

/// The attributes of the element at a position: they follow it one level deeper, before its children.
fn attributes<'d>(
    catalogue: &'d Catalogue,
    nodes: &'d [Node],
    position: usize,
) -> impl Iterator<Item = (&'d Element, &'d str)> {
    let depth = nodes.get(position).map_or(0, |node| node.depth);
    nodes
        .iter()
        .skip(position + 1)
        .take_while(move |node| node.depth > depth)
        .filter(move |node| node.depth == depth + 1)
        .filter_map(|node| {
            let element = catalogue.element(node.element).filter(|element| element.kind == Kind::Attribute)?;
            match &node.value {
                Value::Text(text) => Some((element, text.as_str())),
                Value::Structure | Value::Null | Value::Boolean(_) | Value::Number(_) => None,
            }
        })
}

/// A prefix for every namespace of a catalogue: `n1`, `n2` and so on, which the contract's own prefixes cannot be.
struct Prefixes<'c>(Vec<&'c str>);

impl<'c> Prefixes<'c> {
    fn of(catalogue: &'c Catalogue) -> Self {
        let mut namespaces = Vec::new();
        for element in catalogue.elements() {
            let namespace = element.namespace.as_str();
            if !namespace.is_empty() && namespace != XML_NAMESPACE && !namespaces.contains(&namespace) {
                namespaces.push(namespace);
            }
        }
        Self(namespaces)
    }

    fn name(&self, element: &Element) -> String {
        let namespace = element.namespace.as_str();
        if namespace == XML_NAMESPACE {
            return format!("xml:{}", element.name);
        }
        match self.0.iter().position(|known| *known == namespace) {
            Some(position) => format!("n{}:{}", position + 1, element.name),
            None => element.name.clone(),
        }
    }

    fn declare(&self, out: &mut Writer, nodes: &[Node]) {
        for (position, namespace) in self.0.iter().enumerate() {
            out.attribute(&format!("xmlns:n{}", position + 1), namespace);
        }
        if nodes.iter().any(|node| node.value == Value::Null) {
            out.attribute("xmlns:xsi", XSI_NAMESPACE);
        }
    }
}

const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";
const XSI_NAMESPACE: &str = "http://www.w3.org/2001/XMLSchema-instance";

#[cfg(test)]
mod tests;

//! An agency's document as XML: straight from its nodes, in one pass.

use std::collections::HashMap;

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
            Root::Named(_) | Root::Own => prefixes.name(node.element, element),
        };
        out.start(&name);
        if node.element == ElementId::ROOT {
            prefixes.declare(out, nodes);
        }
        for (id, attribute, value) in attributes(catalogue, nodes, position) {
            out.attribute(&prefixes.name(id, attribute), value);
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
) -> impl Iterator<Item = (ElementId, &'d Element, &'d str)> {
    let depth = nodes.get(position).map_or(0, |node| node.depth);
    nodes.iter().skip(position + 1).take_while(move |node| node.depth > depth).map_while(|node| {
        let element = catalogue.element(node.element).filter(|element| element.kind == Kind::Attribute)?;
        match &node.value {
            Value::Text(text) => Some((node.element, element, text.as_str())),
            Value::Structure | Value::Null | Value::Boolean(_) | Value::Number(_) => None,
        }
    })
}

/// A prefix for every namespace of a catalogue: `n1`, `n2` and so on, which the contract's own prefixes cannot be.
struct Prefixes<'c> {
    /// Those that are declared, in the order of the catalogue.
    namespaces: Vec<&'c str>,
    /// Each element's, by its position, so that nothing is looked for among many namespaces at every node.
    by_element: Vec<Prefix>,
}

#[derive(Clone, Copy)]
enum Prefix {
    None,
    Xml,
    Numbered(usize),
}

impl<'c> Prefixes<'c> {
    fn of(catalogue: &'c Catalogue) -> Self {
        let mut namespaces = Vec::new();
        let mut numbers = HashMap::new();
        let prefix = |element: &'c Element| match element.namespace.as_str() {
            "" => Prefix::None,
            XML_NAMESPACE => Prefix::Xml,
            namespace => Prefix::Numbered(*numbers.entry(namespace).or_insert_with(|| {
                namespaces.push(namespace);
                namespaces.len()
            })),
        };
        let by_element = catalogue.elements().iter().map(prefix).collect();
        Self { namespaces, by_element }
    }

    fn name(&self, id: ElementId, element: &Element) -> String {
        match self.by_element.get(id.index()) {
            Some(Prefix::Numbered(number)) => format!("n{number}:{}", element.name),
            Some(Prefix::Xml) => format!("xml:{}", element.name),
            Some(Prefix::None) | None => element.name.clone(),
        }
    }

    fn declare(&self, out: &mut Writer, nodes: &[Node]) {
        for (number, namespace) in (1..).zip(&self.namespaces) {
            out.attribute(&format!("xmlns:n{number}"), namespace);
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

//! A document as nested JSON, straight from its nodes.

use anyhow::{Context, Result};
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Node, Value};

use crate::natively::{Layout, Shape};

/// Writes a document: what may repeat is an array of those that stand beside each other.
pub(super) fn write(out: &mut String, layout: &Layout, nodes: &[Node]) -> Result<()> {
    let root = nodes.first().context("no root")?;
    value(out, layout, root, nodes.get(1..).unwrap_or_default())
}

fn value(out: &mut String, layout: &Layout, node: &Node, below: &[Node]) -> Result<()> {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Boolean(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(digits) => out.push_str(digits),
        Value::Text(text) if below.is_empty() => out.push_str(&serde_json::to_string(text)?),
        Value::Text(text) => object(out, layout, below, Some(text))?,
        Value::Structure if shape(layout, node)?.is_list => list(out, layout, below)?,
        Value::Structure => object(out, layout, below, None)?,
    }
    Ok(())
}

fn list(out: &mut String, layout: &Layout, mut nodes: &[Node]) -> Result<()> {
    out.push('[');
    while let Some((node, below, rest)) = first(nodes) {
        value(out, layout, node, below)?;
        nodes = rest;
        if !nodes.is_empty() {
            out.push(',');
        }
    }
    out.push(']');
    Ok(())
}

fn object(out: &mut String, layout: &Layout, mut nodes: &[Node], text: Option<&str>) -> Result<()> {
    out.push('{');
    while let Some((node, below, mut rest)) = first(nodes) {
        let Shape { name, repeats, .. } = shape(layout, node)?;
        out.push('"');
        out.push_str(name);
        out.push_str("\":");
        if *repeats {
            out.push('[');
        }
        value(out, layout, node, below)?;
        while let Some((again, below, after)) =
            first(rest).filter(|(next, ..)| *repeats && next.element == node.element)
        {
            out.push(',');
            value(out, layout, again, below)?;
            rest = after;
        }
        if *repeats {
            out.push(']');
        }
        nodes = rest;
        if !nodes.is_empty() {
            out.push(',');
        }
    }
    if let Some(text) = text {
        out.push_str(",\"#text\":");
        out.push_str(&serde_json::to_string(text)?);
    }
    out.push('}');
    Ok(())
}

/// The first of some siblings, what is below it, and the others.
fn first(nodes: &[Node]) -> Option<(&Node, &[Node], &[Node])> {
    let (node, rest) = nodes.split_first()?;
    let below = rest.iter().take_while(|next| next.depth > node.depth).count();
    let (below, others) = rest.split_at(below);
    Some((node, below, others))
}

fn shape<'l>(layout: &'l Layout, node: &Node) -> Result<&'l Shape> {
    layout.elements.get(usize::from(node.element)).context("element that is not in the catalogue")
}

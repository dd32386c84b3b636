//! What the SOAP answer says of each agency, in brief.

use anyhow::{Context, Result};
use roxmltree::{Document, Node};

/// One agency's part of a SOAP answer: how much its data holds, or its error.
pub struct SoapPart {
    /// The agency's element.
    pub agency: String,
    /// In words.
    pub content: String,
}

/// Reads the parts of an answer of SSBTEK's version 10.
pub fn parts(answer: &str) -> Result<Vec<SoapPart>> {
    let document = Document::parse(answer).context("read the SOAP answer")?;
    let data =
        document.descendants().find(|node| node.has_tag_name((NAMESPACE, "svarsdata"))).context("find `svarsdata`")?;
    Ok(data
        .children()
        .filter(Node::is_element)
        .map(|part| SoapPart { agency: part.tag_name().name().to_owned(), content: content(part) })
        .collect())
}

fn content(part: Node<'_, '_>) -> String {
    let child = |name| part.children().find(|child| child.has_tag_name((NAMESPACE, name)));
    if let Some(data) = child("data") {
        let is_value = |node: &Node<'_, '_>| node.is_element() && !node.children().any(|child| child.is_element());
        let values: Vec<_> = data.descendants().filter(is_value).collect();
        // A document of its own, as text: CSN's and Försäkringskassan's in base64, Skatteverket's as it is.
        return match values.as_slice() {
            [document] => match document.text() {
                Some(text) => format!("data, a document as {} characters of text", text.chars().count()),
                None => "data, empty".to_owned(),
            },
            values => format!("data, {} values", values.len()),
        };
    }
    let text = |name| {
        let of_error = |error: Node<'_, '_>| {
            error
                .children()
                .find(|node| node.has_tag_name((NAMESPACE, name)))
                .and_then(|node| node.text().map(str::to_owned))
        };
        child("error").and_then(of_error).unwrap_or_default()
    };
    format!("error {} {}: {}", text("kalla"), text("felkod"), text("felmeddelande"))
}

const NAMESPACE: &str = "http://schema.forsakringskassan.se/integration/ssbt/10";

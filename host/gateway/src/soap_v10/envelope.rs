//! The SOAP 1.1 envelope, read and written.

use roxmltree::{Document, Node, ParsingOptions};

use super::fault::{Fault, Operation};
use super::xml::{DECLARATION, Writer};
use super::{measure, well_formed};

/// The namespace of SSBTEK v10.
pub(super) const NAMESPACE: &str = "http://schema.forsakringskassan.se/integration/ssbt/10";
/// The namespace of SOAP 1.1.
pub(super) const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// Reads XML that is no larger in any direction than a question can be. A document type declaration is refused, so no entity is ever expanded but XML's own five.
pub(super) fn parse(text: &str) -> Result<Document<'_>, Fault> {
    measure::check(text).map_err(Fault::NoSoapMessage)?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| {
        let position = error.pos();
        Fault::MalformedXml { line: position.row, column: position.col }
    })?;
    well_formed::check(&document)?;
    Ok(document)
}

/// Finds the operation that a message calls.
pub(super) fn operation<'a, 'i>(document: &'a Document<'i>) -> Result<(Operation, Node<'a, 'i>), Fault> {
    let envelope = document.root_element();
    match (envelope.tag_name().name(), envelope.tag_name().namespace()) {
        ("Envelope", Some(SOAP)) => {}
        ("Envelope", Some(_)) => return Err(Fault::SoapVersion),
        _ => return Err(Fault::NoSoapMessage("an `Envelope`")),
    }
    let mut parts = envelope.children().filter(Node::is_element).peekable();
    if let Some(header) = parts.next_if(|node| node.has_tag_name((SOAP, "Header"))) {
        understand(header)?;
    }
    let body = parts.next().filter(|node| node.has_tag_name((SOAP, "Body"))).ok_or(Fault::NoSoapMessage("a `Body`"))?;
    let mut operations = body.children().filter(Node::is_element);
    let (Some(operation), None) = (operations.next(), operations.next()) else {
        return Err(Fault::NoSoapMessage("one element in the `Body`"));
    };
    match (operation.tag_name().name(), operation.tag_name().namespace()) {
        ("hamtaBastjanstInformation", Some(NAMESPACE)) => Ok((Operation::Ask, operation)),
        ("testaBastjanstInformation", Some(NAMESPACE)) => Ok((Operation::Test, operation)),
        _ => Err(Fault::UnknownOperation),
    }
}

/// Writes a message.
pub(super) fn in_envelope(content: impl FnOnce(&mut Writer)) -> String {
    let mut out = Writer::default();
    out.append(DECLARATION);
    out.start("soap:Envelope");
    out.attribute("xmlns:soap", SOAP);
    out.started();
    out.open("soap:Body");
    content(&mut out);
    out.close("soap:Body");
    out.close("soap:Envelope");
    out.finish()
}

/// No header is understood, so one that must be is refused. One that is meant for another receiver is not ours to understand.
fn understand(header: Node<'_, '_>) -> Result<(), Fault> {
    let for_us = |node: &Node<'_, '_>| node.attribute((SOAP, "actor")).is_none_or(|actor| actor == NEXT_ACTOR);
    let must =
        |node: &Node<'_, '_>| matches!(node.attribute((SOAP, "mustUnderstand")).map(str::trim), Some("1" | "true"));
    if header.children().filter(Node::is_element).any(|node| must(&node) && for_us(&node)) {
        Err(Fault::MustUnderstand)
    } else {
        Ok(())
    }
}

const NEXT_ACTOR: &str = "http://schemas.xmlsoap.org/soap/actor/next";
/// A question has fewer than a hundred nodes; white space and processors included, no honest one comes near.
const MAX_NODES: u32 = 10_000;

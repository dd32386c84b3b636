//! SOAP 1.1, document/literal: the envelope around questions and answers.

use roxmltree::{Document, Node};

use crate::bad_request::BadRequest;
use crate::sequence::Sequence;
use crate::spelling::escape;

/// The namespace of SOAP 1.1.
const ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// Whose fault a SOAP fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blame {
    /// The question was wrong.
    Client,
    /// The agency failed.
    Server,
}

/// Parses a body, which must be XML without DOCTYPE.
pub(crate) fn parse(body: &str) -> Result<Document<'_>, BadRequest> {
    Document::parse(body).map_err(|_| BadRequest::NotXml)
}

/// The one element inside the envelope's Body, which must have this name and namespace.
pub(crate) fn payload<'a, 'input>(
    document: &'a Document<'input>,
    name: &'static str,
    namespace: &'static str,
) -> Result<Node<'a, 'input>, BadRequest> {
    let mut outermost = Sequence::beside_attributes(document.root(), ENVELOPE)?;
    let mut envelope = Sequence::beside_attributes(outermost.element("Envelope")?, ENVELOPE)?;
    envelope.optional_element("Header");
    let mut body = Sequence::beside_attributes(envelope.element("Body")?, namespace)?;
    envelope.end()?;
    let payload = body.element(name)?;
    body.end()?;
    Ok(payload)
}

/// The envelope around a payload, which must stand alone.
pub(crate) fn envelope(payload: &str) -> String {
    let before = format!(r#"<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="{ENVELOPE}"><soap:Body>"#);
    format!("{before}{payload}</soap:Body></soap:Envelope>")
}

/// An envelope with a fault; the detail is XML that stands alone, or empty.
pub(crate) fn fault(blame: Blame, text: &str, detail: &str) -> String {
    let blame = match blame {
        Blame::Client => "Client",
        Blame::Server => "Server",
    };
    let detail = if detail.is_empty() { String::new() } else { format!("<detail>{detail}</detail>") };
    let text = escape(text);
    envelope(&format!(
        "<soap:Fault><faultcode>soap:{blame}</faultcode><faultstring>{text}</faultstring>{detail}</soap:Fault>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payload_of(body: &str) -> Result<String, String> {
        let document = parse(body).map_err(|reason| reason.to_string())?;
        payload(&document, "q", "urn:q")
            .map(|node| node.tag_name().name().to_owned())
            .map_err(|reason| reason.to_string())
    }

    #[test]
    fn the_payload_is_found_under_any_prefix_and_beside_a_header() {
        let header =
            format!(r#"<s:Envelope xmlns:s="{ENVELOPE}"><s:Header/><s:Body><q xmlns="urn:q"/></s:Body></s:Envelope>"#);
        assert_eq!(payload_of(&header), Ok("q".to_owned()));
        assert_eq!(payload_of(&envelope(r#"<p:q xmlns:p="urn:q"/>"#)), Ok("q".to_owned()));
    }

    #[test]
    fn err_payload() {
        for (body, reason) in [
            (String::new(), "body is not well-formed XML in UTF-8 without DOCTYPE"),
            ("<!DOCTYPE q><q/>".to_owned(), "body is not well-formed XML in UTF-8 without DOCTYPE"),
            ("<q/>".to_owned(), "found `{}q` in ``, expected `Envelope`"),
            (envelope(""), "found `nothing` in `Body`, expected `q`"),
            (envelope("<q/>"), "found `{}q` in `Body`, expected `q`"),
            (envelope(r#"<q xmlns="urn:q"/><r/>"#), "found `{}r` in `Body`, expected `nothing more`"),
        ] {
            assert_eq!(payload_of(&body), Err(reason.to_owned()), "{body}");
        }
    }

    #[test]
    fn a_fault_is_well_formed_whatever_its_text() {
        let text = fault(Blame::Server, "<&>", "<d/>");
        let document = parse(&text).unwrap();
        let found = document.descendants().find(|node| node.has_tag_name("faultstring")).and_then(|node| node.text());
        assert_eq!(found, Some("<&>"));
    }
}

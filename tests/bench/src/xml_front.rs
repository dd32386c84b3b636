//! The gateway's own XML writer, compiled in: the crate keeps it to itself, and a copy of it would be measured in its place.

#[path = "../../../host/gateway/src/soap_v10/document.rs"]
mod document;
#[allow(dead_code, reason = "what writes envelopes is not measured")]
#[path = "../../../host/gateway/src/soap_v10/xml.rs"]
mod xml;

use ssbtx_core::Document;

/// A document as the SOAP front writes it.
pub fn written(document: &Document) -> String {
    let mut out = xml::Writer::default();
    document::write(&mut out, document, document::Root::Own);
    out.finish()
}

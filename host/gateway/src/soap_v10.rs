//! SSBTEK's contract, version 10: SOAP 1.1, document/literal, as published.
//!
//! What comes in is checked as the schema says, in its order; what goes out follows the schema to the letter. The contract's states, faults
//! and codes are described for vendors in `docs/soap-v10.md`.

mod contract;
mod document;
mod envelope;
mod fault;
mod front;
mod lexical;
mod mapping;
mod measure;
#[cfg(test)]
mod published_codes;
mod question;
mod response;
mod sequence;
mod well_formed;
mod xml;

/// An agency's document as the SOAP front writes it into its answer, by itself: for tools and measurements.
pub fn document_as_xml(document: &ssbtx_core::Document) -> String {
    let mut out = xml::Writer::default();
    document::write(&mut out, document, document::Root::Own);
    out.finish()
}

pub(crate) use contract::{NotServed, Wanted, serve};
pub(crate) use fault::Fault;
pub(crate) use front::{Refused, answer};

//! What every adapter needs, so that an adapter holds nothing but what is its agency's own.
//!
//! The bindings to `ssbtx:adapter@1.0.0`; the catalogue as static tables; a tolerant reader from an agency's XML straight to nodes; SOAP 1.1
//! requests and replies. Everything here is pure: no input or output, no clock, no state between calls. Each call of an adapter runs in a
//! fresh instance, so the code is kept small and reads each reply once.
//!
//! What it does not do: it knows no agency, and it decides nothing about what may be disclosed.

mod agency_code;
pub mod bindings;
pub mod catalogue;
mod description;
mod document;
mod outcome;
mod soap;
mod xml;

pub use agency_code::AgencyCode;
pub use description::{UPSTREAM, description};
pub use document::{text, texts};
pub use outcome::{answered, failed, nothing_found};
pub use soap::{NoDocument, SoapAdapter, receive, send};
pub use xml::{Undecodable, Writer};

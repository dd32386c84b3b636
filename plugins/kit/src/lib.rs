//! What every adapter needs, so that an adapter holds nothing but what is its agency's own.
//!
//! The bindings to `ssbtx:adapter@1.0.0`; the catalogue as static tables; tolerant readers from an agency's XML or JSON straight to nodes; requests
//! and replies of SOAP 1.1 and of REST. Everything here is pure: no input or output, no clock, no state between calls. Each call of an adapter runs in a
//! fresh instance, so the code is kept small and reads each reply once.
//!
//! What it does not do: it knows no agency, and it decides nothing about what may be disclosed.

mod agency_code;
pub mod bindings;
pub mod catalogue;
mod description;
mod document;
pub mod json;
mod outcome;
pub mod rest;
mod soap;
mod xml;

pub use agency_code::AgencyCode;
pub use description::{UPSTREAM, description};
pub use document::{text, texts};
pub use outcome::{answered, failed, nothing_found, nothing_to_ask};
pub use soap::{AnswerFormat, Enclosed, NoDocument, SoapAdapter, receive, send};
pub use xml::{FormerNamespace, Name, Undecodable, Writer};

/// Nothing is given back: the instance is gone when its one call is, and all its memory with it.
#[cfg(target_family = "wasm")]
#[global_allocator]
static MEMORY: mini_alloc::MiniAlloc = mini_alloc::MiniAlloc::INIT;

//! SOAP 1.1, document/literal, one request and one reply: what the base services of AF, SO and MIV speak.

mod adapter;
mod envelope;
mod reply;
mod request;

pub use adapter::SoapAdapter;
pub use reply::{NoDocument, receive};
pub use request::send;

/// The namespace of SOAP 1.1 envelopes.
const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";

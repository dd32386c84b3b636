//! SOAP 1.1, document/literal, one request and one reply: what every base service but Försäkringskassan's speaks.

mod adapter;
mod answer_format;
mod envelope;
mod payload;
mod reply;
mod request;

pub use adapter::SoapAdapter;
pub use answer_format::{AnswerFormat, Enclosed};
pub use reply::{NoDocument, receive};
pub use request::send;

/// The namespace of SOAP 1.1 envelopes.
const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";

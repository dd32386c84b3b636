//! Between a question and Skatteverket's format: pure, tested natively.

mod answer;
mod request;

pub(crate) use answer::conclude;
pub(crate) use request::write_request;

/// The namespace of what the service takes and gives, around the documents.
pub(crate) const SERVICE: &str = "http://beskattningws.ws.service.bs.zg.rsv.se/";

//! A response before it is sent: an agency's own document, and what carries it.

use http::StatusCode;

use crate::agency::{Agency, Protocol};
use crate::soap_service::Quoting;

/// A response, whole.
#[derive(Clone)]
pub(crate) struct Message {
    pub(crate) status: StatusCode,
    pub(crate) content_type: &'static str,
    /// The agency's document, exactly. A message that carries none, such as a SOAP fault, has none.
    pub(crate) payload: Option<String>,
    /// The body: the document inside whatever carries it.
    pub(crate) body: String,
}

impl Message {
    /// The answer of this agency that carries this document, as it is.
    pub(crate) fn of(agency: Agency, document: String) -> Self {
        match agency.protocol() {
            Protocol::Soap(service) => service.carry(document, Quoting::Escaped),
            Protocol::Json => Self::json(StatusCode::OK, document),
        }
    }

    /// A JSON document.
    pub(crate) fn json(status: StatusCode, document: String) -> Self {
        Self { payload: Some(document.clone()), ..Self::bare(status, "application/json", document) }
    }

    /// XML that carries no document of the agency's.
    pub(crate) fn xml(status: StatusCode, body: String) -> Self {
        Self::bare(status, "text/xml; charset=utf-8", body)
    }

    /// Anything that carries no document of the agency's.
    pub(crate) fn bare(status: StatusCode, content_type: &'static str, body: String) -> Self {
        Self { status, content_type, payload: None, body }
    }
}

//! `GET /ssbtek/v10?wsdl`: the contract as this host keeps it, written from the catalogues that are loaded.
//!
//! Types, elements, order and occurrence in SSBTEK's own namespace are those of the published contract, so a client generated from either
//! understands the other. What an agency's `data` holds is described from its catalogue, with what a caseworker must know of each element.

mod address;
mod agency_schema;
mod block;
mod front_schema;
mod markup;
mod schemas;
mod wsdl;
mod xsd;

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};

use crate::answering::Answering;
use crate::json_v1::Problem;
pub(crate) use address::InvalidHost;

/// A part of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted<'q> {
    /// The description of the service.
    Wsdl,
    /// A schema, by its name.
    Schema(&'q str),
}

impl<'q> Wanted<'q> {
    /// Reads a query; `None` where it asks for no part of the contract.
    ///
    /// # Shape
    ///
    /// `wsdl` or `xsd=NAME`, the key in any case: clients write `?WSDL` too.
    pub(crate) fn of(query: Option<&'q str>) -> Option<Self> {
        query?.split('&').find_map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            if key.eq_ignore_ascii_case("wsdl") {
                Some(Self::Wsdl)
            } else {
                key.eq_ignore_ascii_case("xsd").then_some(Self::Schema(value))
            }
        })
    }
}

/// Why no part of the contract is served.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotServed {
    /// The certificate belongs to no consumer.
    #[error("certificate belongs to no registered consumer")]
    NotRegistered,
    /// The query asks for nothing that can be read: questions are posted.
    #[error("query asks for no part of the contract, expected `wsdl` or `xsd=NAME`")]
    NothingWanted,
    /// No schema has this name.
    #[error("contract has no such schema")]
    NoSuchSchema,
    /// The address that the client used is not known.
    #[error(transparent)]
    Host(#[from] InvalidHost),
}

impl IntoResponse for NotServed {
    fn into_response(self) -> Response {
        match self {
            Self::NotRegistered => Problem::NotRegistered.into_response(),
            Self::NothingWanted => (ALLOW_POST, Problem::MethodNotAllowed).into_response(),
            Self::NoSuchSchema => Problem::NotFound.into_response(),
            Self::Host(invalid) => (StatusCode::BAD_REQUEST, PLAIN_TEXT, invalid.to_string()).into_response(),
        }
    }
}

/// Serves a part of the contract to a client that reached this front at its own idea of an address.
///
/// # Errors
///
/// [`NotServed`] where there is no such part, or no address to write into it.
pub(crate) fn serve(
    broker: &dyn Answering,
    wanted: Option<Wanted<'_>>,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<Response, NotServed> {
    let wanted = wanted.ok_or(NotServed::NothingWanted)?;
    let schemas = schemas::all(&broker.catalogues());
    let text = match wanted {
        Wanted::Wsdl => wsdl::write(&address::of(uri, headers)?, &schemas),
        Wanted::Schema(name) => {
            schemas.into_iter().find(|schema| schema.name == name).ok_or(NotServed::NoSuchSchema)?.text
        }
    };
    Ok((XML, text).into_response())
}

const XML: [(header::HeaderName, HeaderValue); 1] =
    [(header::CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8"))];
const PLAIN_TEXT: [(header::HeaderName, HeaderValue); 1] =
    [(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))];
const ALLOW_POST: [(header::HeaderName, HeaderValue); 1] = [(header::ALLOW, HeaderValue::from_static("POST"))];

#[cfg(test)]
mod tests;

//! The resources of this interface, from request to response.

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;

use super::api_info::API_INFO;
use super::catalogues::{CatalogueList, WholeCatalogue};
use super::policies::PolicyList;
use super::problem::Problem;
use crate::accept::JSON;
use crate::answering::Answering;

/// `GET /v1/catalogues`
pub(crate) fn catalogues(broker: &dyn Answering) -> Result<Response, Problem> {
    json(&CatalogueList::of(broker.catalogues().iter().map(AsRef::as_ref)))
}

/// `GET /v1/catalogues/{agency}`
pub(crate) fn catalogue(broker: &dyn Answering, agency: &str) -> Result<Response, Problem> {
    let catalogues = broker.catalogues();
    let catalogue =
        catalogues.iter().find(|catalogue| catalogue.agency().as_str() == agency).ok_or(Problem::NotFound)?;
    json(&WholeCatalogue::of(catalogue))
}

/// `GET /v1/policies`
pub(crate) fn policies(broker: &dyn Answering) -> Result<Response, Problem> {
    json(&PolicyList::of(&broker.policies()))
}

/// `GET /v1/api-info`
pub(crate) fn api_info() -> Result<Response, Problem> {
    json(&API_INFO)
}

/// `GET /v1/openapi.json`
pub(crate) fn openapi() -> Result<Response, Problem> {
    super::openapi::served().map(written).ok_or(Problem::BrokenOff)
}

/// A response of this body.
pub(super) fn json(body: &impl Serialize) -> Result<Response, Problem> {
    serde_json::to_vec(body).map(|body| written(body.into())).map_err(|_| Problem::BrokenOff)
}

/// JSON is UTF-8 and its media type has no charset (RFC 8259, section 11).
fn written(body: Bytes) -> Response {
    (StatusCode::OK, [(header::CONTENT_TYPE, HeaderValue::from_static(JSON))], body).into_response()
}

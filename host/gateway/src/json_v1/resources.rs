//! The resources of this interface, from request to response.

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use ssbtx_core::WipedBytes;

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

/// A response of this body, which is wiped from memory when it has been sent.
pub(super) fn json(body: &impl Serialize) -> Result<Response, Problem> {
    let body = serde_json::to_vec(body).map_err(|_| Problem::BrokenOff)?;
    Ok(written(Bytes::from_owner(WipedBytes::from(body))))
}

/// JSON is UTF-8 and its media type has no charset (RFC 8259, section 11).
fn written(body: Bytes) -> Response {
    (StatusCode::OK, [(header::CONTENT_TYPE, HeaderValue::from_static(JSON))], body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[tokio::test]
    async fn an_answer_is_wiped_when_it_has_been_sent() {
        let response = json(&"197701172392".repeat(100)).unwrap();
        assert!(!sample::left_behind(response).await.windows(12).any(|window| window == b"197701172392"));
    }
}

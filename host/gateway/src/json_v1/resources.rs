//! The resources of this interface, from request to response.

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Serialize;
use ssbtx_core::Front;

use super::answer::AnswerBody;
use super::api_info::API_INFO;
use super::catalogues::{CatalogueList, WholeCatalogue};
use super::policies::PolicyList;
use super::problem::Problem;
use super::question;
use crate::answering::Answering;
use crate::consumers::Caller;
use crate::limited::Limited;
use crate::media_type::MediaType;
use crate::outside::Admission;
use crate::trace_context::TraceParent;

/// `POST /v1/questions`
pub(crate) async fn answer(
    broker: &Limited,
    caller: &Caller,
    admission: &Admission,
    trace_parent: &TraceParent,
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<Response, Problem> {
    if !is_json(headers) {
        return Err(Problem::ContentType);
    }
    let question = caller.authorise(question::parse(body, admission)?).map_err(|_| Problem::NotYourOrganisation)?;
    let answer = broker.ask(caller, Front::JsonV1, question, trace_parent).await?;
    json(&AnswerBody::of(&answer))
}

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

/// JSON is UTF-8 and its media type has no charset (RFC 8259, section 11).
fn json(body: &impl Serialize) -> Result<Response, Problem> {
    let body = serde_json::to_vec(body).map_err(|_| Problem::BrokenOff)?;
    Ok((StatusCode::OK, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response())
}

/// Whether the content type is `application/json`, with no charset or UTF-8.
fn is_json(headers: &HeaderMap) -> bool {
    MediaType::of(headers).is_some_and(|media_type| media_type.is("application/json") && media_type.is_utf8())
}

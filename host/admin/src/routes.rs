//! Which path shows what.

use std::fmt;
use std::sync::Arc;

use axum::Router;
use axum::extract::{FromRef, MatchedPath, Request, State};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use serde::Serialize;
use tracing::{debug, error, info};

use crate::agencies::Agencies;
use crate::audit::{self, Desk};
use crate::commands;
use crate::connection::Shower;
use crate::control::Control;
use crate::insight::{Insight, Readiness};
use crate::metrics;

/// Every route.
pub(crate) fn router(shown: Shown) -> Router {
    Router::new()
        .route("/livez", get(live))
        .route("/readyz", get(ready))
        .route("/metrics", get(measured))
        .route("/admin/editions", get(editions))
        .route("/admin/agencies", get(agencies))
        .route("/admin/configuration", get(commands::configuration))
        .route("/admin/reload", post(commands::reload))
        .route("/admin/drain", post(commands::drain))
        .merge(audit::router())
        .fallback(|| async { (StatusCode::NOT_FOUND, "not found\n") })
        .method_not_allowed_fallback(|| async { (StatusCode::METHOD_NOT_ALLOWED, "method not allowed\n") })
        .layer(from_fn(commands::not_from_a_page))
        .layer(from_fn(around))
        .with_state(shown)
}

/// Where routes take what they show, and whom they tell.
#[derive(Clone)]
pub(crate) struct Shown {
    pub(crate) insight: Arc<dyn Insight>,
    pub(crate) control: Arc<dyn Control>,
    pub(crate) desk: Desk,
}

impl FromRef<Shown> for Arc<dyn Insight> {
    fn from_ref(shown: &Shown) -> Self {
        Self::clone(&shown.insight)
    }
}

impl FromRef<Shown> for Arc<dyn Control> {
    fn from_ref(shown: &Shown) -> Self {
        Self::clone(&shown.control)
    }
}

impl FromRef<Shown> for Desk {
    fn from_ref(shown: &Shown) -> Self {
        shown.desk.clone()
    }
}

/// That the process answers at all: whoever restarts hosts asks this one.
async fn live() -> &'static str {
    "live\n"
}

/// Whether questions can be answered: whoever spreads questions over hosts asks this one.
async fn ready(
    State(insight): State<Arc<dyn Insight>>,
    State(control): State<Arc<dyn Control>>,
) -> (StatusCode, &'static str) {
    if control.is_draining() {
        return (StatusCode::SERVICE_UNAVAILABLE, "not ready: draining\n");
    }
    match insight.readiness() {
        Readiness::Ready => (StatusCode::OK, "ready\n"),
        Readiness::TrustExpired => (StatusCode::SERVICE_UNAVAILABLE, "not ready: trust-expired\n"),
        Readiness::AuditStalled => (StatusCode::SERVICE_UNAVAILABLE, "not ready: audit-stalled\n"),
        Readiness::AuditFailed => (StatusCode::SERVICE_UNAVAILABLE, "not ready: audit-failed\n"),
    }
}

async fn measured(State(shown): State<Shown>) -> Result<Response, NotShown> {
    let text = metrics::text(shown.insight.as_ref(), shown.control.as_ref())?;
    Ok(([(header::CONTENT_TYPE, metrics::CONTENT_TYPE)], text).into_response())
}

async fn editions(State(insight): State<Arc<dyn Insight>>) -> Result<Response, NotShown> {
    json(&insight.editions())
}

async fn agencies(State(insight): State<Arc<dyn Insight>>) -> Result<Response, NotShown> {
    json(&Agencies::of(insight.agencies()))
}

/// JSON that people can read.
pub(crate) fn json(shown: &impl Serialize) -> Result<Response, NotShown> {
    let mut text = serde_json::to_vec_pretty(shown)?;
    text.push(b'\n');
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

/// What is to be shown could not be written; a fault of ours.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotShown {
    #[error("metrics cannot be written")]
    Metrics(#[from] fmt::Error),
    #[error("status cannot be written")]
    Status(#[from] serde_json::Error),
}

impl IntoResponse for NotShown {
    fn into_response(self) -> Response {
        error!(error = %self, "admin listener cannot answer");
        (StatusCode::INTERNAL_SERVER_ERROR, "fault of the host\n").into_response()
    }
}

/// Around every request: what no answer may be without, and one event that names the route and nothing of the request. A command is told before it is done,
/// with the certificate that it came with.
async fn around(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    if request.method() == Method::POST {
        let fingerprint = request.extensions().get::<Shower>().map(Shower::fingerprint);
        info!(route, fingerprint, "admin listener is told to do something");
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(NO_SNIFFING, HeaderValue::from_static("nosniff"));
    debug!(route, status = response.status().as_u16(), "admin request answered");
    response
}

const NO_SNIFFING: HeaderName = HeaderName::from_static("x-content-type-options");

//! Which path leads where, and what every request has in common.

mod body;

use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{MatchedPath, Path, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use http::{HeaderMap, HeaderName, HeaderValue, Uri, header};
use ssbtx_core::IdentityCheck;
use tracing::info;

use crate::answering::Answering;
use crate::consumers::Caller;
use crate::json_v1::{self, Problem};
use crate::limited::Limited;
use crate::limits::LimitReached;
use crate::outside::{Admission, Outside};
use crate::server::Peer;
use crate::settings::GatewayLimits;
use crate::soap_v10::{self, Fault, NotServed, Refused, Wanted};
use crate::trace_context::TraceParent;
use body::BodyFault;

/// What every request needs.
#[derive(Clone)]
pub(crate) struct Fronts(Arc<Parts>);

struct Parts {
    limited: Limited,
    outside: Arc<dyn Outside>,
    identity_check: IdentityCheck,
    limits: GatewayLimits,
}

impl Fronts {
    /// Brings the parts together.
    pub(crate) fn new(
        broker: Arc<dyn Answering>,
        outside: Arc<dyn Outside>,
        identity_check: IdentityCheck,
        limits: GatewayLimits,
    ) -> Self {
        let limited = Limited::new(broker, Arc::clone(&outside));
        Self(Arc::new(Parts { limited, outside, identity_check, limits }))
    }

    fn broker(&self) -> &dyn Answering {
        self.0.limited.broker()
    }

    fn admission(&self) -> Admission {
        Admission::new(self.0.outside.as_ref(), self.0.identity_check)
    }
}

/// Every route.
pub(crate) fn router(fronts: Fronts) -> Router {
    Router::new()
        .route("/ssbtek/v10", get(contract).post(soap_v10))
        .route("/v1/questions", post(question))
        .route("/v1/catalogues", get(catalogues))
        .route("/v1/catalogues/{agency}", get(catalogue))
        .route("/v1/policies", get(policies))
        .route("/v1/api-info", get(api_info))
        .fallback(|| async { Problem::NotFound })
        .method_not_allowed_fallback(|| async { Problem::MethodNotAllowed })
        .layer(from_fn_with_state(fronts.clone(), around))
        .with_state(fronts)
}

async fn soap_v10(
    State(fronts): State<Fronts>,
    Extension(Peer(peer)): Extension<Peer>,
    Extension(trace_parent): Extension<TraceParent>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let caller = peer.map_err(|_| Fault::NotRegistered)?;
    let body = body::read(body, &fronts.0.limits).await.map_err(|fault| match fault {
        BodyFault::TooLarge(limit) => Fault::TooLarge(limit),
        BodyFault::NotWhole => Fault::NotWhole,
    })?;
    let answered =
        soap_v10::answer(&fronts.0.limited, &caller, &fronts.admission(), &trace_parent, &headers, &body).await;
    if let Err(refused) = &answered {
        tell_refused(refused.fault().code(), refused.fault().limit());
    }
    answered
}

async fn contract(
    State(fronts): State<Fronts>,
    Extension(Peer(peer)): Extension<Peer>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, NotServed> {
    peer.map_err(|_| NotServed::NotRegistered)?;
    soap_v10::serve(fronts.broker(), Wanted::of(uri.query()), &uri, &headers)
}

async fn question(
    State(fronts): State<Fronts>,
    Extension(peer): Extension<Peer>,
    Extension(trace_parent): Extension<TraceParent>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let caller = registered(peer)?;
    let body = body::read(body, &fronts.0.limits).await.map_err(|fault| match fault {
        BodyFault::TooLarge(limit) => Problem::TooLarge(limit),
        BodyFault::NotWhole => Problem::NotWhole,
    })?;
    let answered =
        json_v1::answer(&fronts.0.limited, &caller, &fronts.admission(), &trace_parent, &headers, &body).await;
    if let Err(problem) = &answered {
        tell_refused(problem.code(), problem.limit());
    }
    answered
}

async fn catalogues(State(fronts): State<Fronts>, Extension(peer): Extension<Peer>) -> Result<Response, Problem> {
    registered(peer)?;
    json_v1::catalogues(fronts.broker())
}

async fn catalogue(
    State(fronts): State<Fronts>,
    Extension(peer): Extension<Peer>,
    agency: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    registered(peer)?;
    // What is not UTF-8 when it is decoded names no agency.
    let Path(agency) = agency.map_err(|_| Problem::NotFound)?;
    json_v1::catalogue(fronts.broker(), &agency)
}

async fn policies(State(fronts): State<Fronts>, Extension(peer): Extension<Peer>) -> Result<Response, Problem> {
    registered(peer)?;
    json_v1::policies(fronts.broker())
}

async fn api_info(Extension(peer): Extension<Peer>) -> Result<Response, Problem> {
    registered(peer)?;
    json_v1::api_info()
}

/// The event of a question that has no answer; the connection's span says whose it is. Whose caseworker reached a limit is nowhere.
fn tell_refused(code: &str, reached: Option<&LimitReached>) {
    let (limit, refusals) = (reached.map(|reached| reached.limit.label()), reached.map(|reached| reached.refusals));
    info!(code, limit, refusals, "question refused");
}

fn registered(peer: Peer) -> Result<Caller, Problem> {
    peer.0.map_err(|_| Problem::NotRegistered)
}

/// Around every request: its trace, what no answer may be without, and one event that names the route and nothing of the request.
async fn around(State(fronts): State<Fronts>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let outside = fronts.0.outside.as_ref();
    let given = request.headers().get(TRACEPARENT).and_then(|value| value.to_str().ok()).and_then(TraceParent::parse);
    let trace_parent = given.unwrap_or_else(|| TraceParent::new(outside.random(), outside.random()));
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    request.extensions_mut().insert(trace_parent.clone());
    let mut response = next.run(request).await.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(trace_parent.as_str()) {
        headers.insert(TRACEPARENT, value);
    }
    let status = response.status().as_u16();
    let elapsed_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    info!(route, status, elapsed_ms, "request answered");
    response
}

const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

#[cfg(test)]
mod tests;

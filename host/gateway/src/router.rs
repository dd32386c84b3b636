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
use http::{HeaderMap, HeaderValue, Uri, header};
use ssbtx_core::{Front, IdentityCheck};
use ssbtx_observation::{Attribute, End, Recorder, Trace};
use tracing::info;

use crate::accept::AcceptsJson;
use crate::answering::Answering;
use crate::case_gate::CaseRegister;
use crate::consumers::Caller;
use crate::json_v1::{self, Problem};
use crate::limited::Limited;
use crate::outside::{Admission, Outside};
use crate::refusing::tell_refused;
use crate::server::{InFlight, Peer};
use crate::settings::GatewayLimits;
use crate::soap_v10::{self, Fault, NotServed, Refused, Wanted};
use crate::trace_context::{self, TRACEPARENT};
use body::BodyFault;

/// What every request needs.
#[derive(Clone)]
pub(crate) struct Fronts(Arc<Parts>);

struct Parts {
    limited: Limited,
    outside: Arc<dyn Outside>,
    recorder: Arc<dyn Recorder>,
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
        open_cases: CaseRegister,
    ) -> Self {
        let (limited, recorder) = (Limited::new(broker, Arc::clone(&outside), open_cases), outside.recorder());
        Self(Arc::new(Parts { limited, outside, recorder, identity_check, limits }))
    }

    fn broker(&self) -> &dyn Answering {
        self.0.limited.broker()
    }

    fn case_call(&self, caller: Caller, id: Result<Path<String>, PathRejection>) -> json_v1::CaseCall {
        let (broker, identity_check) = (self.0.limited.clone(), self.0.identity_check);
        json_v1::CaseCall { broker, caller, id: id.ok().map(|Path(id)| id), identity_check }
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
        .route("/v1/cases/{id}", get(known_case).put(register_case).delete(close_case))
        .route("/v1/catalogues", get(catalogues))
        .route("/v1/catalogues/{agency}", get(catalogue))
        .route("/v1/policies", get(policies))
        .route("/v1/api-info", get(api_info))
        .route("/v1/openapi.json", get(openapi))
        .fallback(|| async { Problem::NotFound })
        .method_not_allowed_fallback(|| async { Problem::MethodNotAllowed })
        .layer(from_fn_with_state(fronts.clone(), around))
        .with_state(fronts)
}

async fn soap_v10(
    State(fronts): State<Fronts>,
    Extension(Peer(peer)): Extension<Peer>,
    Extension(trace): Extension<Trace>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let caller = peer.map_err(|_| Fault::NotRegistered)?;
    let body = body::read(body, &fronts.0.limits).await.map_err(|fault| match fault {
        BodyFault::TooLarge(limit) => Fault::TooLarge(limit),
        BodyFault::NotWhole => Fault::NotWhole,
    })?;
    let answered = soap_v10::answer(&fronts.0.limited, &caller, &fronts.admission(), &trace, &headers, &body).await;
    if let Err(refused) = &answered {
        let fault = refused.fault();
        tell_refused(fronts.0.limited.meters(), Front::SoapV10, fault.code(), fault.limit());
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
    Extension(trace): Extension<Trace>,
    in_flight: Option<Extension<InFlight>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let caller = registered(peer)?;
    let body = body::read(body, &fronts.0.limits).await.map_err(|fault| match fault {
        BodyFault::TooLarge(limit) => Problem::TooLarge(limit),
        BodyFault::NotWhole => Problem::NotWhole,
    })?;
    let call = json_v1::Call {
        broker: fronts.0.limited.clone(),
        caller,
        admission: fronts.admission(),
        trace,
        household_at_once: fronts.0.limits.household_at_once,
        in_flight: in_flight.map(|Extension(in_flight)| in_flight),
    };
    let answered = json_v1::answer(call, &headers, &body).await;
    if let Err(problem) = &answered {
        tell_refused(fronts.0.limited.meters(), Front::JsonV1, problem.code(), problem.limit());
    }
    answered
}

async fn register_case(
    State(fronts): State<Fronts>,
    Extension(peer): Extension<Peer>,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    _: AcceptsJson,
    body: Body,
) -> Result<Response, Problem> {
    let caller = registered(peer)?;
    let body = body::read(body, &fronts.0.limits).await.map_err(|fault| match fault {
        BodyFault::TooLarge(limit) => Problem::TooLarge(limit),
        BodyFault::NotWhole => Problem::NotWhole,
    })?;
    json_v1::register_case(&fronts.case_call(caller, id), &headers, &body).await
}

async fn close_case(
    State(fronts): State<Fronts>,
    Extension(peer): Extension<Peer>,
    id: Result<Path<String>, PathRejection>,
    uri: Uri,
) -> Result<Response, Problem> {
    let caller = registered(peer)?;
    json_v1::close_case(&fronts.case_call(caller, id), uri.query()).await
}

async fn known_case(
    State(fronts): State<Fronts>,
    Extension(peer): Extension<Peer>,
    id: Result<Path<String>, PathRejection>,
    uri: Uri,
    _: AcceptsJson,
) -> Result<Response, Problem> {
    let caller = registered(peer)?;
    json_v1::known_case(&fronts.case_call(caller, id), uri.query()).await
}

async fn catalogues(
    State(fronts): State<Fronts>,
    Extension(peer): Extension<Peer>,
    _: AcceptsJson,
) -> Result<Response, Problem> {
    registered(peer)?;
    json_v1::catalogues(fronts.broker())
}

async fn catalogue(
    State(fronts): State<Fronts>,
    Extension(peer): Extension<Peer>,
    agency: Result<Path<String>, PathRejection>,
    _: AcceptsJson,
) -> Result<Response, Problem> {
    registered(peer)?;
    // What is not UTF-8 when it is decoded names no agency.
    let Path(agency) = agency.map_err(|_| Problem::NotFound)?;
    json_v1::catalogue(fronts.broker(), &agency)
}

async fn policies(
    State(fronts): State<Fronts>,
    Extension(peer): Extension<Peer>,
    _: AcceptsJson,
) -> Result<Response, Problem> {
    registered(peer)?;
    json_v1::policies(fronts.broker())
}

async fn api_info(Extension(peer): Extension<Peer>, _: AcceptsJson) -> Result<Response, Problem> {
    registered(peer)?;
    json_v1::api_info()
}

async fn openapi(Extension(peer): Extension<Peer>, _: AcceptsJson) -> Result<Response, Problem> {
    registered(peer)?;
    json_v1::openapi()
}

fn registered(peer: Peer) -> Result<Caller, Problem> {
    peer.0.map_err(|_| Problem::NotRegistered)
}

/// Around every request: its trace, what no answer may be without, and one event that names the route and nothing of the request.
async fn around(State(fronts): State<Fronts>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let outside = fronts.0.outside.as_ref();
    let caller = trace_context::caller(request.headers());
    let random = [outside.random(), outside.random()];
    let mut span = Trace::begin(caller, random, outside.now(), Arc::clone(&fronts.0.recorder));
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    request.extensions_mut().insert(span.trace().clone());
    let mut response = next.run(request).await.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(&span.trace().traceparent()) {
        headers.insert(TRACEPARENT, value);
    }
    let status = response.status().as_u16();
    let elapsed_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    info!(route, status, elapsed_ms, "request answered");
    span.say(|| Attribute::Status(status));
    span.end(if response.status().is_server_error() { End::Badly("failed") } else { End::Well("answered") });
    response
}

#[cfg(test)]
mod tests;

//! The control listener: plain HTTP on the loopback address, to play with the agencies by hand.

use std::convert::Infallible;
use std::sync::Arc;

use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use serde::Serialize;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::agency::Agency;
use crate::exchange::{Body, with_body};
use crate::fault::{Fault, UnknownFault};
use crate::ledger::{Ledger, Page};

/// Serves until `stop` changes.
pub(crate) async fn serve(listener: TcpListener, ledger: Arc<Ledger>, mut stop: watch::Receiver<()>) {
    loop {
        let tcp = tokio::select! {
            _ = stop.changed() => return,
            accepted = listener.accept() => match accepted {
                Ok((tcp, _)) => tcp,
                // Losing the control listener is better than spinning on a broken one.
                Err(_) => return,
            },
        };
        let ledger = Arc::clone(&ledger);
        let service = service_fn(move |request| {
            let ledger = Arc::clone(&ledger);
            async move { Ok::<_, Infallible>(respond(&ledger, request).await) }
        });
        tokio::spawn(http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(tcp), service));
    }
}

async fn respond(ledger: &Ledger, request: Request<Incoming>) -> Response<Body> {
    let path = request.uri().path().to_owned();
    let agency = path.strip_prefix("/faults/").map(str::parse::<Agency>);
    match (request.method(), agency) {
        (&Method::GET, None) if path == "/requests" => counts(ledger),
        (&Method::POST, Some(Ok(agency))) => match fault(request).await {
            Ok(fault) => set(ledger, agency, Some(fault)),
            Err(refusal) => text(StatusCode::BAD_REQUEST, refusal.to_string()),
        },
        (&Method::DELETE, Some(Ok(agency))) => set(ledger, agency, None),
        (_, Some(Err(refusal))) => text(StatusCode::NOT_FOUND, refusal.to_string()),
        _ => {
            text(StatusCode::NOT_FOUND, "expected `GET /requests`, `POST /faults/AF` or `DELETE /faults/AF`".to_owned())
        }
    }
}

async fn fault(request: Request<Incoming>) -> Result<Fault, UnknownFault> {
    let body = Limited::new(request.into_body(), LONGEST_NAME).collect().await.map_err(|_| UnknownFault)?.to_bytes();
    str::from_utf8(&body).map_err(|_| UnknownFault)?.trim().parse()
}

fn set(ledger: &Ledger, agency: Agency, fault: Option<Fault>) -> Response<Body> {
    ledger.page(agency, |page| page.fault = fault);
    text(StatusCode::OK, fault.map_or_else(|| "none".to_owned(), |fault| fault.to_string()))
}

/// What one agency has seen, without a word of any question.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Counts {
    agency: &'static str,
    connections: u64,
    requests: u64,
    bad_requests: Vec<String>,
    fault: Option<String>,
}

impl Counts {
    fn of(agency: Agency, page: &Page) -> Self {
        Self {
            agency: agency.code(),
            connections: page.connections,
            requests: page.requests,
            bad_requests: page.bad_requests.iter().map(ToString::to_string).collect(),
            fault: page.fault.map(|fault| fault.to_string()),
        }
    }
}

fn counts(ledger: &Ledger) -> Response<Body> {
    let counts = Agency::ALL.map(|agency| ledger.page(agency, |page| Counts::of(agency, page)));
    match serde_json::to_vec(&counts) {
        Ok(json) => with_body(StatusCode::OK, "application/json", json),
        Err(_) => text(StatusCode::INTERNAL_SERVER_ERROR, "counts cannot be written".to_owned()),
    }
}

fn text(status: StatusCode, mut line: String) -> Response<Body> {
    line.push('\n');
    with_body(status, "text/plain; charset=utf-8", line)
}

/// The longest body that can name a fault, in bytes.
const LONGEST_NAME: usize = 256;

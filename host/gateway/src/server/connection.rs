//! One connection: handshake, the caller behind the certificate, its requests.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use axum::Router;
use axum::body::Body;
use axum::response::Response;
use http::Request;
use http::header::{CONNECTION, HeaderValue};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use rustls_pki_types::CertificateDer;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use tokio_rustls::server::TlsStream;
use tower::ServiceExt as _;
use tracing::field::Empty;
use tracing::{Instrument as _, Span, debug, info_span, warn};

use super::admittance::Admittance;
use super::idle::{self, UnderWay};
use super::phase::Phase;
use crate::consumers::{self, Caller, NotRegistered};
use crate::outside::Outside;
use crate::settings::GatewayLimits;
use crate::tls::HTTP_2;

/// What every connection needs.
pub(super) struct Connections {
    pub(super) admitted: watch::Receiver<Arc<Admittance>>,
    pub(super) outside: Arc<dyn Outside>,
    pub(super) router: Router,
    pub(super) limits: GatewayLimits,
}

/// Who is at the other end, for the routes to look at.
#[derive(Debug, Clone)]
pub(crate) struct Peer(pub(crate) Result<Caller, NotRegistered>);

/// Holds a request under way after its response has begun: one whose end is still worked on. A connection with such a request is not idle.
#[derive(Clone)]
pub(crate) struct InFlight(#[expect(dead_code, reason = "it is held, and nothing else")] Arc<idle::Request>);

impl Connections {
    /// Serves a connection until either side ends it, it is idle for too long, it or its certificate is too old, whoever showed that is not let
    /// in any more, or the gateway stops.
    pub(super) async fn serve(self: Arc<Self>, stream: TcpStream, phases: watch::Receiver<Phase>) {
        // Small answers leave at once.
        if stream.set_nodelay(true).is_err() {
            return;
        }
        let _connected = self.outside.meters().connected();
        let admittance = Arc::clone(&self.admitted.borrow());
        match timeout(self.limits.handshake_timeout, admittance.acceptor.accept(stream)).await {
            Ok(Ok(stream)) => {
                let peer = Peer(identify(&admittance, &stream));
                let span = info_span!("connection", consumer = Empty);
                peer.record(&span);
                self.serve_requests(stream, peer, admittance, phases).instrument(span).await;
            }
            // What the other side sent is not logged.
            Ok(Err(_)) => debug!("handshake failed"),
            Err(_) => debug!("handshake took too long"),
        }
    }

    async fn serve_requests(
        &self,
        stream: TlsStream<TcpStream>,
        peer: Peer,
        admittance: Arc<Admittance>,
        mut phases: watch::Receiver<Phase>,
    ) {
        let age = self.limits.connection_age.min(self.remaining_validity(&stream));
        let (_, session) = stream.get_ref();
        let is_http_2 = session.alpn_protocol() == Some(HTTP_2);
        let chain = session.peer_certificates().unwrap_or_default().to_vec();
        // Whoever connects to a gateway that drains has not seen it yet, and would not understand that it is turned away.
        let ends_in = if is_http_2 && *phases.borrow() == Phase::Serving { Phase::Draining } else { Phase::Stopping };
        let (under_way, peer, asked) = (UnderWay::new(), ArcSwap::from_pointee(peer), phases.clone());
        let service = service_fn(|mut request: Request<Incoming>| {
            let (counted, router, phases) = (Arc::new(under_way.begin()), self.router.clone(), asked.clone());
            request.extensions_mut().insert(peer.load().as_ref().clone());
            request.extensions_mut().insert(InFlight(Arc::clone(&counted)));
            async move {
                let mut response = router.oneshot(request.map(Body::new)).await?;
                if !is_http_2 && *phases.borrow() != Phase::Serving {
                    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
                }
                drop(counted);
                Ok::<Response, Infallible>(response)
            }
        });
        let builder = builder(is_http_2);
        let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
        let GatewayLimits { header_timeout, idle_timeout, .. } = self.limits;
        tokio::select! {
            _ = connection.as_mut() => return,
            () = under_way.idle_for(header_timeout, idle_timeout) => return,
            _ = phases.wait_for(|phase| *phase >= ends_in) => {}
            () = sleep(age) => {}
            why = self.turned_away(&chain, &peer, admittance) => warn!(why, "connection ends"),
        }
        connection.as_mut().graceful_shutdown();
        tokio::select! {
            ended = connection => if ended.is_err() { debug!("connection was broken off") },
            // Nor does a last answer wait without end to be read.
            () = under_way.idle_for(idle_timeout, idle_timeout) => debug!("connection was given up"),
        }
    }

    /// Waits until whoever showed a chain is not let in any more, and says why. Until then, what the certificate gives is what it gives now.
    async fn turned_away(
        &self,
        chain: &[CertificateDer<'static>],
        peer: &ArcSwap<Peer>,
        mut admittance: Arc<Admittance>,
    ) -> &'static str {
        let mut admitted = self.admitted.clone();
        loop {
            let newest = Arc::clone(&admitted.borrow_and_update());
            if !Arc::ptr_eq(&newest, &admittance) {
                let Some(certificate) = chain.first().filter(|_| newest.trusts(chain, self.outside.now())) else {
                    return NOT_TRUSTED;
                };
                let now = Peer(newest.identify(certificate));
                let before = peer.load();
                if !before.may_become(&now) {
                    return REGISTERED_OTHERWISE;
                }
                if before.0.is_err() {
                    now.record(&Span::current());
                }
                peer.store(Arc::new(now));
                admittance = newest;
            }
            tokio::select! {
                // The gateway is gone, and this connection with it.
                changed = admitted.changed() => if changed.is_err() { std::future::pending().await },
                () = admittance.distrusts(chain, self.outside.as_ref()) => return NOT_TRUSTED,
            }
        }
    }

    fn remaining_validity(&self, stream: &TlsStream<TcpStream>) -> Duration {
        let now = self.outside.now();
        certificate(stream).map_or(Duration::ZERO, |certificate| consumers::remaining_validity(certificate, now))
    }
}

impl Peer {
    /// Whether what is under way for this one may go on as another: as the same consumer, and where it was nobody's, as anybody's.
    fn may_become(&self, other: &Self) -> bool {
        self.0.is_err() || self.0.as_ref().map(Caller::name) == other.0.as_ref().map(Caller::name)
    }

    /// Says in the log who it is.
    fn record(&self, span: &Span) {
        if let Ok(caller) = &self.0 {
            span.record("consumer", caller.name());
        }
    }
}

fn identify(admittance: &Admittance, stream: &TlsStream<TcpStream>) -> Result<Caller, NotRegistered> {
    let certificate = certificate(stream).ok_or(NotRegistered)?;
    let caller = admittance.identify(certificate);
    if caller.is_err() {
        warn!(fingerprint = %ssbtx_core::Sha256Digest::of(certificate), "certificate belongs to no registered consumer");
    }
    caller
}

/// The certificate that the other side showed, verified in the handshake.
fn certificate(stream: &TlsStream<TcpStream>) -> Option<&CertificateDer<'static>> {
    let (_, session) = stream.get_ref();
    session.peer_certificates().and_then(<[_]>::first)
}

/// The protocol is the one that the handshake settled: a client cannot keep a connection by never saying which it speaks.
fn builder(is_http_2: bool) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .header_read_timeout(None)
        .max_buf_size(HEAD_BYTES)
        .http2()
        .max_header_list_size(HEAD_BYTES_HTTP_2)
        .max_concurrent_streams(STREAMS);
    if is_http_2 { builder.http2_only() } else { builder.http1_only() }
}

const NOT_TRUSTED: &str = "its certificate is no longer trusted";
const REGISTERED_OTHERWISE: &str = "its certificate is registered otherwise";
/// The largest head of a request, twice what common servers allow.
const HEAD_BYTES: usize = 16 * 1024;
const HEAD_BYTES_HTTP_2: u32 = 16 * 1024;
/// How many requests may be under way on one connection of HTTP/2.
const STREAMS: u32 = 64;

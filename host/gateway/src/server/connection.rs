//! One connection: handshake, the caller behind the certificate, its requests.

use std::convert::Infallible;
use std::future::pending;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use http::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use rustls_pki_types::CertificateDer;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tower::ServiceExt as _;
use tracing::{Instrument as _, debug, info_span, warn};

use super::idle::UnderWay;
use crate::consumers::{self, Caller, Consumers, NotRegistered};
use crate::outside::Outside;
use crate::settings::GatewayLimits;
use crate::tls::{HTTP_2, Revocation};

/// What every connection needs.
pub(super) struct Connections {
    pub(super) acceptor: TlsAcceptor,
    pub(super) revocation: Option<Arc<Revocation>>,
    pub(super) consumers: Consumers,
    pub(super) outside: Arc<dyn Outside>,
    pub(super) router: Router,
    pub(super) limits: GatewayLimits,
}

/// Who is at the other end, for the routes to look at.
#[derive(Debug, Clone)]
pub(crate) struct Peer(pub(crate) Result<Caller, NotRegistered>);

impl Connections {
    /// Serves a connection until either side ends it, it is idle for too long, it or its certificate is too old, or the gateway stops.
    pub(super) async fn serve(self: Arc<Self>, stream: TcpStream, stopped: watch::Receiver<bool>) {
        // Small answers leave at once.
        if stream.set_nodelay(true).is_err() {
            return;
        }
        match timeout(self.limits.handshake_timeout, self.acceptor.accept(stream)).await {
            Ok(Ok(stream)) => {
                let peer = Peer(self.identify(&stream));
                let consumer = peer.0.as_ref().map_or("", Caller::name).to_owned();
                let age = self.limits.connection_age.min(self.remaining_validity(&stream));
                self.serve_requests(stream, peer, age, stopped).instrument(info_span!("connection", consumer)).await;
            }
            // What the other side sent is not logged.
            Ok(Err(_)) => debug!("handshake failed"),
            Err(_) => debug!("handshake took too long"),
        }
    }

    fn remaining_validity(&self, stream: &TlsStream<TcpStream>) -> Duration {
        let now = self.outside.now();
        certificate(stream).map_or(Duration::ZERO, |certificate| consumers::remaining_validity(certificate, now))
    }

    fn identify(&self, stream: &TlsStream<TcpStream>) -> Result<Caller, NotRegistered> {
        let certificate = certificate(stream).ok_or(NotRegistered)?;
        let caller = self.consumers.identify(certificate);
        if caller.is_err() {
            warn!(fingerprint = %ssbtx_core::Sha256Digest::of(certificate), "certificate belongs to no registered consumer");
        }
        caller
    }

    /// Waits until a change of the revocation lists takes the trust in a certificate away; without lists, for ever.
    async fn distrusts(&self, chain: &[CertificateDer<'static>]) {
        match &self.revocation {
            Some(revocation) => revocation.refuses(chain, || self.outside.now()).await,
            None => pending().await,
        }
    }

    async fn serve_requests(
        &self,
        stream: TlsStream<TcpStream>,
        peer: Peer,
        age: Duration,
        mut stopped: watch::Receiver<bool>,
    ) {
        let (_, session) = stream.get_ref();
        let is_http_2 = session.alpn_protocol() == Some(HTTP_2);
        let chain = session.peer_certificates().unwrap_or_default().to_vec();
        let under_way = UnderWay::new();
        let service = service_fn(|mut request: Request<Incoming>| {
            let (counted, router) = (under_way.begin(), self.router.clone());
            request.extensions_mut().insert(peer.clone());
            async move {
                let response: Result<Response, Infallible> = router.oneshot(request.map(Body::new)).await;
                drop(counted);
                response
            }
        });
        let builder = builder(is_http_2);
        let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
        let GatewayLimits { header_timeout, idle_timeout, .. } = self.limits;
        tokio::select! {
            _ = connection.as_mut() => return,
            () = under_way.idle_for(header_timeout, idle_timeout) => return,
            _ = stopped.wait_for(|stopped| *stopped) => {}
            () = sleep(age) => {}
            () = self.distrusts(&chain) => warn!("connection ends: its certificate is no longer trusted"),
        }
        connection.as_mut().graceful_shutdown();
        tokio::select! {
            ended = connection => if ended.is_err() { debug!("connection was broken off") },
            // Nor does a last answer wait without end to be read.
            () = under_way.idle_for(idle_timeout, idle_timeout) => debug!("connection was given up"),
        }
    }
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

/// The largest head of a request, twice what common servers allow.
const HEAD_BYTES: usize = 16 * 1024;
const HEAD_BYTES_HTTP_2: u32 = 16 * 1024;
/// How many requests may be under way on one connection of HTTP/2.
const STREAMS: u32 = 64;

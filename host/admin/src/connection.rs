//! One connection: handshake, one request, one answer.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;

use arc_swap::ArcSwap;
use axum::Router;
use axum::body::Body;
use axum::response::Response;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use ssbtx_core::Sha256Digest;
use ssbtx_gateway::ServerTls;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;
use tracing::debug;

use crate::patience::Patience;
use crate::settings::AdminLimits;

/// What every connection needs.
pub(crate) struct Connections {
    acceptor: ArcSwap<TlsAcceptor>,
    router: Router,
    limits: AdminLimits,
}

impl Connections {
    /// Takes the TLS of the fronts, for HTTP/1.1 alone.
    pub(crate) fn new(tls: &ServerTls, router: Router, limits: AdminLimits) -> Self {
        Self { acceptor: ArcSwap::from_pointee(acceptor(tls)), router, limits }
    }

    /// Takes another TLS, from the next connection on.
    pub(crate) fn admit(&self, tls: &ServerTls) {
        self.acceptor.store(Arc::new(acceptor(tls)));
    }

    /// Serves one request and closes.
    ///
    /// A scraper comes every few seconds and can afford a handshake each time. So every request's certificate is verified when it is used, and
    /// no connection can be held.
    pub(crate) async fn serve(&self, stream: TcpStream) {
        let accepted = timeout(self.limits.handshake_timeout, self.acceptor.load_full().accept(stream)).await;
        // What the other side sent is not logged.
        let Ok(Ok(stream)) = accepted else {
            debug!("handshake of the admin listener failed");
            return;
        };
        let shower =
            stream.get_ref().1.peer_certificates().and_then(<[_]>::first).map(|certificate| Shower::of(certificate));
        let patience = Patience::default();
        let service = service_fn(|mut request: Request<Incoming>| {
            let router = self.router.clone();
            request.extensions_mut().insert(patience.clone());
            if let Some(shower) = shower {
                request.extensions_mut().insert(shower);
            }
            // Whichever route reads it bounds it.
            async move { Ok::<Response, Infallible>(or_never(router.oneshot(request.map(Body::new)).await)) }
        });
        let connection = Builder::new()
            .keep_alive(false)
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.header_timeout)
            .max_buf_size(HEAD_BYTES)
            .serve_connection(TokioIo::new(stream), service);
        let mut connection = pin!(connection);
        let AdminLimits { request_timeout, audit_timeout, .. } = self.limits;
        let mut served = timeout(request_timeout, connection.as_mut()).await;
        if served.is_err() && patience.is_had() {
            served = timeout(audit_timeout.saturating_sub(request_timeout), connection.as_mut()).await;
        }
        if !matches!(served, Ok(Ok(()))) {
            debug!("connection of the admin listener was broken off");
        }
    }
}

/// The certificate that a request came with.
#[derive(Clone, Copy)]
pub(crate) struct Shower(Sha256Digest);

impl Shower {
    fn of(certificate: &[u8]) -> Self {
        Self(Sha256Digest::of(certificate))
    }

    /// What it is told apart from others by, and says nothing of whose it is.
    pub(crate) fn fingerprint(&self) -> String {
        self.0.to_string()
    }
}

fn acceptor(tls: &ServerTls) -> TlsAcceptor {
    let mut config = tls.config().as_ref().clone();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    TlsAcceptor::from(Arc::new(config))
}

fn or_never<T>(result: Result<T, Infallible>) -> T {
    match result {
        Ok(value) => value,
        Err(never) => match never {},
    }
}

/// The largest head of a request.
const HEAD_BYTES: usize = 16 * 1024;

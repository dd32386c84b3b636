//! A collector of traces that keeps what it is sent, as it was sent.

use std::convert::Infallible;
use std::fs;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use crate::pki::Identity;

/// A collector, until it is dropped.
pub struct Collector {
    address: SocketAddr,
    kept: Arc<Kept>,
    accepting: JoinHandle<()>,
}

struct Kept {
    exports: Mutex<Vec<Export>>,
    status: AtomicU16,
}

/// One request to the collector.
#[derive(Clone)]
pub struct Export {
    /// Method and path.
    pub target: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, in protobuf.
    pub body: Bytes,
}

impl Collector {
    /// Listens on a free port, as this identity.
    ///
    /// # Errors
    ///
    /// Where the identity cannot be read or there is no port.
    pub async fn start(identity: &Identity) -> Result<Self> {
        let chain = CertificateDer::pem_slice_iter(&fs::read(&identity.chain)?).collect::<Result<Vec<_>, _>>()?;
        let key = PrivateKeyDer::from_pem_slice(&fs::read(&identity.key)?)?;
        let tls = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?;
        let acceptor = TlsAcceptor::from(Arc::new(tls));
        let listener = TcpListener::bind("127.0.0.1:0").await.context("listen as a collector")?;
        let address = listener.local_addr()?;
        let kept = Arc::new(Kept { exports: Mutex::default(), status: AtomicU16::new(200) });
        let accepting = tokio::spawn(accept(listener, acceptor, Arc::clone(&kept)));
        Ok(Self { address, kept, accepting })
    }

    /// Where it is, for `[telemetry]`.
    pub fn endpoint(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }

    /// Answers with this status from now on.
    pub fn answer_with(&self, status: u16) {
        self.kept.status.store(status, Ordering::Relaxed);
    }

    /// What it was sent so far.
    pub fn exports(&self) -> Vec<Export> {
        self.kept.exports.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, acceptor: TlsAcceptor, kept: Arc<Kept>) {
    while let Ok((tcp, _)) = listener.accept().await {
        let (acceptor, kept) = (acceptor.clone(), Arc::clone(&kept));
        tokio::spawn(async move {
            let Ok(stream) = acceptor.accept(tcp).await else { return };
            let service = service_fn(|request| keep(request, Arc::clone(&kept)));
            // How a connection ends is the host's business.
            drop(http1::Builder::new().serve_connection(TokioIo::new(stream), service).await);
        });
    }
}

async fn keep(request: Request<Incoming>, kept: Arc<Kept>) -> Result<Response<Empty<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    if let Ok(body) = body.collect().await {
        let target = format!("{} {}", head.method, head.uri.path());
        let export = Export { target, headers: head.headers, body: body.to_bytes() };
        kept.exports.lock().unwrap_or_else(PoisonError::into_inner).push(export);
    }
    let mut response = Response::new(Empty::new());
    let status = StatusCode::from_u16(kept.status.load(Ordering::Relaxed));
    *response.status_mut() = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Ok(response)
}

//! Base services that give canned replies: real answers, at next to no cost.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::pending;
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result};
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use ssbtx_core::AgencyId;
use ssbtx_gateway::{ServerPem, ServerTls};
use ssbtx_stage::pki::Pki;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

use crate::product::Recorded;

/// Every base service, each on an address of its own, with TLS and client certificates.
pub struct Agencies(BTreeMap<AgencyId, Listening>);

struct Listening {
    address: SocketAddr,
    manner: watch::Sender<Manner>,
}

/// How a base service behaves.
#[derive(Clone)]
pub enum Manner {
    /// It replies, after a while.
    Replies(Recorded, Duration),
    /// It takes every question and says nothing.
    Hangs,
}

impl Agencies {
    /// Starts one for each reply; they reply at once.
    pub async fn start(pki: &Pki, replies: &BTreeMap<AgencyId, Recorded>) -> Result<Self> {
        let read = |path: &std::path::Path| std::fs::read(path).with_context(|| format!("read `{}`", path.display()));
        let (chain, key) = (read(&pki.base_services.chain)?, read(&pki.base_services.key)?);
        let roots = read(&pki.agency_roots)?;
        let tls = ServerTls::from_pem(&ServerPem { certificates: &chain, key: &key, client_roots: &roots })?;
        let mut listening = BTreeMap::new();
        for (agency, recorded) in replies {
            let listener = TcpListener::bind("127.0.0.1:0").await.context("listen")?;
            let address = listener.local_addr().context("listen")?;
            let (manner, _) = watch::channel(Manner::Replies(recorded.clone(), Duration::ZERO));
            tokio::spawn(accept(listener, TlsAcceptor::from(tls.config()), manner.subscribe()));
            listening.insert(*agency, Listening { address, manner });
        }
        Ok(Self(listening))
    }

    /// Where each is.
    pub fn addresses(&self) -> Vec<(String, SocketAddr)> {
        self.0.iter().map(|(agency, listening)| (agency.to_string(), listening.address)).collect()
    }

    /// Lets one behave otherwise from now on.
    pub fn set(&self, agency: AgencyId, manner: Manner) -> Result<()> {
        self.0.get(&agency).with_context(|| format!("no {agency}"))?.manner.send_replace(manner);
        Ok(())
    }
}

async fn accept(listener: TcpListener, acceptor: TlsAcceptor, manner: watch::Receiver<Manner>) {
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, acceptor.clone(), manner.clone()));
        }
    }
}

/// Serves a connection to its end. Who breaks one off has measured what it wanted.
async fn serve(stream: TcpStream, acceptor: TlsAcceptor, manner: watch::Receiver<Manner>) {
    stream.set_nodelay(true).ok();
    let Ok(stream) = acceptor.accept(stream).await else { return };
    let service = service_fn(|request| reply(request, manner.borrow().clone()));
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http2().max_concurrent_streams(STREAMS);
    builder.serve_connection(TokioIo::new(stream), service).await.ok();
}

async fn reply(request: Request<Incoming>, manner: Manner) -> Result<Response<Full<Bytes>>, Infallible> {
    // Read to its end, as any server would.
    request.into_body().collect().await.ok();
    match manner {
        Manner::Hangs => pending().await,
        Manner::Replies(recorded, after) => {
            if !after.is_zero() {
                tokio::time::sleep(after).await;
            }
            let mut response = Response::new(Full::new(recorded.body));
            if let Ok(value) = recorded.content_type.parse() {
                response.headers_mut().insert(http::header::CONTENT_TYPE, value);
            }
            Ok(response)
        }
    }
}

/// More than wait on one connection.
const STREAMS: u32 = 10_000;

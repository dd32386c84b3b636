//! A server that offers a folder as it should, in HTTP/1.1 and 2.

use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use futures::StreamExt;
use futures::stream;
use http::{Request, Response, StatusCode, Version};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use ssbtx_trust::{HttpsLimits, HttpsSource, RepositoryUrl};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::pki::Authority;

/// The folder's files below `/base`, and what has been asked for.
pub(crate) struct Server {
    pub(crate) port: u16,
    seen: Arc<Seen>,
}

/// What a server does other than it should, with the file that is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Twist<'f> {
    /// Nothing.
    None,
    /// Its body has no end.
    Endless(&'f str),
    /// It comes with thousands of headers.
    ManyHeaders(&'f str),
}

#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    requests: Mutex<Vec<(String, Version)>>,
}

impl Server {
    pub(crate) async fn start(
        authority: &Authority,
        protocols: &[&str],
        folder: PathBuf,
        twist: Twist<'static>,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let acceptor = TlsAcceptor::from(authority.server(protocols));
        let seen = Arc::new(Seen::default());
        let server = Self { port, seen: Arc::clone(&seen) };
        tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                let (acceptor, folder, seen) = (acceptor.clone(), folder.clone(), Arc::clone(&seen));
                tokio::spawn(async move {
                    let Ok(tls) = acceptor.accept(tcp).await else { return };
                    seen.connections.fetch_add(1, Ordering::Relaxed);
                    let service = service_fn(|request: Request<Incoming>| {
                        let path = request.uri().path().to_owned();
                        seen.requests.lock().unwrap().push((path.clone(), request.version()));
                        std::future::ready(Ok::<_, Infallible>(answer(&folder, &path, twist)))
                    });
                    let _ = auto::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(tls), service).await;
                });
            }
        });
        server
    }

    pub(crate) fn source(&self, authority: &Authority) -> HttpsSource {
        source(self.port, authority, HttpsLimits::default())
    }

    pub(crate) fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::Relaxed)
    }

    pub(crate) fn requests(&self) -> Vec<(String, Version)> {
        self.seen.requests.lock().unwrap().clone()
    }
}

/// A source at a port of this machine, below `/base`.
pub(crate) fn source(port: u16, authority: &Authority, limits: HttpsLimits) -> HttpsSource {
    let url: RepositoryUrl = format!("https://127.0.0.1:{port}/base/").parse().unwrap();
    HttpsSource::new(url, &authority.pem(), limits).unwrap()
}

fn answer(folder: &std::path::Path, path: &str, twist: Twist<'_>) -> Response<BoxBody<Bytes, Infallible>> {
    let file = path.strip_prefix("/base/").unwrap();
    if twist == Twist::Endless(file) {
        let frames = stream::repeat(Bytes::from(vec![b'x'; 16 * 1024])).map(|data| Ok(Frame::data(data)));
        return Response::new(BodyExt::boxed(StreamBody::new(frames)));
    }
    let found = std::fs::read(folder.join(file));
    let status = if found.is_ok() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let mut response = Response::new(Full::new(Bytes::from(found.unwrap_or_default())).boxed());
    *response.status_mut() = status;
    if twist == Twist::ManyHeaders(file) {
        let name = |number| http::HeaderName::try_from(format!("x-again-{number}")).unwrap();
        let headers = (0..2000).map(|number| (name(number), http::HeaderValue::from_static("and-again")));
        response.headers_mut().extend(headers.map(|(name, value)| (Some(name), value)));
    }
    response
}

//! A small HTTPS client that hides nothing: no pool, no redirects, no decoding.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::ClientConfig;
use rustls_pki_types::ServerName;
use ssbtx_base_services::{AKTORSID, Agency, BaseServices};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::pki::Authority;

/// A client with a certificate of its own, which speaks HTTP/1.1 or HTTP/2.
pub(crate) struct Client {
    tls: Arc<ClientConfig>,
    protocol: Protocol,
}

/// An HTTP version.
#[derive(Clone, Copy)]
pub(crate) enum Protocol {
    Http1,
    Http2,
}

/// A response, whole.
pub(crate) struct Whole {
    pub(crate) status: StatusCode,
    pub(crate) content_type: String,
    pub(crate) body: String,
}

impl Client {
    /// One whose certificate this authority has issued.
    pub(crate) fn of(authority: &Authority, protocol: Protocol) -> Self {
        let alpn: &[u8] = match protocol {
            Protocol::Http1 => b"http/1.1",
            Protocol::Http2 => b"h2",
        };
        Self { tls: authority.client(Some(&authority.issue()), alpn), protocol }
    }

    /// Asks an agency and reads the whole answer.
    pub(crate) async fn ask(&self, services: &BaseServices, agency: Agency, question: &str) -> Whole {
        let response = self.send(services.address(agency), question_to(agency, question)).await.unwrap();
        whole(response).await.unwrap()
    }

    /// Sends a request and gives the response's head, with the body still to be read.
    pub(crate) async fn send(
        &self,
        address: SocketAddr,
        mut request: Request<Full<Bytes>>,
    ) -> Result<Response<Incoming>, hyper::Error> {
        let stream = TokioIo::new(connect(&self.tls, address).await.unwrap());
        match self.protocol {
            Protocol::Http1 => {
                let (mut sender, connection) = http1::handshake(stream).await?;
                tokio::spawn(connection);
                sender.send_request(request).await
            }
            Protocol::Http2 => {
                *request.uri_mut() = format!("https://{address}{}", request.uri()).parse().unwrap();
                let (mut sender, connection) = http2::handshake(TokioExecutor::new(), stream).await?;
                tokio::spawn(connection);
                sender.send_request(request).await
            }
        }
    }
}

/// A TLS connection, by which the server has not necessarily let the client in: TLS 1.3 tells at the first read.
pub(crate) async fn connect(tls: &Arc<ClientConfig>, address: SocketAddr) -> io::Result<TlsStream<TcpStream>> {
    let name = ServerName::from(std::net::IpAddr::from(Ipv4Addr::LOCALHOST));
    TlsConnector::from(Arc::clone(tls)).connect(name, TcpStream::connect(address).await?).await
}

/// A request that carries a question as an adapter sends it.
pub(crate) fn question_to(agency: Agency, question: &str) -> Request<Full<Bytes>> {
    let body = Full::from(question.to_owned());
    if agency == Agency::Fk {
        let [(_, actor), _] = AKTORSID;
        let path = format!("{}/aktorer/{actor}/formansinformation/fraga", agency.path());
        return Request::post(path)
            .header("host", "127.0.0.1")
            .header("content-type", "application/json")
            .body(body)
            .unwrap();
    }
    Request::post(agency.path())
        .header("host", "127.0.0.1")
        .header("content-type", "text/xml; charset=utf-8")
        .header("soapaction", r#""""#)
        .body(body)
        .unwrap()
}

/// Reads a response to its end.
pub(crate) async fn whole(response: Response<Incoming>) -> Result<Whole, hyper::Error> {
    let (head, body) = response.into_parts();
    let content_type = head.headers.get("content-type").map(|value| value.to_str().unwrap().to_owned());
    let body = body.collect().await?.to_bytes();
    Ok(Whole {
        status: head.status,
        content_type: content_type.unwrap_or_default(),
        body: String::from_utf8(body.into()).unwrap(),
    })
}

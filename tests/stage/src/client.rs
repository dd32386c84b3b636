//! A client of the host, over TLS with a client certificate.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use anyhow::{Context, Result};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client as HyperClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rustls::crypto::aws_lc_rs;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};

use crate::pki::Identity;

/// A client with one certificate, or none.
pub struct Client {
    http: HyperClient<HttpsConnector<HttpConnector>, Full<Bytes>>,
    address: SocketAddr,
}

/// What came back.
pub struct Received {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: String,
}

impl Client {
    /// Makes a client of the host at an address, which trusts these roots and presents this certificate.
    ///
    /// # Errors
    ///
    /// Where a certificate or key cannot be read.
    pub fn new(address: SocketAddr, roots: &Path, identity: Option<&Identity>) -> Result<Self> {
        let mut store = RootCertStore::empty();
        for certificate in certificates(roots)? {
            store.add(certificate)?;
        }
        let provider = aws_lc_rs::default_provider().into();
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(store);
        let config = match identity {
            None => builder.with_no_client_auth(),
            Some(identity) => {
                let key = PrivateKeyDer::from_pem_file(&identity.key).context("read the client's key")?;
                builder.with_client_auth_cert(certificates(&identity.chain)?, key)?
            }
        };
        let connector = HttpsConnectorBuilder::new().with_tls_config(config).https_only().enable_http1().build();
        Ok(Self { http: HyperClient::builder(TokioExecutor::new()).build(connector), address })
    }

    /// Asks for a path.
    ///
    /// # Errors
    ///
    /// Where there is no connection or no whole response.
    pub async fn get(&self, path: &str) -> Result<Received> {
        self.send(self.request(Method::GET, path).body(Full::default())?).await
    }

    /// Posts a JSON text.
    ///
    /// # Errors
    ///
    /// Where there is no connection or no whole response.
    pub async fn post_json(&self, path: &str, body: impl Into<Bytes>) -> Result<Received> {
        let request = self.request(Method::POST, path).header("content-type", "application/json");
        self.send(request.body(Full::new(body.into()))?).await
    }

    /// Posts a SOAP envelope to SSBTEK's version 10.
    ///
    /// # Errors
    ///
    /// Where there is no connection or no whole response.
    pub async fn post_soap(&self, body: impl Into<Bytes>) -> Result<Received> {
        let request = self
            .request(Method::POST, "/ssbtek/v10")
            .header("content-type", "text/xml; charset=utf-8")
            .header("soapaction", "\"\"");
        self.send(request.body(Full::new(body.into()))?).await
    }

    /// Begins a request to a path of the host.
    pub fn request(&self, method: Method, path: &str) -> http::request::Builder {
        Request::builder().method(method).uri(format!("https://localhost:{}{path}", self.address.port()))
    }

    /// Posts a JSON text whose answer is to come in pieces, and gives the response when its head is there. Dropping it goes away.
    ///
    /// # Errors
    ///
    /// Where there is no connection or no response.
    pub async fn post_for_pieces(&self, path: &str, body: impl Into<Bytes>) -> Result<Response<Incoming>> {
        let request = self.request(Method::POST, path).header("content-type", "application/json");
        let request = request.header("accept", "text/event-stream").body(Full::new(body.into()))?;
        self.http.request(request).await.context("send a request to the host")
    }

    /// Sends a request.
    ///
    /// # Errors
    ///
    /// Where there is no connection or no whole response.
    pub async fn send(&self, request: Request<Full<Bytes>>) -> Result<Received> {
        let (parts, body) = self.http.request(request).await.context("send a request to the host")?.into_parts();
        let body = body.collect().await.context("read the host's response")?.to_bytes();
        let body = String::from_utf8(body.to_vec()).context("read the host's response as UTF-8")?;
        Ok(Received { status: parts.status, headers: parts.headers, body })
    }
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let pem = fs::read(path).with_context(|| format!("read `{}`", path.display()))?;
    CertificateDer::pem_slice_iter(&pem)
        .collect::<Result<_, _>>()
        .with_context(|| format!("read certificates of `{}`", path.display()))
}

//! One agency, through the client and with the settings that the host has.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::crypto::aws_lc_rs;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Method, Request};
use ssbtx_upstream::UpstreamLimits;

use super::Settings;

/// An agency with its connections.
pub(super) struct Upstream {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    port: u16,
}

impl Upstream {
    pub(super) fn new(settings: &Settings, address: SocketAddr) -> Result<Self> {
        let mut roots = RootCertStore::empty();
        for root in CertificateDer::pem_file_iter(&settings.agency_roots)? {
            roots.add(root?)?;
        }
        let chain = CertificateDer::pem_file_iter(&settings.upstream_chain)?.collect::<Result<_, _>>()?;
        let key = PrivateKeyDer::from_pem_file(&settings.upstream_key)?;
        let tls = ClientConfig::builder_with_provider(aws_lc_rs::default_provider().into())
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_client_auth_cert(chain, key)?;
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let connector =
            HttpsConnectorBuilder::new().with_tls_config(tls).https_only().enable_http1().wrap_connector(tcp);
        let UpstreamLimits { idle_timeout, max_idle_connections, .. } = UpstreamLimits::default();
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(idle_timeout.max(Duration::from_secs(1)))
            .pool_max_idle_per_host(max_idle_connections)
            .build(connector);
        Ok(Self { client, port: address.port() })
    }

    /// Sends a request and gives the content type and body of the response.
    pub(super) async fn send(&self, request: Request) -> Result<(String, Vec<u8>)> {
        let method = match request.method {
            Method::Get => http::Method::GET,
            Method::Post => http::Method::POST,
        };
        let uri = format!("https://localhost:{}{}", self.port, request.path);
        let mut outgoing = http::Request::builder().method(method).uri(uri);
        for header in &request.headers {
            outgoing = outgoing.header(&header.name, &header.value);
        }
        let body = Full::new(Bytes::from(request.body.unwrap_or_default()));
        let response = self.client.request(outgoing.body(body)?).await.context("ask an agency")?;
        ensure!(response.status() == 200, "agency answered with {}", response.status());
        let content_type = response.headers().get(http::header::CONTENT_TYPE).context("no content type")?;
        let content_type = content_type.to_str()?.to_owned();
        let body = response.into_body().collect().await.context("read an agency's answer")?.to_bytes();
        Ok((content_type, body.to_vec()))
    }
}

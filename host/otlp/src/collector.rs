//! The collector that spans are sent to.

use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue, USER_AGENT};
use http::{Method, Request, StatusCode, Uri};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use opentelemetry_proto::tonic::collector::trace::v1::{ExportTraceServiceRequest, ExportTraceServiceResponse};
use prost::Message as _;
use tokio::time::timeout;

use crate::settings::OtlpSettings;

/// A collector, and the connection to it.
pub(crate) struct Collector {
    traces: Uri,
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

/// Why a collector has not taken spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotTaken {
    /// No connection, a broken one, or a failed TLS handshake.
    #[error("collector cannot be reached")]
    Unreachable,
    /// It did not answer in time.
    #[error("collector did not answer in time")]
    TimedOut,
    /// It answered that it does not take them.
    #[error("collector answered with status `{0}`, expected `200`")]
    Status(u16),
}

impl Collector {
    /// Connects when it is first sent to. `None` where the address cannot have a path below it.
    pub(crate) fn new(settings: &OtlpSettings) -> Option<Self> {
        let traces = format!("{}/v1/traces", settings.endpoint).parse().ok()?;
        let mut tls = settings.tls.config().as_ref().clone();
        // The connector says itself which protocols it speaks.
        tls.alpn_protocols.clear();
        let connector = HttpsConnectorBuilder::new().with_tls_config(tls).https_only().enable_http1().build();
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_max_idle_per_host(1)
            .build(connector);
        Some(Self { traces, client })
    }

    /// Sends spans, once, and says how many of them were refused.
    ///
    /// # Errors
    ///
    /// [`NotTaken`], where none was taken, or nobody knows.
    pub(crate) async fn send(&self, spans: &ExportTraceServiceRequest) -> Result<usize, NotTaken> {
        timeout(LONGEST, self.exchange(spans)).await.unwrap_or(Err(NotTaken::TimedOut))
    }

    async fn exchange(&self, spans: &ExportTraceServiceRequest) -> Result<usize, NotTaken> {
        let mut request = Request::new(Full::new(Bytes::from(spans.encode_to_vec())));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.traces.clone();
        request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/x-protobuf"));
        request.headers_mut().insert(USER_AGENT, HeaderValue::from_static("ssbtx"));
        let response = self.client.request(request).await.map_err(|_| NotTaken::Unreachable)?;
        let status = response.status();
        if status != StatusCode::OK {
            return Err(NotTaken::Status(status.as_u16()));
        }
        let body = Limited::new(response.into_body(), LARGEST_RESPONSE).collect().await;
        // Spans that were taken are taken, however the collector says so; what it writes about them is not read.
        let said = body.ok().and_then(|body| ExportTraceServiceResponse::decode(body.to_bytes()).ok());
        let refused = said.and_then(|said| said.partial_success).map_or(0, |partial| partial.rejected_spans);
        Ok(usize::try_from(refused).unwrap_or(0))
    }
}

/// For a whole exchange, with its connection.
const LONGEST: Duration = Duration::from_secs(5);
const LARGEST_RESPONSE: usize = 64 * 1024;

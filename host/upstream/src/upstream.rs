//! One upstream and an exchange with it.

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::Instant;

use crate::base_url::BaseUrl;
use crate::connector::Connector;
use crate::settings::{UpstreamLimits, UpstreamSettings};
use crate::{body, failure};
use ssbtx_core::{Method, Request, Response, TransportFailure};

/// A request as it goes out.
pub(crate) type Outgoing = http::Request<Full<Bytes>>;

/// A base service, with its own connections.
pub(crate) struct Upstream {
    base_url: BaseUrl,
    limits: UpstreamLimits,
    client: Client<Connector, Full<Bytes>>,
}

impl Upstream {
    pub(crate) fn new(settings: &UpstreamSettings) -> Self {
        let limits = settings.limits;
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(limits.idle_timeout)
            .pool_max_idle_per_host(limits.max_idle_connections)
            .http1_max_buf_size(MAX_HEAD_BYTES)
            .build(Connector::new(&settings.tls, limits.connect_timeout));
        Self { base_url: settings.base_url.clone(), limits, client }
    }

    /// Sends a request and reads the response, until the deadline or the upstream's own time is over, whichever comes first.
    pub(crate) async fn exchange(
        &self,
        request: Outgoing,
        max_reply_bytes: usize,
        deadline: Instant,
    ) -> Result<Response, TransportFailure> {
        let now = Instant::now();
        if deadline <= now {
            return Err(TransportFailure::TimedOut);
        }
        let exchanging = async {
            let response = self.client.request(request).await.map_err(|error| failure::before_response(&error))?;
            let (head, incoming) = response.into_parts();
            let content_type = content_type(&head.headers);
            let body = body::read(incoming, max_reply_bytes).await?;
            Ok(Response { status: head.status.as_u16(), content_type, body })
        };
        match tokio::time::timeout_at(deadline.min(now + self.limits.timeout), exchanging).await {
            Ok(outcome) => outcome,
            Err(_elapsed) => Err(TransportFailure::TimedOut),
        }
    }

    /// The request as it goes out: the adapter's headers, and those that the host alone sets. `host` and `content-length` are the client's.
    ///
    /// `None` where its path or a header's value is none that HTTP can carry.
    pub(crate) fn outgoing(&self, request: Request, traceparent: Option<&str>) -> Option<Outgoing> {
        let uri = self.base_url.join(request.path())?;
        let method = match request.method() {
            Method::Get => http::Method::GET,
            Method::Post => http::Method::POST,
        };
        let mut headers = HeaderMap::new();
        for (name, value) in request.headers() {
            headers.insert(HeaderName::from_static(name.as_str()), HeaderValue::from_str(value).ok()?);
        }
        headers.insert(USER_AGENT, HeaderValue::from_static("ssbtx"));
        // Nothing is unpacked here: a small response stays small.
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        if let Some(traceparent) = traceparent.and_then(|text| HeaderValue::from_str(text).ok()) {
            headers.insert(TRACEPARENT, traceparent);
        }
        let mut outgoing = http::Request::new(Full::new(Bytes::from(request.into_body())));
        *outgoing.method_mut() = method;
        *outgoing.uri_mut() = uri;
        *outgoing.headers_mut() = headers;
        Some(outgoing)
    }
}

/// The one header that an adapter is given, where it has a shape that the contract allows.
fn content_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let shaped = value.len() <= MAX_CONTENT_TYPE_BYTES && !value.contains('\t');
    shaped.then(|| value.to_owned())
}

const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
const MAX_HEAD_BYTES: usize = 64 * 1024;
const MAX_CONTENT_TYPE_BYTES: usize = 1024;

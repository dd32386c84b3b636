//! One upstream and an exchange with it.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper_util::client::legacy::connect::capture_connection;
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use crate::base_url::BaseUrl;
use crate::connector::Connector;
use crate::settings::UpstreamSettings;
use crate::turns::Turns;
use crate::{body, failure};
use ssbtx_core::{Method, Request, Response, TransportFailure};

/// A request as it goes out.
pub(crate) type Outgoing = http::Request<Full<Bytes>>;

/// A base service, with its own connections.
pub(crate) struct Upstream {
    base_url: BaseUrl,
    client: Client<Connector, Full<Bytes>>,
    turns: Arc<Turns>,
}

impl Upstream {
    pub(crate) fn new(settings: &UpstreamSettings) -> Self {
        let limits = &settings.limits;
        let turns = Arc::new(Turns::new(limits.max_connecting));
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(limits.idle_timeout)
            .pool_max_idle_per_host(limits.max_idle_connections)
            .http1_max_buf_size(MAX_HEAD_BYTES)
            .build(Connector::new(&settings.tls, limits.connect_timeout, Arc::clone(&turns)));
        Self { base_url: settings.base_url.clone(), client, turns }
    }

    /// Sends a request and reads the response, for as long as it takes.
    ///
    /// A request that was not begun is sent once more: the other side did not take the connection, or closed it before anything was written to
    /// it, as a base service does that is restarted. One that may have arrived is never sent again.
    pub(crate) async fn exchange(
        &self,
        request: Outgoing,
        max_reply_bytes: usize,
    ) -> Result<Response, TransportFailure> {
        let response = match self.send(request.clone()).await {
            Err(error) if failure::was_never_begun(&error) => {
                tokio::time::sleep(PAUSE).await;
                self.send(request).await
            }
            first => first,
        };
        let (head, incoming) = response.map_err(|error| failure::before_response(&error))?.into_parts();
        let content_type = content_type(&head.headers);
        let body = body::read(incoming, max_reply_bytes).await?;
        Ok(Response { status: head.status.as_u16(), content_type, body })
    }

    /// Sends a request, and is counted until it has a connection as one who wants one.
    async fn send(&self, mut request: Outgoing) -> Result<http::Response<Incoming>, Error> {
        let mut connection = capture_connection(&mut request);
        let wanting = self.turns.want();
        let mut sending = pin!(self.client.request(request));
        tokio::select! {
            biased;
            response = &mut sending => return response,
            () = async { drop(connection.wait_for_connection_metadata().await) } => {}
        }
        drop(wanting);
        sending.await
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
        let mut outgoing = http::Request::new(body_of(request));
        *outgoing.method_mut() = method;
        *outgoing.uri_mut() = uri;
        *outgoing.headers_mut() = headers;
        Some(outgoing)
    }
}

/// The body as it goes out, wiped from memory when nobody sends it any more.
fn body_of(request: Request) -> Full<Bytes> {
    Full::new(Bytes::from_owner(request.into_body()))
}

/// The one header that an adapter is given, where it has a shape that the contract allows.
fn content_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let shaped = value.len() <= MAX_CONTENT_TYPE_BYTES && !value.contains('\t');
    shaped.then(|| value.to_owned())
}

const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
/// Between a connection that was not taken and the next attempt: what restarts behind one address is seldom back at once.
const PAUSE: Duration = Duration::from_millis(50);
const MAX_HEAD_BYTES: usize = 64 * 1024;
const MAX_CONTENT_TYPE_BYTES: usize = 1024;

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::os::unix::fs::FileExt as _;

    use http_body_util::BodyExt as _;
    use ssbtx_core::RequestDraft;

    use super::*;

    #[tokio::test]
    async fn a_body_is_sent_from_where_the_adapter_left_it_and_wiped_when_it_has_been() {
        let body = b"<fraga>197701172392</fraga>".repeat(100);
        let (at, length) = (body.as_ptr().addr(), body.len());
        let draft = RequestDraft {
            upstream: "base-service".to_owned(),
            method: Method::Post,
            path: "/".to_owned(),
            headers: Vec::new(),
            body: Some(body),
        };
        let request = Request::parse(draft, &["base-service".parse().unwrap()]).unwrap();
        let sent = body_of(request).collect().await.unwrap().to_bytes();
        assert_eq!((sent.as_ptr().addr(), sent.len()), (at, length));
        let (memory, mut left) = (File::open("/proc/self/mem").unwrap(), vec![0; length]);
        drop(sent);
        // Where the memory was given back to the system, there is nothing to read.
        memory.read_at(&mut left, u64::try_from(at).unwrap()).ok();
        assert!(!left.windows(12).any(|window| window == b"197701172392"));
    }
}

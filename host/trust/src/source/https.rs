//! A repository's files on an HTTPS server.

mod connector;
mod failure;
mod invalid;
mod limits;
mod url;

use std::fmt;
use std::io;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use http::header::{ACCEPT_ENCODING, HeaderValue, USER_AGENT};
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Empty};
use hyper::body::{Body, Incoming};
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::fault::{FetchFault, ReadFault};
use connector::Connector;
pub use invalid::InvalidHttpsSource;
pub use limits::HttpsLimits;
pub use url::{InvalidRepositoryUrl, RepositoryUrl};

/// An HTTPS server that offers a repository, and the connections to it.
///
/// It takes `https` alone, TLS 1.2 or 1.3, with the given roots and none of the system's; HTTP/1.1 or 2, whichever the server prefers. No
/// redirection is followed, no proxy is asked, nothing is unpacked. A status of 200 is content and 404 is absence; any other is an error. The
/// connections stay open between loads; clones share them.
#[derive(Clone)]
pub struct HttpsSource(Arc<Server>);

struct Server {
    url: RepositoryUrl,
    limits: HttpsLimits,
    client: Client<Connector, Empty<Bytes>>,
}

impl HttpsSource {
    /// A source that connects when it is first read.
    ///
    /// `roots` are the certificate authorities that may vouch for the server, in PEM.
    ///
    /// # Errors
    ///
    /// [`InvalidHttpsSource`], when there is no usable root or a limit is out of its range.
    pub fn new(url: RepositoryUrl, roots: &[u8], limits: HttpsLimits) -> Result<Self, InvalidHttpsSource> {
        if let Some(limit) = limits.out_of_range() {
            return Err(InvalidHttpsSource::Limit { limit });
        }
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(limits.idle_timeout)
            .pool_max_idle_per_host(MAX_IDLE_CONNECTIONS)
            .http1_max_buf_size(MAX_HEAD_BYTES)
            .http1_max_headers(MAX_HEADERS)
            .http2_max_header_list_size(MAX_HEADER_LIST_BYTES)
            .build(Connector::new(roots, limits.connect_timeout)?);
        Ok(Self(Arc::new(Server { url, limits, client })))
    }

    /// Where it is.
    pub fn url(&self) -> &RepositoryUrl {
        &self.0.url
    }

    pub(super) async fn read(&self, file: &str, limit: u64) -> Result<Bytes, ReadFault> {
        let fetching = tokio::time::timeout(self.0.limits.file_timeout, self.fetch(file, limit));
        fetching.await.map_err(|_elapsed| FetchFault::TimedOut)?
    }

    async fn fetch(&self, file: &str, limit: u64) -> Result<Bytes, ReadFault> {
        let uri = self.0.url.join(file).ok_or(ReadFault::Io(io::ErrorKind::InvalidFilename))?;
        let mut request = Request::new(Empty::new());
        *request.uri_mut() = uri;
        request.headers_mut().insert(USER_AGENT, HeaderValue::from_static("ssbtx"));
        // Nothing is unpacked here: a small answer stays small.
        request.headers_mut().insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let response = self.0.client.request(request).await.map_err(|error| failure::before_response(&error))?;
        match response.status() {
            StatusCode::OK => whole(response.into_body(), limit).await,
            StatusCode::NOT_FOUND => Err(ReadFault::Io(io::ErrorKind::NotFound)),
            other => Err(FetchFault::Status(other.as_u16()).into()),
        }
    }
}

/// Shows the URL alone.
impl fmt::Debug for HttpsSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HttpsSource({})", self.0.url)
    }
}

/// Reads a body of at most so many bytes. One that says in advance that it is larger is refused before any of it is read.
async fn whole(mut body: Incoming, limit: u64) -> Result<Bytes, ReadFault> {
    if body.size_hint().lower() > limit {
        return Err(ReadFault::TooLong { limit });
    }
    // Memory follows what has arrived, not what was announced.
    let mut read = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| FetchFault::BrokenOff)?;
        let Ok(data) = frame.into_data() else { continue };
        if (read.len() as u64).saturating_add(data.len() as u64) > limit {
            return Err(ReadFault::TooLong { limit });
        }
        read.extend_from_slice(&data);
    }
    Ok(read.freeze())
}

/// Files are read one after the other, so one connection does; a second may be left from a load that was given up.
const MAX_IDLE_CONNECTIONS: usize = 2;
const MAX_HEADERS: usize = 64;
const MAX_HEAD_BYTES: usize = 64 * 1024;
const MAX_HEADER_LIST_BYTES: u32 = 16 * 1024;

//! What goes between an adapter and the upstream client: requests out, replies back.

use std::fmt;
use std::str::FromStr;

use crate::wiped::WipedBytes;

/// The name under which an adapter knows an upstream; the operator's configuration gives it an address.
///
/// # Shape
///
/// 1 to 32 characters `a`–`z`, `0`–`9` and `-`, such as `base-service`.
///
/// # Errors
///
/// Parsing gives [`InvalidRequest::Upstream`] for anything else.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UpstreamName(String);

impl UpstreamName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for UpstreamName {
    type Err = InvalidRequest;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let shaped = (1..=32).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if shaped { Ok(Self(text.to_owned())) } else { Err(InvalidRequest::Upstream) }
    }
}

impl fmt::Display for UpstreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for UpstreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An HTTP method that an adapter may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// GET, without a body.
    Get,
    /// POST, with a body.
    Post,
}

/// A header that an adapter may set; the host sets every other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HeaderName {
    /// `accept`
    Accept,
    /// `content-type`
    ContentType,
    /// `soapaction`
    SoapAction,
}

impl HeaderName {
    /// The name in lower case, as HTTP/2 has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::ContentType => "content-type",
            Self::SoapAction => "soapaction",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Accept, Self::ContentType, Self::SoapAction].into_iter().find(|name| name.as_str() == text)
    }
}

/// A request as an adapter wrote it, before any of it is believed.
pub struct RequestDraft {
    /// The upstream's name.
    pub upstream: String,
    /// The method.
    pub method: Method,
    /// Path and query.
    pub path: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The body, absent with GET.
    pub body: Option<Vec<u8>>,
}

/// A request that may be sent: it names a declared upstream, and nothing in it can reach another host or add a header.
pub struct Request {
    upstream: UpstreamName,
    method: Method,
    path: String,
    headers: Vec<(HeaderName, String)>,
    body: WipedBytes,
}

impl Request {
    /// Takes an adapter's request.
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`], which names what is wrong and quotes nothing: paths and headers may hold personal data.
    pub fn parse(draft: RequestDraft, declared: &[UpstreamName]) -> Result<Self, InvalidRequest> {
        // Whatever becomes of the request, its body is wiped.
        let body = draft.body.map(WipedBytes::from);
        let upstream: UpstreamName = draft.upstream.parse()?;
        if !declared.contains(&upstream) {
            return Err(InvalidRequest::UndeclaredUpstream(upstream));
        }
        check_path(&draft.path)?;
        let mut headers: Vec<(HeaderName, String)> = Vec::with_capacity(draft.headers.len());
        for (name, value) in draft.headers {
            let name = HeaderName::parse(&name).ok_or(InvalidRequest::HeaderName)?;
            if headers.iter().any(|(earlier, _)| *earlier == name) {
                return Err(InvalidRequest::HeaderTwice(name.as_str()));
            }
            if value.len() > MAX_HEADER_BYTES || !value.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
                return Err(InvalidRequest::HeaderValue(name.as_str()));
            }
            headers.push((name, value));
        }
        let body = match (draft.method, body) {
            (Method::Get, None) => WipedBytes::default(),
            (Method::Post, Some(body)) => body,
            (Method::Get, Some(_)) | (Method::Post, None) => return Err(InvalidRequest::Body),
        };
        Ok(Self { upstream, method: draft.method, path: draft.path, headers, body })
    }

    /// Where it goes.
    pub fn upstream(&self) -> &UpstreamName {
        &self.upstream
    }

    /// The method.
    pub fn method(&self) -> Method {
        self.method
    }

    /// Path and query, beginning with one `/`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The headers that the adapter set.
    pub fn headers(&self) -> &[(HeaderName, String)] {
        &self.headers
    }

    /// The body, empty with GET. It names a person, and is wiped from memory when it is dropped.
    pub fn into_body(self) -> WipedBytes {
        self.body
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("upstream", &self.upstream)
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

fn check_path(path: &str) -> Result<(), InvalidRequest> {
    if !path.starts_with('/') || path.starts_with("//") {
        return Err(InvalidRequest::PathStart);
    }
    if path.len() > MAX_PATH_BYTES {
        return Err(InvalidRequest::PathLength);
    }
    // RFC 3986, section 3.3 and 3.4: what may stand in a path or query, `#` excepted.
    if !path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:@/?".contains(&byte)) {
        return Err(InvalidRequest::PathCharacter);
    }
    let only_path = path.split('?').next().unwrap_or(path);
    let climbs = only_path.split('/').any(|segment| {
        let plain = segment.to_ascii_lowercase().replace("%2e", ".");
        plain == ".." || plain == "."
    });
    if climbs { Err(InvalidRequest::PathClimbs) } else { Ok(()) }
}

/// What is wrong with an adapter's request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRequest {
    /// Not the shape of an upstream's name.
    #[error("name of an upstream is not 1 to 32 characters `a`–`z`, `0`–`9` and `-`")]
    Upstream,
    /// Not among the upstreams of the description.
    #[error("upstream `{0}` is not declared in the adapter's description")]
    UndeclaredUpstream(UpstreamName),
    /// An absolute URL, a host, or a path that does not begin at the root.
    #[error("path does not begin with exactly one `/`")]
    PathStart,
    /// Over 2,048 bytes.
    #[error("path is over 2048 bytes")]
    PathLength,
    /// White space, a line break, `#`, `\` or anything else that RFC 3986 does not allow in a path or query.
    #[error("path holds a character that may not stand in a path or query")]
    PathCharacter,
    /// `.` or `..`, plain or encoded.
    #[error("path holds a segment `.` or `..`")]
    PathClimbs,
    /// Not one of those an adapter may set.
    #[error("header is none of `accept`, `content-type` and `soapaction`")]
    HeaderName,
    /// Given more than once.
    #[error("header `{0}` is given twice")]
    HeaderTwice(&'static str),
    /// A line break or anything but visible ASCII and spaces, or over 1,024 bytes.
    #[error("value of header `{0}` is not at most 1024 visible ASCII characters and spaces")]
    HeaderValue(&'static str),
    /// GET with a body or POST without one.
    #[error("body does not fit the method: `get` has none, `post` has one")]
    Body,
}

/// What a base service sent back, whatever its status.
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The value of `content-type`, where there was one.
    pub content_type: Option<String>,
    /// The body, whole. It is wiped from memory when it is dropped.
    pub body: WipedBytes,
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response").field("status", &self.status).finish_non_exhaustive()
    }
}

/// The outcome of one request.
#[derive(Debug)]
pub enum Reply {
    /// A response came.
    Response(Response),
    /// None came.
    Failure(TransportFailure),
}

/// Why there is no response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransportFailure {
    /// No connection, a broken one, or a failed TLS handshake.
    Unreachable,
    /// The connection ended within the response.
    BrokenOff,
    /// The response was larger than the limit.
    TooLarge,
    /// Time ran out.
    TimedOut,
}

const MAX_PATH_BYTES: usize = 2048;
const MAX_HEADER_BYTES: usize = 1024;

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::os::unix::fs::FileExt as _;

    use super::*;

    fn draft(path: &str) -> RequestDraft {
        RequestDraft {
            upstream: "base-service".into(),
            method: Method::Post,
            path: path.into(),
            headers: vec![("content-type".into(), "text/xml; charset=utf-8".into())],
            body: Some(Vec::new()),
        }
    }

    fn parse(draft: RequestDraft) -> Result<Request, InvalidRequest> {
        Request::parse(draft, &["base-service".parse().unwrap()])
    }

    #[test]
    fn ok_request() {
        let request = parse(draft("/a/b?c=d")).unwrap();
        assert_eq!(request.path(), "/a/b?c=d");
        assert_eq!(request.headers(), [(HeaderName::ContentType, "text/xml; charset=utf-8".to_owned())]);
    }

    #[test]
    fn err_path() {
        for (path, error) in [
            ("", InvalidRequest::PathStart),
            ("https://example.org/", InvalidRequest::PathStart),
            ("//example.org/", InvalidRequest::PathStart),
            ("/a b", InvalidRequest::PathCharacter),
            ("/a\r\nhost: x", InvalidRequest::PathCharacter),
            ("/a#b", InvalidRequest::PathCharacter),
            ("/\\example.org", InvalidRequest::PathCharacter),
            ("/å", InvalidRequest::PathCharacter),
            ("/<a>", InvalidRequest::PathCharacter),
            ("/a/../b", InvalidRequest::PathClimbs),
            ("/a/%2E%2e/b", InvalidRequest::PathClimbs),
        ] {
            assert_eq!(parse(draft(path)).unwrap_err(), error, "{path}");
        }
        assert_eq!(parse(draft(&format!("/{}", "a".repeat(2048)))).unwrap_err(), InvalidRequest::PathLength);
    }

    #[test]
    fn err_header() {
        for (name, value, error) in [
            ("host", "x", InvalidRequest::HeaderName),
            ("Accept", "x", InvalidRequest::HeaderName),
            ("accept", "a\r\nb", InvalidRequest::HeaderValue("accept")),
            ("content-type", "text/xml", InvalidRequest::HeaderTwice("content-type")),
        ] {
            let mut with_header = draft("/");
            with_header.headers.push((name.into(), value.into()));
            assert_eq!(parse(with_header).unwrap_err(), error, "{name}");
        }
    }

    #[test]
    fn err_upstream() {
        let undeclared = RequestDraft { upstream: "other".into(), ..draft("/") };
        assert_eq!(parse(undeclared).unwrap_err(), InvalidRequest::UndeclaredUpstream("other".parse().unwrap()));
    }

    #[test]
    fn a_requests_body_is_wiped_when_the_request_is_dropped_or_refused() {
        for path in ["/", "no path"] {
            let with_body = RequestDraft { body: Some(b"<fraga>197701172392</fraga>".repeat(100)), ..draft(path) };
            let place = with_body.body.as_ref().map(|body| (body.as_ptr().addr(), body.len())).unwrap();
            assert!(!names_somebody_after(place, || drop(parse(with_body))), "{path}");
        }
    }

    #[test]
    fn what_an_adapter_was_given_is_wiped_when_the_reply_is_dropped() {
        let body = b"<svar>197701172392</svar>".repeat(100);
        let place = (body.as_ptr().addr(), body.len());
        let reply = Reply::Response(Response { status: 200, content_type: None, body: body.into() });
        assert!(names_somebody_after(place, || ()));
        assert!(!names_somebody_after(place, || drop(reply)));
    }

    /// Whether the identity number still lies in this place of the memory, of this length, when something has been dropped.
    fn names_somebody_after((at, length): (usize, usize), dropping: impl FnOnce()) -> bool {
        let (memory, mut left) = (File::open("/proc/self/mem").unwrap(), vec![0; length]);
        dropping();
        // Where the memory was given back to the system, there is nothing to read.
        memory.read_at(&mut left, u64::try_from(at).unwrap()).ok();
        left.windows(12).any(|window| window == b"197701172392")
    }

    #[test]
    fn err_body() {
        assert_eq!(parse(RequestDraft { body: None, ..draft("/") }).unwrap_err(), InvalidRequest::Body);
        assert_eq!(parse(RequestDraft { method: Method::Get, ..draft("/") }).unwrap_err(), InvalidRequest::Body);
    }
}

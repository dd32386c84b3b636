//! One request and its response.

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;

use crate::agency::Agency;
use crate::answers::{Answers, prefix};
use crate::bad_request::BadRequest;
use crate::cast::Cast;
use crate::ledger::Ledger;
use crate::line::Scissors;
use crate::misbehaviour;
use crate::odd::make_odd;
use crate::soap::{self, Blame};
use crate::spelling::Spelling;

/// The body of a response.
pub(crate) type Body = BoxBody<Bytes, std::convert::Infallible>;

/// One agency's desk, where its questions arrive.
pub(crate) struct Desk {
    pub(crate) agency: Agency,
    pub(crate) cast: Arc<Cast>,
    pub(crate) ledger: Arc<Ledger>,
    /// Another agency's listener, to send callers astray.
    pub(crate) elsewhere: SocketAddr,
}

impl Desk {
    /// Notes a connection.
    pub(crate) fn connected(&self) {
        self.ledger.page(self.agency, |page| page.connections += 1);
    }

    /// Answers one request as the agency would, or as badly as it was told to.
    pub(crate) async fn respond(&self, request: Request<Incoming>, scissors: &Scissors) -> Response<Body> {
        self.ledger.page(self.agency, |page| page.requests += 1);
        let answers = match self.understand(request).await {
            Ok(answers) => answers,
            Err(reason) => return self.refuse(reason),
        };
        let (fault, planted) =
            self.ledger.page(self.agency, |page| (page.fault, page.planted.get(&answers.person).cloned()));
        let plain = Spelling::Plain { prefix: prefix(self.agency) };
        let right = match planted {
            Some(payload) => payload,
            None if answers.odd => Spelling::Odd.write(&make_odd(answers.right.clone())),
            None => plain.write(&answers.right),
        };
        match fault {
            Some(fault) => misbehaviour::respond(self, fault, &answers, right, scissors).await,
            None => self.deliver(&answers.person, right),
        }
    }

    /// Sends a payload in an envelope, and remembers it.
    pub(crate) fn deliver(&self, person: &str, payload: String) -> Response<Body> {
        let response = xml(StatusCode::OK, soap::envelope(&payload));
        self.ledger.page(self.agency, |page| page.sent.insert(person.to_owned(), payload));
        response
    }

    async fn understand(&self, request: Request<Incoming>) -> Result<Answers, BadRequest> {
        let (head, body) = request.into_parts();
        let body = Limited::new(body, LARGEST_QUESTION).collect().await.map_err(|_| BadRequest::Body)?.to_bytes();
        let text = String::from_utf8(body.into()).map_err(|_| BadRequest::NotXml)?;
        self.ledger.page(self.agency, |page| page.last_request = Some(text.clone()));

        if head.uri.path() != self.agency.path() || head.uri.query().is_some() {
            return Err(BadRequest::Path { expected: self.agency.path() });
        }
        if head.method != Method::POST {
            return Err(BadRequest::Method { found: head.method.to_string() });
        }
        let header = |name| head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !is_xml_in_utf8(header("content-type")) {
            return Err(BadRequest::Header { name: "content-type", expected: "text/xml; charset=utf-8" });
        }
        if header("soapaction") != r#""""# {
            return Err(BadRequest::Header { name: "soapaction", expected: r#""""# });
        }
        Answers::to(self.agency, &text, &self.cast)
    }

    fn refuse(&self, reason: BadRequest) -> Response<Body> {
        let response = match reason.status() {
            status @ StatusCode::INTERNAL_SERVER_ERROR => {
                xml(status, soap::fault(Blame::Client, &reason.to_string(), ""))
            }
            status => with_body(status, "text/plain; charset=utf-8", reason.to_string()),
        };
        self.ledger.page(self.agency, |page| page.bad_requests.push(reason));
        response
    }
}

/// A response of XML.
pub(crate) fn xml(status: StatusCode, body: String) -> Response<Body> {
    with_body(status, "text/xml; charset=utf-8", body)
}

/// A response with a whole body.
pub(crate) fn with_body(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Response<Body> {
    let mut response = Response::new(Full::new(body.into()).boxed());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(content_type));
    response
}

fn is_xml_in_utf8(content_type: &str) -> bool {
    let lower = content_type.to_ascii_lowercase();
    let mut parts = lower.split(';').map(str::trim);
    parts.next() == Some("text/xml") && parts.all(|part| matches!(part, "charset=utf-8" | r#"charset="utf-8""#))
}

/// The largest question, in bytes: a mebibyte, some hundred times a real one.
const LARGEST_QUESTION: usize = 1 << 20;

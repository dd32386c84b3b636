//! One request and its response.

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response, StatusCode, header};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use jiff::Timestamp;

use crate::agency::{Agency, Protocol};
use crate::answers::{Answers, Asked, Refusal};
use crate::bad_request::BadRequest;
use crate::cast::Cast;
use crate::ledger::Ledger;
use crate::line::Scissors;
use crate::message::Message;
use crate::misbehaviour;

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
        let mut answers = match self.understand(request).await {
            Ok(answers) => answers,
            Err(refusal) => return self.refuse(refusal),
        };
        let (fault, planted) = self.ledger.page(self.agency, |page| {
            (page.fault, answers.person.as_ref().and_then(|person| page.planted.get(person).cloned()))
        });
        if let Some(payload) = planted {
            answers.right = Message::of(self.agency, payload);
        }
        match fault {
            Some(fault) => misbehaviour::respond(self, fault, answers, scissors).await,
            None => self.deliver(answers.person, answers.right),
        }
    }

    /// Sends a message, and remembers what it says about whom.
    pub(crate) fn deliver(&self, person: Option<String>, message: Message) -> Response<Body> {
        if let Some((person, payload)) = person.zip(message.payload.clone()) {
            self.ledger.page(self.agency, |page| page.sent.insert(person, payload));
        }
        send(message)
    }

    async fn understand(&self, request: Request<Incoming>) -> Result<Answers, Refusal> {
        let at = Timestamp::now();
        let refusal = |reason| Refusal::of(self.agency, reason, at);
        let (head, body) = request.into_parts();
        let body = Limited::new(body, LARGEST_QUESTION).collect().await;
        let body = body.map_err(|_| refusal(BadRequest::Body))?.to_bytes();
        let text = String::from_utf8(body.into()).map_err(|_| {
            refusal(match self.agency.protocol() {
                Protocol::Soap(_) => BadRequest::NotXml,
                Protocol::Json => BadRequest::NotJson,
            })
        })?;
        let traceparent = head.headers.get("traceparent").and_then(|value| value.to_str().ok()).map(str::to_owned);
        self.ledger.page(self.agency, |page| {
            page.last_request = Some(text.clone());
            page.last_traceparent = traceparent;
        });
        Answers::to(self.agency, &Asked { head: &head, body: &text, at }, &self.cast)
    }

    fn refuse(&self, Refusal { reason, message }: Refusal) -> Response<Body> {
        self.ledger.page(self.agency, |page| page.bad_requests.push(reason));
        send(*message)
    }
}

/// The response that a message is.
pub(crate) fn send(message: Message) -> Response<Body> {
    with_body(message.status, message.content_type, message.body)
}

/// A response with a whole body.
pub(crate) fn with_body(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Response<Body> {
    let mut response = Response::new(Full::new(body.into()).boxed());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(content_type));
    response
}

/// The largest question, in bytes: a mebibyte, some hundred times a real one.
const LARGEST_QUESTION: usize = 1 << 20;

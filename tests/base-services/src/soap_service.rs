//! A base service that speaks SOAP 1.1: what every one demands of a request, and how each spells what it says.

use http::{Method, StatusCode};
use roxmltree::Document;

use crate::answers::{Answers, Asked, Refusal};
use crate::bad_request::BadRequest;
use crate::cast::Cast;
use crate::element::Element;
use crate::message::Message;
use crate::soap::{self, Blame};
use crate::spelling::{Prefixes, Spelling};

/// What one agency's service does in its own way.
#[derive(Clone, Copy)]
pub(crate) struct SoapService {
    /// The path at which it answers.
    pub(crate) path: &'static str,
    /// The prefixes under which it writes its namespaces.
    pub(crate) prefixes: Prefixes,
    /// Reads a question and says what there is to say.
    pub(crate) listen: fn(&Document<'_>, &Cast) -> Result<Statements, BadRequest>,
    /// Turns the right answer into one that does not follow the schema.
    pub(crate) make_odd: fn(&mut Element),
    /// Where in the envelope its documents stand.
    pub(crate) carriage: Carriage,
}

/// What an agency has to say to one question, before it is spelled.
pub(crate) struct Statements {
    /// The identity number asked about: 12 digits.
    pub(crate) person: String,
    /// The right answer.
    pub(crate) right: Element,
    /// The answer that says in the agency's own way that it failed.
    pub(crate) own_error: OwnError,
    /// Whether this person's right answer never follows the schema.
    pub(crate) odd: bool,
}

/// An agency's own way of saying that it failed.
pub(crate) enum OwnError {
    /// A document with an error code in it.
    Document(Element),
    /// A SOAP fault with this detail.
    FaultDetail(Element),
}

/// Where in the envelope a document stands.
#[derive(Clone, Copy)]
pub(crate) enum Carriage {
    /// It is the element inside the Body.
    Element,
    /// It is the text of an element inside the Body, which this writes.
    Text(fn(&str, Quoting) -> String),
}

/// How a document is written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quoting {
    /// With its markup escaped.
    Escaped,
    /// As CDATA.
    Cdata,
}

impl SoapService {
    /// Reads a request and prepares the answers to it.
    pub(crate) fn answers(&self, asked: &Asked<'_>, cast: &Cast) -> Result<Answers, Refusal> {
        let statements = self.read(asked, cast).map_err(refusal)?;
        let odd = self.spelled_oddly(statements.right.clone());
        Ok(Answers {
            person: Some(statements.person),
            right: if statements.odd { odd.clone() } else { self.spelled(&statements.right) },
            odd,
            own_error: match statements.own_error {
                OwnError::Document(document) => self.spelled(&document),
                OwnError::FaultDetail(detail) => {
                    let detail = Spelling::Plain(self.prefixes).write(&detail);
                    Message::xml(StatusCode::INTERNAL_SERVER_ERROR, soap::fault(Blame::Server, "Tekniskt fel", &detail))
                }
            },
        })
    }

    /// An answer that carries this document, as it is.
    pub(crate) fn carry(&self, document: String, quoting: Quoting) -> Message {
        let body = match self.carriage {
            Carriage::Element => soap::envelope(&document),
            Carriage::Text(write) => soap::envelope(&write(&document, quoting)),
        };
        Message { payload: Some(document), ..Message::xml(StatusCode::OK, body) }
    }

    fn read(&self, asked: &Asked<'_>, cast: &Cast) -> Result<Statements, BadRequest> {
        let uri = &asked.head.uri;
        if uri.path() != self.path || uri.query().is_some() {
            return Err(BadRequest::Path { expected: self.path });
        }
        if asked.head.method != Method::POST {
            return Err(BadRequest::Method { found: asked.head.method.to_string(), expected: "POST" });
        }
        let header = |name| asked.head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !is_xml_in_utf8(header("content-type")) {
            return Err(BadRequest::Header { name: "content-type", expected: "text/xml; charset=utf-8" });
        }
        if header("soapaction") != r#""""# {
            return Err(BadRequest::Header { name: "soapaction", expected: r#""""# });
        }
        (self.listen)(&soap::parse(asked.body)?, cast)
    }

    fn spelled(&self, document: &Element) -> Message {
        self.carry(self.declared(Spelling::Plain(self.prefixes).write(document)), Quoting::Escaped)
    }

    fn spelled_oddly(&self, mut document: Element) -> Message {
        (self.make_odd)(&mut document);
        let text = self.declared(Spelling::Odd.write(&document));
        match self.carriage {
            Carriage::Element => self.carry(text, Quoting::Escaped),
            // Whoever reads CDATA reads a line feed for every line break, so that is what the document has.
            Carriage::Text(_) => self.carry(text.replace("\r\n", "\n"), Quoting::Cdata),
        }
    }

    /// A document that stands on its own in a string has a declaration of its own.
    fn declared(&self, document: String) -> String {
        match self.carriage {
            Carriage::Element => document,
            Carriage::Text(_) => format!(r#"<?xml version="1.0" encoding="UTF-8"?>{document}"#),
        }
    }
}

/// The refusal of a request: a SOAP fault of the client for what it says, a status and a line of text for how it came.
pub(crate) fn refusal(reason: BadRequest) -> Refusal {
    let message = match reason.status() {
        status @ StatusCode::INTERNAL_SERVER_ERROR => {
            Message::xml(status, soap::fault(Blame::Client, &reason.to_string(), ""))
        }
        status => Message::bare(status, "text/plain; charset=utf-8", reason.to_string()),
    };
    Refusal::new(reason, message)
}

fn is_xml_in_utf8(content_type: &str) -> bool {
    let lower = content_type.to_ascii_lowercase();
    let mut parts = lower.split(';').map(str::trim);
    parts.next() == Some("text/xml") && parts.all(|part| matches!(part, "charset=utf-8" | r#"charset="utf-8""#))
}

//! The outcome of one SOAP exchange: a document, or the one reason why there is none.

use thiserror::Error;

use crate::agency_code::AgencyCode;
use crate::bindings::exports::ssbtx::adapter::translation::{Document, Reply, Response, Step, TransportFailure};
use crate::outcome::failed;
use crate::xml::{Undecodable, is_utf8};

use super::AnswerFormat;
use super::envelope::{self, Content};

/// Why an exchange gave no document. Never quotes what the agency sent, but for a code that is safe to show.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum NoDocument {
    /// No response came.
    #[error("no response came")]
    Unanswered(TransportFailure),
    /// The host gave no reply at all.
    #[error("no reply was given")]
    NoReply,
    /// A status that says neither success nor SOAP Fault.
    #[error("status is `{0}`, expected `200`")]
    Status(u16),
    /// The response does not say that it is XML.
    #[error("the content type is not XML")]
    ContentType,
    /// The response is no XML that can be read.
    #[error(transparent)]
    Undecodable(#[from] Undecodable),
    /// The response is no SOAP envelope with a Body.
    #[error("there is no SOAP envelope")]
    NoEnvelope,
    /// The Body does not hold the agency's answer.
    #[error("the SOAP Body does not hold the agency's answer")]
    UnexpectedPayload,
    /// The agency answered with a SOAP Fault.
    #[error("the agency answered with a SOAP Fault")]
    Fault(Option<AgencyCode>),
}

/// Reads the reply to the request that [`send`](super::send) made.
///
/// # Errors
///
/// [`NoDocument`], which is also the [`Step`] that ends the question.
pub fn receive(replies: &[Reply], format: &AnswerFormat) -> Result<Document, NoDocument> {
    match replies.first() {
        Some(Reply::Response(response)) => read(response, format),
        Some(Reply::Failure(failure)) => Err(NoDocument::Unanswered(*failure)),
        None => Err(NoDocument::NoReply),
    }
}

fn read(response: &Response, format: &AnswerFormat) -> Result<Document, NoDocument> {
    let status = response.status;
    if status != OK && status != SERVER_ERROR {
        return Err(NoDocument::Status(status));
    }
    match (status, content(response, format)) {
        (_, Ok(Content::Fault(code))) => Err(NoDocument::Fault(code)),
        // SOAP 1.1 sends a Fault with status 500. With that status anything else is what the server says, not what the service says.
        (SERVER_ERROR, _) => Err(NoDocument::Status(status)),
        (_, Ok(Content::Document(document))) => Ok(document),
        (_, Ok(Content::Unexpected)) => Err(NoDocument::UnexpectedPayload),
        (_, Ok(Content::Missing)) => Err(NoDocument::NoEnvelope),
        (_, Err(error)) => Err(error),
    }
}

fn content(response: &Response, format: &AnswerFormat) -> Result<Content, NoDocument> {
    let header = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-type"));
    let mut parts = header.ok_or(NoDocument::ContentType)?.value.split(';').map(str::trim);
    let media_type = parts.next().unwrap_or_default();
    if !MEDIA_TYPES.iter().any(|known| media_type.eq_ignore_ascii_case(known)) {
        return Err(NoDocument::ContentType);
    }
    // RFC 7303: what the content type says of the encoding goes before the XML declaration.
    for (name, value) in parts.filter_map(|parameter| parameter.split_once('=')) {
        if name.trim().eq_ignore_ascii_case("charset") && !is_utf8(value.trim().trim_matches('"')) {
            return Err(Undecodable::Encoding.into());
        }
    }
    Ok(envelope::read(&response.body, format)?)
}

impl NoDocument {
    /// The stable code: the agency's own where it gave one, else the adapter's.
    fn code(&self) -> String {
        match self {
            Self::Unanswered(_) | Self::NoReply => "no-reply".to_owned(),
            Self::Status(status) => format!("HTTP-{status}"),
            Self::ContentType => "content-type".to_owned(),
            Self::Undecodable(_) => "undecodable".to_owned(),
            Self::NoEnvelope => "no-envelope".to_owned(),
            Self::UnexpectedPayload => "unexpected-payload".to_owned(),
            Self::Fault(code) => code.as_ref().map_or("soap-fault", AgencyCode::as_str).to_owned(),
        }
    }

    /// What it means, in Swedish.
    fn message(&self) -> &'static str {
        match self {
            Self::Unanswered(_) | Self::NoReply => "Bastjänsten gav inget svar.",
            Self::Status(_) => "Bastjänsten svarade med en HTTP-status som betyder fel.",
            Self::ContentType => "Bastjänsten svarade med något annat än XML.",
            Self::Undecodable(Undecodable::Truncated) => "Bastjänstens svar är avklippt och kan inte läsas.",
            Self::Undecodable(Undecodable::NotUtf8 | Undecodable::Encoding) => {
                "Bastjänstens svar har en annan teckenkodning än UTF-8 och kan inte läsas."
            }
            Self::Undecodable(Undecodable::Doctype | Undecodable::UndefinedEntity) => {
                "Bastjänstens svar innehåller en dokumenttypsdeklaration eller okänd entitet och läses inte."
            }
            Self::Undecodable(Undecodable::TooDeep | Undecodable::Malformed) => {
                "Bastjänstens svar är inte giltig XML och kan inte läsas."
            }
            Self::Undecodable(Undecodable::UnreadableMark) => {
                "Bastjänstens svar har en uppgift om skyddad identitet som inte kan läsas, och lämnas därför inte vidare."
            }
            Self::NoEnvelope => "Bastjänstens svar är inte ett SOAP-meddelande.",
            Self::UnexpectedPayload => "Bastjänstens svar är inte av det slag som avtalats.",
            Self::Fault(_) => "Bastjänsten svarade med ett fel (SOAP Fault).",
        }
    }
}

impl From<NoDocument> for Step {
    fn from(reason: NoDocument) -> Self {
        match reason {
            NoDocument::Unanswered(failure) => Self::Unanswered(failure),
            other => failed(&other.code(), other.message()),
        }
    }
}

const OK: u16 = 200;
const SERVER_ERROR: u16 = 500;
const MEDIA_TYPES: [&str; 3] = ["text/xml", "application/xml", "application/soap+xml"];

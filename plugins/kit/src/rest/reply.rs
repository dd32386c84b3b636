//! A reply as JSON, or why there is none.

use thiserror::Error;

use crate::bindings::exports::ssbtx::adapter::translation::{
    Document, Notice, PingStep, Reply, Response, Step, TransportFailure,
};
use crate::catalogue::Catalogue;
use crate::json::{self, Undecodable};
use crate::xml::is_utf8;

/// Why an exchange gave nothing that can be read. Never quotes what the agency sent.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum NoAnswer {
    /// No response came.
    #[error("no response came")]
    Unanswered(TransportFailure),
    /// The host gave no reply at all.
    #[error("no reply was given")]
    NoReply,
    /// A status that means no answer.
    #[error("status is `{0}`, expected `200`")]
    Status(u16),
    /// The response does not say that it is JSON.
    #[error("the content type is not JSON")]
    ContentType,
    /// The response is no JSON that can be read.
    #[error(transparent)]
    Undecodable(#[from] Undecodable),
}

/// The response to the one request that was sent, whatever its status.
///
/// # Errors
///
/// [`NoAnswer::Unanswered`] and [`NoAnswer::NoReply`].
pub fn response(replies: &[Reply]) -> Result<&Response, NoAnswer> {
    match replies.first() {
        Some(Reply::Response(response)) => Ok(response),
        Some(Reply::Failure(failure)) => Err(NoAnswer::Unanswered(*failure)),
        None => Err(NoAnswer::NoReply),
    }
}

/// The response's body, if its content type says that it is JSON in UTF-8. Whether it is, is for its reader to find.
///
/// # Errors
///
/// [`NoAnswer::ContentType`] and, for another `charset`, [`NoAnswer::Undecodable`].
pub fn body(response: &Response) -> Result<&[u8], NoAnswer> {
    let header = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-type"));
    let mut parts = header.ok_or(NoAnswer::ContentType)?.value.split(';').map(str::trim);
    if !parts.next().unwrap_or_default().eq_ignore_ascii_case("application/json") {
        return Err(NoAnswer::ContentType);
    }
    // RFC 8259 defines no charset, yet servers send it. One that is not UTF-8 is a server that means something else than JSON.
    for (name, value) in parts.filter_map(|parameter| parameter.split_once('=')) {
        if name.trim().eq_ignore_ascii_case("charset") && !is_utf8(value.trim().trim_matches('"')) {
            return Err(Undecodable::Encoding.into());
        }
    }
    Ok(&response.body)
}

/// The response's document.
///
/// # Errors
///
/// [`NoAnswer`], which is also the [`Step`] that ends the question. The status is not looked at.
pub fn document(response: &Response, catalogue: &Catalogue) -> Result<Document, NoAnswer> {
    Ok(json::read(body(response)?, catalogue)?)
}

impl NoAnswer {
    fn notice(self) -> Notice {
        Notice { code: self.code(), message: self.message().to_owned() }
    }

    fn code(self) -> String {
        match self {
            Self::Unanswered(_) | Self::NoReply => "no-reply".to_owned(),
            Self::Status(status) => format!("HTTP-{status}"),
            Self::ContentType => "content-type".to_owned(),
            Self::Undecodable(Undecodable::NotAnObject) => "unexpected-payload".to_owned(),
            Self::Undecodable(_) => "undecodable".to_owned(),
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::Unanswered(_) | Self::NoReply => "Bastjänsten gav inget svar.",
            Self::Status(_) => "Bastjänsten svarade med en HTTP-status som betyder fel.",
            Self::ContentType => "Bastjänsten svarade med något annat än JSON.",
            Self::Undecodable(Undecodable::Truncated) => "Bastjänstens svar är avklippt och kan inte läsas.",
            Self::Undecodable(Undecodable::NotUtf8 | Undecodable::Encoding) => {
                "Bastjänstens svar har en annan teckenkodning än UTF-8 och kan inte läsas."
            }
            Self::Undecodable(Undecodable::TooDeep | Undecodable::Malformed) => {
                "Bastjänstens svar är inte giltig JSON och kan inte läsas."
            }
            Self::Undecodable(Undecodable::UnreadableMark) => {
                "Bastjänstens svar har en uppgift om skyddad identitet som inte kan läsas, och lämnas därför inte vidare."
            }
            Self::Undecodable(Undecodable::NotAnObject) => "Bastjänstens svar är inte av det slag som avtalats.",
        }
    }
}

impl From<NoAnswer> for Step {
    fn from(reason: NoAnswer) -> Self {
        match reason {
            NoAnswer::Unanswered(failure) => Self::Unanswered(failure),
            other => Self::Failed(other.notice()),
        }
    }
}

impl From<NoAnswer> for PingStep {
    fn from(reason: NoAnswer) -> Self {
        match reason {
            NoAnswer::Unanswered(failure) => Self::Unanswered(failure),
            other => Self::Failed(other.notice()),
        }
    }
}

//! What LEFI replies, by HTTP status.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{
    Document, Notice, PingStep, Reply, Response, Step,
};
use ssbtx_adapter_kit::json::members;
use ssbtx_adapter_kit::rest::{self, NoAnswer};

use crate::catalogue::CATALOGUE;

/// Why a reply holds no answer. Never quotes LEFI.
#[derive(Clone, Copy, Debug)]
pub(crate) enum NoLefiAnswer {
    /// LEFI refused, with a `LefiFelsvar`, by this status.
    Refused(LefiError),
    /// Anything else, which is any base service's.
    Other(NoAnswer),
}

/// A status that LEFI publishes for a `LefiFelsvar`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum LefiError {
    /// 400: the question is not accepted.
    BadRequest,
    /// 403: the actor is unknown, or not the caller's.
    Forbidden,
    /// 500: an error of LEFI's own.
    Internal,
}

/// LEFI's answer to a question.
///
/// # Errors
///
/// [`NoLefiAnswer`], which is also the step that ends the question.
pub(crate) fn document(replies: &[Reply]) -> Result<Document, NoLefiAnswer> {
    Ok(rest::document(answer(replies)?, &CATALOGUE)?)
}

/// Whether LEFI told the types of information that are available to the actor.
///
/// # Errors
///
/// [`NoLefiAnswer`], which is also the step that ends the ping.
pub(crate) fn types_of_information(replies: &[Reply]) -> Result<(), NoLefiAnswer> {
    members(rest::body(answer(replies)?)?).map_err(NoAnswer::from)?;
    Ok(())
}

fn answer(replies: &[Reply]) -> Result<&Response, NoLefiAnswer> {
    let response = rest::response(replies)?;
    match (response.status, LefiError::of(response.status)) {
        (OK, _) => Ok(response),
        // What stands between the broker and LEFI may give the same status; only LEFI says it in these words.
        (_, Some(error)) if is_felsvar(response) => Err(NoLefiAnswer::Refused(error)),
        (status, _) => Err(NoAnswer::Status(status).into()),
    }
}

/// Whether the response is a `LefiFelsvar`: none of its members is mandatory, so one of them is enough.
fn is_felsvar(response: &Response) -> bool {
    let Ok(Ok(members)) = rest::body(response).map(members) else { return false };
    members.iter().any(|member| matches!(member.name.as_str(), "meddelande" | "timestamp"))
}

impl LefiError {
    fn of(status: u16) -> Option<Self> {
        match status {
            400 => Some(Self::BadRequest),
            403 => Some(Self::Forbidden),
            500 => Some(Self::Internal),
            _ => None,
        }
    }

    /// The code and the words. LEFI's own `meddelande` is for operators, and could quote an identity number although it must not.
    fn notice(self) -> Notice {
        let (code, message) = match self {
            Self::BadRequest => ("LEFI-400", "Försäkringskassan godtog inte frågan (LEFI: felaktiga indata)."),
            Self::Forbidden => (
                "LEFI-403",
                "Försäkringskassan svarar inte den aktör som frågan ställs för (LEFI: ej behörig). Kontrollera aktörs-id.",
            ),
            Self::Internal => {
                ("LEFI-500", "Försäkringskassan kunde inte svara på grund av ett fel hos sig (LEFI: internt fel).")
            }
        };
        Notice { code: code.to_owned(), message: message.to_owned() }
    }
}

impl From<NoAnswer> for NoLefiAnswer {
    fn from(reason: NoAnswer) -> Self {
        Self::Other(reason)
    }
}

impl From<NoLefiAnswer> for Step {
    fn from(reason: NoLefiAnswer) -> Self {
        match reason {
            NoLefiAnswer::Refused(error) => Self::Failed(error.notice()),
            NoLefiAnswer::Other(reason) => reason.into(),
        }
    }
}

impl From<NoLefiAnswer> for PingStep {
    fn from(reason: NoLefiAnswer) -> Self {
        match reason {
            NoLefiAnswer::Refused(error) => Self::Failed(error.notice()),
            NoLefiAnswer::Other(reason) => reason.into(),
        }
    }
}

const OK: u16 = 200;

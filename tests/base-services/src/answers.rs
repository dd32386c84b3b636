//! What an agency has to say to one request.

use http::request::Parts;
use jiff::Timestamp;

use crate::agency::{Agency, Protocol};
use crate::bad_request::BadRequest;
use crate::cast::Cast;
use crate::lefi;
use crate::message::Message;
use crate::soap_service;

/// A request that arrived whole.
pub(crate) struct Asked<'a> {
    /// Method, path and headers.
    pub(crate) head: &'a Parts,
    /// The body; empty if there is none.
    pub(crate) body: &'a str,
    /// When it arrived.
    pub(crate) at: Timestamp,
}

/// A request that was understood, and what can be said to it.
pub(crate) struct Answers {
    /// The identity number asked about. A request that concerns nobody has none, such as one for what there is to ask about.
    pub(crate) person: Option<String>,
    /// The right answer.
    pub(crate) right: Message,
    /// The right answer as no schema has it.
    pub(crate) odd: Message,
    /// The answer that says in the agency's own way that it failed.
    pub(crate) own_error: Message,
}

/// A request that no caller should send, and what it is told.
pub(crate) struct Refusal {
    /// Why. It is kept, so that a test can fail on it.
    pub(crate) reason: BadRequest,
    /// What is sent.
    pub(crate) message: Box<Message>,
}

impl Answers {
    /// Reads a request to this agency and prepares its answers.
    ///
    /// # Errors
    ///
    /// [`Refusal`] for a request that breaks what the agency has published.
    pub(crate) fn to(agency: Agency, asked: &Asked<'_>, cast: &Cast) -> Result<Self, Refusal> {
        match agency.protocol() {
            Protocol::Soap(service) => service.answers(asked, cast),
            Protocol::Json => lefi::answers(asked, cast),
        }
    }
}

impl Refusal {
    /// The refusal for this reason with this message.
    pub(crate) fn new(reason: BadRequest, message: Message) -> Self {
        Self { reason, message: Box::new(message) }
    }

    /// The refusal of a request to this agency, told in the agency's way.
    pub(crate) fn of(agency: Agency, reason: BadRequest, at: Timestamp) -> Self {
        match agency.protocol() {
            Protocol::Soap(_) => soap_service::refusal(reason),
            Protocol::Json => lefi::refusal(reason, at),
        }
    }
}

//! `POST /v1/questions`: about one person or a household, answered whole or in pieces.

use axum::response::Response;
use http::HeaderMap;
use ssbtx_core::{Front, Question};
use ssbtx_observation::Trace;

use super::answer::AnswerBody;
use super::event_stream::EVENT_STREAM;
use super::household::{self, Household};
use super::pieces;
use super::problem::Problem;
use super::question::{self, Asked};
use super::resources::json;
use crate::accept::{Accept, JSON};
use crate::consumers::Caller;
use crate::limited::{Asking, Limited};
use crate::media_type::MediaType;
use crate::outside::Admission;
use crate::server::InFlight;

/// A call, and what its questions need.
pub(crate) struct Call {
    pub(crate) broker: Limited,
    pub(crate) caller: Caller,
    pub(crate) admission: Admission,
    pub(crate) trace: Trace,
    /// How many persons of a household are asked about at once.
    pub(crate) household_at_once: usize,
    /// Keeps the connection while an answer in pieces is worked on.
    pub(crate) in_flight: Option<InFlight>,
}

/// How an answer comes.
enum Form {
    Whole,
    InPieces,
}

/// `POST /v1/questions`
pub(crate) async fn answer(call: Call, headers: &HeaderMap, body: &[u8]) -> Result<Response, Problem> {
    if !is_json(headers) {
        return Err(Problem::ContentType);
    }
    let form = Form::wanted(headers)?;
    match (question::parse(body, &call.admission)?, form) {
        (Asked::Person(question), Form::Whole) => {
            let asking = Asking::alone(Front::JsonV1, call.authorised(*question)?);
            json(&AnswerBody::of(&call.broker.ask(&call.caller, asking, &call.trace).await?))
        }
        (Asked::Person(question), Form::InPieces) => {
            let asking = Asking::alone(Front::JsonV1, call.authorised(*question)?);
            pieces::of_person(call, asking).await
        }
        (Asked::Household(members), form) => {
            let household = Household::new(&call, members)?;
            match form {
                Form::Whole => household::answer(&call, household).await,
                Form::InPieces => Ok(pieces::of_household(call, household)),
            }
        }
    }
}

impl Call {
    /// A question that the caller may ask.
    pub(super) fn authorised(&self, question: Question) -> Result<Question, Problem> {
        self.caller.authorise(question).map_err(|_| Problem::NotYourOrganisation)
    }
}

impl Form {
    /// What the client wants more; whole where it wants both alike.
    fn wanted(headers: &HeaderMap) -> Result<Self, Problem> {
        let accept = Accept::of(headers);
        match (accept.weight(JSON), accept.weight(EVENT_STREAM)) {
            (0, 0) => Err(Problem::NotAcceptable),
            (whole, in_pieces) if in_pieces > whole => Ok(Self::InPieces),
            _ => Ok(Self::Whole),
        }
    }
}

/// Whether the content type is `application/json`, with no charset or UTF-8.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    MediaType::of(headers).is_some_and(|media_type| media_type.is(JSON) && media_type.is_utf8())
}

#[cfg(test)]
mod tests;

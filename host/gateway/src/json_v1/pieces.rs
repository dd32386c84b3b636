//! An answer in pieces: an event for each part as it comes, and one for the end.

use axum::response::Response;
use futures::{StreamExt as _, stream};
use serde::Serialize;
use ssbtx_broker::{Progressed, Summary};
use ssbtx_core::{AgencyId, AgencyPart, BASE_SERVICES, CorrelationId, Front, QuestionId, State};
use tracing::Instrument as _;
use utoipa::ToSchema;
use uuid::Uuid;

use super::answer::{EditionBody, PartBody, warnings};
use super::event_stream::Events;
use super::household::{Household, Place};
use super::openapi::words;
use super::problem::{self, Problem};
use super::questions::Call;
use crate::limited::{Asking, Pieces};
use crate::meters::GatewayMeters;
use crate::refusing::tell_refused;

/// The data of an event `part`: a part as in a whole answer, and of a household whose it is.
#[derive(Serialize, ToSchema)]
#[schema(as = PartEvent)]
pub(super) struct PartEvent<'a> {
    #[serde(flatten)]
    place: Option<Place>,
    #[serde(flatten)]
    part: PartBody<'a>,
}

/// The data of an event `summary`: all that an answer says besides its parts. Nothing follows about this person.
#[derive(Serialize, ToSchema)]
#[schema(as = SummaryEvent)]
#[serde(rename_all = "camelCase")]
pub(super) struct SummaryEvent<'a> {
    #[serde(flatten)]
    place: Option<Place>,
    /// The host's own id of the question, as the audit log has it: a UUID of version 7.
    #[schema(format = "uuid")]
    question_id: String,
    /// The asker's own reference, where the question had one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    correlation_id: Option<&'a str>,
    /// The role of the certificate that was asked with.
    role: &'a str,
    edition: EditionBody<'a>,
    /// What is wrong although there is an answer; left out where nothing is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(schema_with = words::warnings, required = false)]
    warnings: Vec<&'static str>,
    /// The state of each base service's part, all seven, in SSBTEK's order.
    #[schema(min_items = 7, max_items = 7)]
    states: Vec<StateBody<'a>>,
}

/// The state of one base service's part.
#[derive(Serialize, ToSchema)]
#[schema(as = PartState)]
struct StateBody<'a> {
    #[schema(schema_with = words::base_service)]
    agency: &'a str,
    #[schema(schema_with = words::state)]
    state: &'static str,
}

/// The data of an event `problem`: there is no whole answer, whatever has come of it. Nothing follows about this person.
#[derive(Serialize, ToSchema)]
#[schema(as = ProblemEvent)]
pub(super) struct ProblemEvent<'a> {
    #[serde(flatten)]
    place: Option<Place>,
    #[serde(flatten)]
    problem: problem::Body<'a>,
}

/// The data of an event `household`, the last of its stream.
#[derive(Serialize, ToSchema)]
#[schema(as = HouseholdEvent)]
pub(super) struct HouseholdEvent {
    /// The host's own id of the household, as the audit log has it: a UUID of version 7.
    #[schema(format = "uuid")]
    household: String,
    /// How many questions have a whole answer.
    answered: usize,
    /// How many have none.
    refused: usize,
}

/// Whose pieces are written, under which question.
#[derive(Clone, Copy)]
struct Piece<'e> {
    events: &'e Events,
    meters: &'e GatewayMeters,
    question: QuestionId,
    place: Option<Place>,
}

/// Whether a question has a whole answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Answered,
    Refused,
}

/// Answers a question about one person. What is refused before anybody is asked has a status of its own.
pub(super) async fn of_person(call: Call, asking: Asking) -> Result<Response, Problem> {
    let question = asking.question.id;
    let pieces = call.broker.ask_progressively(&call.caller, asking, &call.trace).await?;
    let (events, response) = Events::begin(PIECES);
    let writing = async move {
        let writing = async {
            Piece { events: &events, meters: call.broker.meters(), question, place: None }.relay(pieces).await;
        };
        events.while_read(writing).await;
        drop(call.in_flight);
    };
    tokio::spawn(writing.in_current_span());
    Ok(response)
}

/// Asks about all persons of a household, a few at a time. Whatever becomes of one question, the others are asked.
pub(super) fn of_household(call: Call, household: Household) -> Response {
    let (events, response) = Events::begin(household.persons.len().saturating_mul(PIECES).saturating_add(1));
    let writing = async move {
        events.while_read(write_household(&call, &events, household)).await;
        drop(call.in_flight);
    };
    tokio::spawn(writing.in_current_span());
    response
}

async fn write_household(call: &Call, events: &Events, household: Household) {
    let Household { id, persons } = household;
    let writing = stream::iter(persons).map(|(place, asking)| async move {
        let (meters, question) = (call.broker.meters(), asking.question.id);
        let piece = Piece { events, meters, question, place: Some(place) };
        match call.broker.ask_progressively(&call.caller, asking, &call.trace).await {
            Ok(pieces) => piece.relay(pieces).await,
            Err(refusal) => piece.refuse(&refusal.into()),
        }
    });
    let ends: Vec<End> = writing.buffer_unordered(call.household_at_once).collect().await;
    events.send("household", &id.to_string(), &HouseholdEvent::of(id, &ends));
}

impl Piece<'_> {
    /// Writes the pieces of one answer as they come.
    async fn relay(self, mut pieces: Pieces) -> End {
        while let Some(piece) = pieces.next().await {
            match piece {
                Progressed::Part(part) => self.part(&part),
                Progressed::Ended(summary) => return self.end(&summary),
                Progressed::Failed(unanswered) => return self.refuse(&unanswered.into()),
            }
        }
        self.refuse(&Problem::BrokenOff)
    }

    fn part(self, part: &AgencyPart) {
        let id = format!("{}/{}", self.question, part.agency);
        self.events.send("part", &id, &PartEvent { place: self.place, part: PartBody::of(part) });
    }

    fn end(self, summary: &Summary) -> End {
        self.events.send("summary", &self.question.to_string(), &SummaryEvent::of(self.place, summary));
        End::Answered
    }

    fn refuse(self, problem: &Problem) -> End {
        tell_refused(self.meters, Front::JsonV1, problem.code(), problem.limit());
        let event = ProblemEvent { place: self.place, problem: problem.body() };
        self.events.send("problem", &self.question.to_string(), &event);
        End::Refused
    }
}

impl<'a> SummaryEvent<'a> {
    fn of(place: Option<Place>, summary: &'a Summary) -> Self {
        Self {
            place,
            question_id: summary.question.to_string(),
            correlation_id: summary.correlation_id.as_ref().map(CorrelationId::as_str),
            role: summary.role.as_str(),
            edition: EditionBody::of(&summary.edition),
            warnings: warnings(summary.open_case),
            states: summary.states.iter().map(StateBody::of).collect(),
        }
    }
}

impl<'a> StateBody<'a> {
    fn of((agency, state): &'a (AgencyId, State)) -> Self {
        Self { agency: agency.as_str(), state: state.label() }
    }
}

impl HouseholdEvent {
    fn of(household: Uuid, ends: &[End]) -> Self {
        let answered = ends.iter().filter(|end| **end == End::Answered).count();
        Self { household: household.to_string(), answered, refused: ends.len().saturating_sub(answered) }
    }
}

/// The events of one answer: a part of each base service, and its end.
const PIECES: usize = BASE_SERVICES.len() + 1;

//! A household: one question for each person, and one answer to each.

use axum::response::Response;
use futures::{StreamExt as _, stream};
use serde::Serialize;
use ssbtx_core::{Answer, Front};
use utoipa::ToSchema;
use uuid::Uuid;

use super::answer::AnswerBody;
use super::openapi::words;
use super::problem::{self, Problem};
use super::question::Member;
use super::questions::Call;
use super::resources::json;
use crate::limited::Asking;
use crate::outside::{household_id, question_id};
use crate::refusing::tell_refused;

/// A household whose persons may be asked about.
pub(super) struct Household {
    pub(super) id: Uuid,
    pub(super) persons: Vec<(Place, Asking)>,
}

/// Which person of the household something is about. Nobody's number is ever told back.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(super) struct Place {
    /// The person's place in the list of the question, from 0.
    pub(super) index: usize,
    /// How the person stands to the person of the case.
    #[schema(schema_with = words::relation)]
    relation: &'static str,
}

/// The answers to the questions about the persons of a household, one for each.
#[derive(Serialize, ToSchema)]
#[schema(as = HouseholdAnswer)]
pub(super) struct HouseholdBody<'a> {
    /// The host's own id of the household, as the audit log has it: a UUID of version 7.
    #[schema(format = "uuid")]
    household: String,
    /// In the order of the question.
    #[schema(min_items = 1, max_items = 12)]
    answers: Vec<PersonBody<'a>>,
}

/// What came of the question about one person.
#[derive(Serialize, ToSchema)]
#[schema(as = PersonAnswer)]
struct PersonBody<'a> {
    #[serde(flatten)]
    place: Place,
    #[serde(flatten)]
    came: CameBody<'a>,
}

/// An answer, or why there is none.
#[derive(Serialize, ToSchema)]
#[schema(as = AnswerOrProblem)]
#[serde(rename_all = "kebab-case")]
enum CameBody<'a> {
    Answer(AnswerBody<'a>),
    Problem(problem::Body<'a>),
}

impl Household {
    /// Admits each person's question under an id of its own.
    pub(super) fn new(call: &Call, members: Vec<Member>) -> Result<Self, Problem> {
        let outside = call.broker.outside();
        let id = household_id(outside);
        let mut persons = Vec::with_capacity(members.len());
        for (index, Member { relation, mut question }) in members.into_iter().enumerate() {
            question.id = question_id(outside);
            let question = call.authorised(question)?;
            let place = Place { index, relation: relation.label() };
            persons.push((place, Asking { front: Front::JsonV1, question, relation, household: Some(id) }));
        }
        Ok(Self { id, persons })
    }
}

/// Asks about all persons, a few at a time, and answers when all have been. Whatever becomes of one question, the others are asked.
pub(super) async fn answer(call: &Call, household: Household) -> Result<Response, Problem> {
    let asking = stream::iter(household.persons).map(|(place, asking)| async move {
        (place, call.broker.ask(&call.caller, asking, &call.trace).await.map_err(Problem::from))
    });
    let mut came: Vec<(Place, Result<Answer, Problem>)> =
        asking.buffer_unordered(call.household_at_once).collect().await;
    came.sort_by_key(|(place, _)| place.index);
    for problem in came.iter().filter_map(|(_, came)| came.as_ref().err()) {
        tell_refused(call.broker.meters(), Front::JsonV1, problem.code(), problem.limit());
    }
    json(&HouseholdBody { household: household.id.to_string(), answers: came.iter().map(PersonBody::of).collect() })
}

impl<'a> PersonBody<'a> {
    fn of((place, came): &'a (Place, Result<Answer, Problem>)) -> Self {
        let came = match came {
            Ok(answer) => CameBody::Answer(AnswerBody::of(answer)),
            Err(problem) => CameBody::Problem(problem.body()),
        };
        Self { place: *place, came }
    }
}

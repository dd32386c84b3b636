//! Försäkringskassan's base service, LEFI version 9: benefits at Försäkringskassan and Pensionsmyndigheten, as REST with JSON.
//!
//! Written from the published document, `lefi-formansinformation-v9.openapi.yaml`. Every question that it lets LEFI answer with status 400 is one
//! that SSBTX has no reason to send: it is refused so, and kept as a bad request. An actor that nobody knows is a refusal like any other.

mod actor;
mod answer;
mod available_types;
mod class;
mod error_answer;
mod group;
mod json;
mod odd;
mod operation;
mod question;

use http::{StatusCode, header};
use jiff::Timestamp;

pub use actor::AKTORSID;
pub(crate) use class::Class;
pub(crate) use group::{Discloser, Group};
pub(crate) use json::Tree;

use crate::answers::{Answers, Asked, Refusal};
use crate::bad_request::BadRequest;
use crate::cast::{Cast, LefiRecord, Person};
use crate::message::Message;
use answer::{Records, answer};
use available_types::available_types;
use error_answer::{FORBIDDEN, INTERNAL, INVALID, error_answer, internal_about};
use odd::make_odd;
use operation::Operation;
use question::Question;

/// Reads a request and prepares the answers to it.
///
/// # Errors
///
/// [`Refusal`] for a request that LEFI refuses whoever sends it.
pub(crate) fn answers(asked: &Asked<'_>, cast: &Cast) -> Result<Answers, Refusal> {
    listen(asked, cast).map_err(|reason| refusal(reason, asked.at))
}

/// A refusal: status 400, or what HTTP has for what the published document leaves unsaid.
pub(crate) fn refusal(reason: BadRequest, at: Timestamp) -> Refusal {
    let status = match reason.status() {
        StatusCode::INTERNAL_SERVER_ERROR => StatusCode::BAD_REQUEST,
        status => status,
    };
    Refusal::new(reason, error_answer(status, INVALID, at))
}

fn listen(asked: &Asked<'_>, cast: &Cast) -> Result<Answers, BadRequest> {
    let target = asked.head.uri.path_and_query().map_or("", |target| target.as_str());
    match Operation::of(&asked.head.method, target)? {
        Operation::Question { actor } => {
            let content_type = asked.head.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
            if !content_type.is_some_and(is_json) {
                return Err(BadRequest::Header { name: "content-type", expected: JSON });
            }
            let question = Question::read(asked.body)?;
            Ok(if actor::is_known(actor) { about(&question, cast, asked.at) } else { forbidden(asked.at) })
        }
        Operation::AvailableTypes { actor } if actor::is_known(actor) => {
            let types = Message::json(StatusCode::OK, available_types().to_string());
            Ok(about_nobody(types, error_answer(StatusCode::INTERNAL_SERVER_ERROR, INTERNAL, asked.at)))
        }
        Operation::AvailableTypes { .. } => Ok(forbidden(asked.at)),
    }
}

fn about(question: &Question, cast: &Cast, at: Timestamp) -> Answers {
    let person = find(cast, &question.person);
    let nothing = LefiRecord::default();
    let records = Records {
        fk: person.and_then(Person::fk).unwrap_or(&nothing),
        pm: person.and_then(Person::pm).unwrap_or(&nothing),
    };
    let tree = answer(question, records);
    let right = Message::json(StatusCode::OK, tree.to_string());
    let odd = Message::json(StatusCode::OK, make_odd(tree).to_string());
    let identity = person.map_or(question.person.as_str(), Person::identity);
    Answers {
        person: Some(identity.to_owned()),
        right: if person.is_some_and(Person::is_odd) { odd.clone() } else { right },
        odd,
        own_error: error_answer(StatusCode::INTERNAL_SERVER_ERROR, &internal_about(identity), at),
    }
}

/// LEFI also takes ten digits, without the century.
fn find<'a>(cast: &'a Cast, number: &str) -> Option<&'a Person> {
    match number.len() {
        10 => cast.persons().iter().find(|person| person.identity().ends_with(number)),
        _ => cast.find(number),
    }
}

fn forbidden(at: Timestamp) -> Answers {
    let refusal = error_answer(StatusCode::FORBIDDEN, FORBIDDEN, at);
    about_nobody(refusal.clone(), refusal)
}

fn about_nobody(right: Message, own_error: Message) -> Answers {
    Answers { person: None, odd: right.clone(), right, own_error }
}

fn is_json(content_type: &str) -> bool {
    let lower = content_type.to_ascii_lowercase();
    let mut parts = lower.split(';').map(str::trim);
    parts.next() == Some(JSON) && parts.all(|part| matches!(part, "charset=utf-8" | r#"charset="utf-8""#))
}

const JSON: &str = "application/json";

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use http::Request;
    use proptest::test_runner::{Config, TestRunner};
    use ssbtx_published::{Contracts, LEFI_ANSWER, LEFI_ERROR, LEFI_QUESTION, Overrides};

    use super::*;

    #[test]
    fn every_question_that_follows_the_schema_is_answered_unless_a_rule_beside_the_schema_forbids_it() {
        let Some(contracts) = Contracts::find() else { return };
        let [question, answer, error] =
            [LEFI_QUESTION, LEFI_ANSWER, LEFI_ERROR].map(|document_type| contracts.schema(&document_type));
        let cast = Cast::embedded().unwrap();
        let half_a_year = Overrides::default().fixed("period/from", "2026-01-01").fixed("period/tom", "2026-06-30");
        let answered = Cell::new(0);
        TestRunner::new(Config { cases: 64, failure_persistence: None, ..Config::default() })
            .run(&question.strategy(&half_a_year), |body| {
                match ask(&body, &cast) {
                    Ok(Answers { person, right, .. }) => {
                        answered.set(answered.get() + 1);
                        let known = person.and_then(|person| cast.find(&person).map(Person::is_odd));
                        let body = right.body.replacen(r#""avvikelser":[]"#, r#""avvikelser":{}"#, 1);
                        assert!(known == Some(true) || answer.validate(&body).is_ok(), "{body}");
                    }
                    Err(Refusal { reason, message }) => {
                        let reason = reason.to_string();
                        assert!(reason.contains("`fraga`"), "{reason}");
                        assert_eq!(message.status, StatusCode::BAD_REQUEST);
                        error.validate(&message.body).unwrap();
                    }
                }
                Ok(())
            })
            .unwrap();
        assert!(answered.get() > 0);
    }

    fn ask(body: &str, cast: &Cast) -> Result<Answers, Refusal> {
        let (_, actor) = AKTORSID[0];
        let path = format!("/lefi-extern-formansinformation/v9/aktorer/{actor}/formansinformation/fraga");
        let request = Request::post(path).header("content-type", "application/json; charset=utf-8").body(()).unwrap();
        let (head, ()) = request.into_parts();
        answers(&Asked { head: &head, body, at: Timestamp::UNIX_EPOCH }, cast)
    }
}

//! A question is described as it is read.

use ssbtx_core::IdentityCheck;

use super::super::super::parse_question;
use super::*;
use crate::outside::Admission;
use crate::sample::{admission, question_body};

#[test]
fn a_question_is_read_where_the_description_admits_it_and_nowhere_else() {
    let description = description();
    let content = &description["paths"]["/v1/questions"]["post"]["requestBody"]["content"]["application/json"];
    let validator = validator(&description, &content["schema"]);
    let (mut read, mut refused) = (0, 0);
    let values = values();
    for (place, question) in
        PLACES.iter().flat_map(|place| [(place, question_body("162020000001")), (place, household())])
    {
        for value in values.iter().map(Some).chain([None]) {
            let Some(question) = with(question.clone(), place, value) else { continue };
            // No schema counts the persons of one relation.
            if place.ends_with("relation") && value == Some(&json!("subject")) {
                continue;
            }
            let is_read = is_read(&question);
            assert_eq!(validator.is_valid(&question), is_read, "{place}: {question:#}");
            *(if is_read { &mut read } else { &mut refused }) += 1;
        }
    }
    assert!(read > 100 && refused > 500, "{read} {refused}");
}

/// Whether a question is read. What no schema can say of an identity number is not looked at.
fn is_read(question: &Value) -> bool {
    let admission = Admission { identity_check: IdentityCheck::TwelveDigits, ..admission() };
    parse_question(question.to_string().as_bytes(), &admission).is_ok()
}

fn household() -> Value {
    let mut question = question_body("162020000001");
    question.as_object_mut().unwrap().remove("person");
    question["persons"] = json!([
        { "person": "197701172392", "relation": "subject" },
        { "person": "197701182383", "relation": "household-child" },
    ]);
    question
}

/// Values that something expects, and values that nothing does.
fn values() -> Vec<Value> {
    let long = |length: usize| json!("x".repeat(length));
    vec![
        json!(null),
        json!(true),
        json!(17),
        json!({}),
        json!([]),
        json!(""),
        json!(" "),
        json!("\u{a0}\n"),
        json!("a\nb"),
        json!("a\u{0}"),
        json!("a\u{85}"),
        json!("å"),
        json!("197701172392"),
        json!("19770117239"),
        json!("1977011723922"),
        json!("19770117-2392"),
        json!("162020000001"),
        json!("162000000001"),
        json!("2026-01-01"),
        json!("2026-1-1"),
        json!("2026-02-30"),
        json!("2026-01-01T00:00:00Z"),
        json!("subject"),
        json!("household-adult"),
        json!("neighbour"),
        json!(["AF"]),
        json!(["AF", "MIV"]),
        json!(["AF", "AF"]),
        json!(["BOLV"]),
        json!([17]),
        json!([{}]),
        json!({ "from": "2026-01-01", "to": "2026-01-01" }),
        json!({ "from": "2026-01-01" }),
        json!({ "from": "2026-01-01", "to": "2026-01-01", "until": "2026-01-01" }),
        json!([{ "person": "197701172392", "relation": "subject" }]),
        json!([{ "person": "197701172392" }]),
        long(256),
        long(257),
        long(1024),
        long(1025),
    ]
}

/// A question with this value in this place, if it has the place.
fn with(mut question: Value, place: &str, value: Option<&Value>) -> Option<Value> {
    let (parent, key) = place.rsplit_once('/').unwrap();
    let members = question.pointer_mut(parent)?.as_object_mut()?;
    match value {
        Some(value) => members.insert(key.to_owned(), value.clone()),
        None => members.remove(key),
    };
    Some(question)
}

/// Where a question is made another one.
const PLACES: [&str; 14] = [
    "/person",
    "/persons",
    "/persons/0/person",
    "/persons/1/relation",
    "/period",
    "/period/from",
    "/requester",
    "/requester/organisationNumber",
    "/requester/name",
    "/requester/caseworker",
    "/caseId",
    "/purpose",
    "/correlationId",
    "/include",
];

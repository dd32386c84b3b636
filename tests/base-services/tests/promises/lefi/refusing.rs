//! What is refused, with which status, and what is kept of it.

use http::Method;
use ssbtx_base_services::{AKTORSID, Agency, Fault};
use ssbtx_published::{Contracts, LEFI_ERROR};

use super::asking::{Lefi, PERSON, everything, question, request};
use crate::client::Whole;

const QUESTION: &str = "formansinformation/fraga";
const TYPES: &str = "tillgangligaInformationstyper";

fn assert_is_an_error(answer: &Whole, status: u16) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
    let error = answer.json();
    assert!(error["meddelande"].is_string() && error["timestamp"].is_string());
    if let Some(contracts) = Contracts::find() {
        contracts.schema(&LEFI_ERROR).validate(&answer.body).unwrap();
    }
}

#[tokio::test]
async fn a_question_that_breaks_the_schema_or_its_rules_is_refused_and_kept() {
    let lefi = Lefi::start();
    let right = question(PERSON, [("formansinformation", "FK:SJP"), ("utbetalningar", "PM:AP")]).to_string();
    let spoiled = |from: &str, to: &str| {
        assert!(right.contains(from), "{from}");
        right.replace(from, to)
    };
    let codes = "is not a list of different codes of its kind";
    let cases = [
        ("{".to_owned(), "body is not well-formed JSON in UTF-8".to_owned()),
        (
            spoiled("\"utbetalningar\"", "\"utbetalning\""),
            "member `utbetalning` of `fraga` is not in the schema or stands there twice".to_owned(),
        ),
        (
            spoiled("\"utbetalningar\"", "\"formansinformation\""),
            "member `formansinformation` of `fraga` is not in the schema or stands there twice".to_owned(),
        ),
        (
            spoiled("\"from\"", "\"fran\""),
            "member `fran` of `period` is not in the schema or stands there twice".to_owned(),
        ),
        (spoiled(r#""personnummer":"197701172392","#, ""), "member `personnummer` of `fraga` is absent".to_owned()),
        (
            spoiled("197701172392", "19770117-2392"),
            "value of `personnummer` is not a text of ten or twelve digits".to_owned(),
        ),
        (spoiled("\"2025-01-01\"", "\"2025-02-29\""), "value of `from` is not a date".to_owned()),
        (
            spoiled("2025-01-01", "2024-11-29"),
            "value of `period` is not from one date to the same or a later one, at most two years".to_owned(),
        ),
        (
            spoiled("2025-01-01", "2026-12-01"),
            "value of `period` is not from one date to the same or a later one, at most two years".to_owned(),
        ),
        (spoiled("FK:SJP", "FK:SJUK"), format!("value of `formansinformation` {codes}")),
        (spoiled("\"FK:SJP\"", "\"FK:SJP\",\"FK:SJP\""), format!("value of `formansinformation` {codes}")),
        (spoiled("FK:SJP", "PM:AP"), format!("value of `formansinformation` {codes}")),
        (spoiled("[\"FK:SJP\"]", "\"FK:SJP\""), format!("value of `formansinformation` {codes}")),
        (question(PERSON, []).to_string(), "value of `fraga` is not a question for anything".to_owned()),
    ];
    for (body, reason) in cases {
        lefi.services.reset();
        let answer = lefi.ask_as(AKTORSID[0].1, body.clone()).await;
        assert_is_an_error(&answer, 400);
        assert_eq!(lefi.reasons(), [reason], "{body}");
        assert!(!answer.body.contains(PERSON));
    }
}

#[tokio::test]
async fn what_is_no_operation_of_lefi_is_refused_and_kept() {
    let lefi = Lefi::start();
    let actor = AKTORSID[0].1;
    let body = || everything(PERSON).to_string();
    let path = "path is not `/lefi-extern-formansinformation/v9/aktorer/…`";
    let mut as_xml = request(Method::POST, actor, QUESTION, body());
    as_xml.headers_mut().insert("content-type", "text/xml; charset=utf-8".parse().unwrap());
    let mut elsewhere = request(Method::POST, actor, QUESTION, body());
    *elsewhere.uri_mut() = "/lefi-extern-formansinformation/v8/aktorer/1/formansinformation/fraga".parse().unwrap();
    let cases = [
        (elsewhere, 404, path),
        (request(Method::POST, actor, "formansinformation", body()), 404, path),
        (request(Method::GET, actor, &format!("{TYPES}?sida=1"), String::new()), 404, path),
        (request(Method::PUT, actor, QUESTION, body()), 405, "method is `PUT`, expected `POST`"),
        (request(Method::POST, actor, TYPES, body()), 405, "method is `POST`, expected `GET`"),
        (as_xml, 415, "header `content-type` is not `application/json`"),
    ];
    for (request, status, reason) in cases {
        lefi.services.reset();
        assert_is_an_error(&lefi.send(request).await, status);
        assert_eq!(lefi.reasons(), [reason]);
    }
}

#[tokio::test]
async fn an_actor_that_nobody_knows_is_forbidden_and_that_is_no_bad_request() {
    let lefi = Lefi::start();
    let stranger = "00000000-0000-4000-8000-000000000000";
    assert_is_an_error(&lefi.ask_as(stranger, everything(PERSON).to_string()).await, 403);
    assert_is_an_error(&lefi.send(request(Method::GET, stranger, TYPES, String::new())).await, 403);
    assert!(lefi.reasons().is_empty());
    assert_eq!(lefi.services.requests(Agency::Fk), 2);
    assert_eq!(lefi.services.last_answer(Agency::Fk, PERSON), None);
}

#[tokio::test]
async fn a_bad_question_is_refused_whatever_goes_wrong_besides() {
    let lefi = Lefi::start();
    lefi.services.set_fault(Agency::Fk, Some(Fault::Hang));
    assert_is_an_error(&lefi.ask_as(AKTORSID[1].1, "{}".to_owned()).await, 400);
    assert_eq!(lefi.reasons().len(), 1);
}

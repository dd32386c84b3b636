//! LEFI's replies: an answer, nothing, or a failure of the whole.

use serde_json::{Value, json};
use ssbtx_adapter_forsakringskassan::Forsakringskassan;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Guest, Reply, Step, TransportFailure};
use ssbtx_adapter_rehearsal::{PERSON, failure};
use ssbtx_published::{Contracts, LEFI_ERROR};

use crate::exchange::{absorbed, absorbed_for, answer, asking, reply};

#[test]
fn what_is_found_is_an_answer_without_failures() {
    let body = json!({
        "utlamnare": both_ok(),
        "avvikelser": {},
        "formansinformation": { "programjobdagar": [{ "antalForbrukade": 3 }] },
    });
    let answer = answer(absorbed(200, &body.to_string()));
    assert!(answer.failures.is_empty());
    assert_eq!(answer.document.nodes[0].element, 0);
}

#[test]
fn an_answer_without_a_value_about_the_person_is_nothing_found_with_its_document() {
    for body in [
        json!({ "utlamnare": both_ok(), "avvikelser": [] }),
        json!({ "utlamnare": both_ok(), "avvikelser": {}, "formansinformation": {} }),
        json!({
            "utlamnare": both_ok(),
            "formansinformation": { "sjukpenningarende": [], "generellPersoninformation": [{}], "barnbidragsarende": null },
            "beslut": [],
            "utbetalningar": [{ "bruttobelopp": null }],
        }),
    ] {
        let Step::Nothing(nothing) = absorbed(200, &body.to_string()) else { panic!("{body} is something") };
        assert_eq!(nothing.reason.unwrap().code, "LEFI-INGA-UPPGIFTER");
        assert_eq!(nothing.document.unwrap().nodes[0].element, 0);
    }
}

#[test]
fn what_was_dropped_because_nobody_knows_it_is_not_nothing() {
    let body = json!({ "utlamnare": both_ok(), "formansinformation": { "nyFörmån": [{ "belopp": 1 }] } });
    let answer = answer(absorbed(200, &body.to_string()));
    assert_eq!((answer.failures.len(), answer.document.unknown_elements), (0, 1));
}

#[test]
fn each_published_error_is_a_failure_in_our_own_words() {
    let felsvar = json!({ "meddelande": format!("Fel för {PERSON}"), "timestamp": "2026-04-01T12:00:00Z" }).to_string();
    if let Some(contracts) = Contracts::find() {
        assert!(contracts.schema(&LEFI_ERROR).validate(&felsvar).is_ok());
    }
    for (status, code) in [(400, "LEFI-400"), (403, "LEFI-403"), (500, "LEFI-500")] {
        assert_eq!(failure(absorbed(status, &felsvar)), code);
        assert_eq!(failure(absorbed(status, r#"{"timestamp":"2026-04-01T12:00:00Z"}"#)), code);
    }
}

#[test]
fn an_error_that_lefi_does_not_give_is_a_failure_with_its_status() {
    for (status, body) in [
        (400, "{}"),
        (403, r#"{"error":"forbidden"}"#),
        (500, "<html/>"),
        (500, "[]"),
        (404, r#"{"meddelande":"Okänd"}"#),
        (503, r#"{"meddelande":"Senare"}"#),
        (204, ""),
        (301, ""),
    ] {
        assert_eq!(failure(absorbed(status, body)), format!("HTTP-{status}"), "{body}");
    }
    let plain = Forsakringskassan::absorb(
        asking(&["sjukpenning"]),
        Vec::new(),
        vec![reply(400, "text/plain", "{\"meddelande\":1}")],
    );
    assert_eq!(failure(plain), "HTTP-400");
}

#[test]
fn what_cannot_be_read_is_a_failure() {
    for (body, expected) in [
        ("", "undecodable"),
        ("{\"utlamnare\":", "undecodable"),
        ("{} {}", "undecodable"),
        ("[]", "unexpected-payload"),
        ("null", "unexpected-payload"),
    ] {
        assert_eq!(failure(absorbed(200, body)), expected, "{body}");
    }
    let page = Forsakringskassan::absorb(asking(&["sjukpenning"]), Vec::new(), vec![reply(200, "text/html", "{}")]);
    assert_eq!(failure(page), "content-type");
}

#[test]
fn an_answer_that_does_not_say_readably_whether_the_person_is_protected_is_not_passed_on() {
    for protected in [json!("true"), json!(1), json!({})] {
        let body = json!({
            "utlamnare": both_ok(),
            "formansinformation": { "generellPersoninformation": [{ "personnummer": PERSON, "skyddad": protected }] },
        });
        assert_eq!(failure(absorbed(200, &body.to_string())), "undecodable");
    }
}

#[test]
fn a_missing_response_is_handed_on() {
    let unanswered = |replies| Forsakringskassan::absorb(asking(&["sjukpenning"]), Vec::new(), replies);
    let step = unanswered(vec![Reply::Failure(TransportFailure::BrokenOff)]);
    assert!(matches!(step, Step::Unanswered(TransportFailure::BrokenOff)));
    assert_eq!(failure(unanswered(Vec::new())), "no-reply");
}

#[test]
fn the_published_example_is_an_answer_without_what_its_own_schema_does_not_have() {
    let example = r#"{"utlamnare":[{"utlamnare":{"kod":"FK","namn":"Försäkringskassan"},"tillstand":{"kod":"OK","beskrivning":"Tillgänglig"}}],
        "avvikelser":[],"formansinformation":{"sjukpenningarende":[{"startades":"2023-04-05","aktivt":false,"avslaget":false,"beslut":[{
        "fattades":"2023-06-30","definitivt":true,"forman":{"id":"SJP","beskrivning":"Sjukpenning"},"period":{"fran":"2023-08-07","till":"2023-08-12"},
        "omfattning":{"taljare":1,"namnare":1},"dagar":6,"karens":false,"ersattning":{"id":101,"beskrivning":"Sjukpenning"}}]}]}}"#;
    let answer = answer(absorbed_for(asking(&["sjukpenning"]), 200, example));
    assert!(answer.failures.is_empty());
    // `avslaget`, which the schema of such a case does not have, and `ersattning`, which is a text in it.
    assert_eq!(answer.document.unknown_elements, 2);
}

fn both_ok() -> Value {
    let state = |agency: &str| json!({ "utlamnare": { "kod": agency }, "tillstand": { "kod": "OK" } });
    json!([state("FK"), state("PM")])
}

//! The ping: what LEFI says is available to the actor.

use ssbtx_adapter_forsakringskassan::Forsakringskassan;
use ssbtx_adapter_kit::UPSTREAM;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{
    Guest, Method, Parameter, PingStep, Reply, TransportFailure,
};

use crate::exchange::{ACTOR, reply};

#[test]
fn it_asks_for_the_actor_s_types_of_information_without_a_person() {
    let parameters = vec![Parameter { name: "aktorsid".to_owned(), value: ACTOR.to_owned() }];
    let PingStep::Send(sending) = Forsakringskassan::ping_plan(parameters) else { panic!("the ping sends nothing") };
    let request = &sending.requests[0];
    assert_eq!((sending.requests.len(), sending.state.len(), request.upstream.as_str()), (1, 0, UPSTREAM));
    assert!(matches!(request.method, Method::Get) && request.body.is_none());
    assert_eq!(request.path, "/lefi-extern-formansinformation/v9/aktorer/Kommun-1.a_b~c/tillgangligaInformationstyper");
}

#[test]
fn without_an_actor_it_fails_before_anything_is_sent() {
    let PingStep::Failed(notice) = Forsakringskassan::ping_plan(Vec::new()) else { panic!("the ping did not fail") };
    assert_eq!(notice.code, "LEFI-AKTORSID");
}

#[test]
fn an_object_is_a_sign_of_life_whatever_the_actor_may_have() {
    for body in ["{}", r#"{"formansinformation":[],"utlamnare":[{"tillstand":{"kod":"FELANDE"}}]}"#] {
        assert!(matches!(absorbed(reply(200, "application/json", body)), PingStep::Alive));
    }
}

#[test]
fn anything_else_is_a_failure_with_its_code() {
    for (status, content_type, body, expected) in [
        (200, "application/json", "[]", "unexpected-payload"),
        (200, "application/json", "{", "undecodable"),
        (200, "text/html", "{}", "content-type"),
        (403, "application/json", r#"{"meddelande":"Okänd aktör"}"#, "LEFI-403"),
        (500, "application/json", r#"{"timestamp":"2026-04-01T12:00:00Z"}"#, "LEFI-500"),
        (404, "application/json", r#"{"meddelande":"?"}"#, "HTTP-404"),
        (403, "text/html", "nej", "HTTP-403"),
    ] {
        let PingStep::Failed(notice) = absorbed(reply(status, content_type, body)) else {
            panic!("{body} is no failure")
        };
        assert_eq!(notice.code, expected);
    }
    let silent = absorbed(Reply::Failure(TransportFailure::TimedOut));
    assert!(matches!(silent, PingStep::Unanswered(TransportFailure::TimedOut)));
}

fn absorbed(reply: Reply) -> PingStep {
    Forsakringskassan::ping_absorb(Vec::new(), vec![reply])
}

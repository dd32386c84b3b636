//! What becomes of replies that hold no document.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{
    PingStep, Reply, Response, Step, TransportFailure,
};
use ssbtx_adapter_kit::json::Undecodable;
use ssbtx_adapter_kit::rest::{self, NoAnswer};

use crate::specimen::{SPECIMEN, reply, show};

#[test]
fn a_response_is_read_whatever_the_case_and_parameters_of_its_content_type() {
    for content_type in
        ["application/json", "Application/JSON; charset=\"UTF-8\"", "application/json;charset=utf-8;v=1"]
    {
        let reply = reply(200, content_type, b"{\"name\":\"a\"}");
        let document = rest::document(rest::response(&[reply]).unwrap(), &SPECIMEN).unwrap();
        assert!(show(&document).contains("name \"a\""));
    }
}

#[test]
fn each_kind_of_reply_without_a_document_has_its_code_and_its_words() {
    let table = [
        (reply(200, "text/html", b"{}"), "content-type"),
        (reply(200, "text/json", b"{}"), "content-type"),
        (reply(200, "application/problem+json", b"{}"), "content-type"),
        (reply(200, "", b"{}"), "content-type"),
        (reply(200, "application/json; charset=ISO-8859-1", b"{}"), "undecodable"),
        (reply(200, "application/json", b""), "undecodable"),
        (reply(200, "application/json", b"{\"a"), "undecodable"),
        (reply(200, "application/json", b"\xff\xfe{}"), "undecodable"),
        (reply(200, "application/json", b"<a/>"), "undecodable"),
        (reply(200, "application/json", b"{\"protected\":\"yes\"}"), "undecodable"),
        (reply(200, "application/json", b"[]"), "unexpected-payload"),
    ];
    for (reply, expected) in table {
        assert_eq!(code(refusal(&[reply])), expected);
    }
    let without_header = Reply::Response(Response { status: 200, headers: Vec::new(), body: b"{}".to_vec() });
    assert_eq!(code(refusal(&[without_header])), "content-type");
    assert_eq!(code(refusal(&[])), "no-reply");
    assert_eq!(code(NoAnswer::Status(503)), "HTTP-503");
}

#[test]
fn a_transport_failure_stays_what_it_is() {
    let refused = refusal(&[Reply::Failure(TransportFailure::TooLarge)]);
    assert!(matches!(Step::from(refused), Step::Unanswered(TransportFailure::TooLarge)));
    assert!(matches!(PingStep::from(refused), PingStep::Unanswered(TransportFailure::TooLarge)));
}

#[test]
fn every_reason_is_told_in_words_that_quote_nothing() {
    let reasons = [
        NoAnswer::Unanswered(TransportFailure::TimedOut),
        NoAnswer::NoReply,
        NoAnswer::Status(503),
        NoAnswer::ContentType,
        Undecodable::Truncated.into(),
    ];
    insta::assert_snapshot!(reasons.map(|reason| reason.to_string()).join("\n"), @r"
    no response came
    no reply was given
    status is `503`, expected `200`
    the content type is not JSON
    the text ends before its value does
    ");
}

fn refusal(replies: &[Reply]) -> NoAnswer {
    match rest::response(replies) {
        Ok(response) => rest::document(response, &SPECIMEN).err().unwrap(),
        Err(reason) => reason,
    }
}

/// The code, the same for a question and a ping, of a failure whose words are ours.
fn code(reason: NoAnswer) -> String {
    let (Step::Failed(notice), PingStep::Failed(of_ping)) = (Step::from(reason), PingStep::from(reason)) else {
        panic!("{reason:?} is no failure")
    };
    assert!(notice.message.starts_with("Bastjänsten"), "{}", notice.message);
    assert_eq!((&of_ping.code, &of_ping.message), (&notice.code, &notice.message));
    notice.code
}

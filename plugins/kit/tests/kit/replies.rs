//! What becomes of replies that hold no document.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Reply, Step, TransportFailure};
use ssbtx_adapter_kit::receive;

use crate::specimen::{envelope, format, response};

#[test]
fn a_transport_failure_stays_what_it_is() {
    let step = step(&[Reply::Failure(TransportFailure::TooLarge)]);
    assert!(matches!(step, Step::Unanswered(TransportFailure::TooLarge)));
}

#[test]
fn each_kind_of_reply_without_a_document_has_its_code() {
    let good = envelope("<answer xmlns='urn:a'/>");
    let table = [
        (response(503, XML, good.as_bytes()), "HTTP-503"),
        (response(302, XML, good.as_bytes()), "HTTP-302"),
        (response(204, XML, b""), "HTTP-204"),
        (response(500, "text/html", b"<html>oops</html>"), "HTTP-500"),
        (response(500, XML, b"<cut"), "HTTP-500"),
        (response(500, XML, good.as_bytes()), "HTTP-500"),
        (response(200, "text/html; charset=utf-8", good.as_bytes()), "content-type"),
        (response(200, "application/json", b"{}"), "content-type"),
        (response(200, XML, b""), "undecodable"),
        (response(200, XML, b"not xml"), "undecodable"),
        (response(200, XML, &good.as_bytes()[..good.len() / 2]), "undecodable"),
        (response(200, "text/xml; charset=ISO-8859-1", good.as_bytes()), "undecodable"),
        (response(200, XML, b"<html/>"), "no-envelope"),
        (response(200, XML, b"<answer xmlns='urn:a'/>"), "no-envelope"),
        (response(200, XML, envelope("").replace("Body", "Corpse").as_bytes()), "no-envelope"),
        (response(200, XML, envelope("").as_bytes()), "unexpected-payload"),
        (response(200, XML, envelope("<answer/>").as_bytes()), "unexpected-payload"),
    ];
    for (reply, expected) in table {
        assert_eq!(code(&[reply]), expected);
    }
    assert_eq!(code(&[]), "no-reply");
}

#[test]
fn xml_is_xml_under_each_of_its_names() {
    let good = envelope("<answer xmlns='urn:a'/>");
    for content_type in ["text/xml", "Application/XML", "application/soap+xml; charset=\"UTF-8\"; action=x"] {
        assert!(receive(&[response(200, content_type, good.as_bytes())], &format()).is_ok(), "{content_type}");
    }
}

#[test]
fn headers_of_the_envelope_are_passed_over() {
    let good = envelope("<answer xmlns='urn:a'/>").replace("<s:Body>", "<s:Header><x><y/></x></s:Header><s:Body>");
    let document = receive(&[response(200, XML, good.as_bytes())], &format()).unwrap();
    assert_eq!(document.unknown_elements, 0);
}

#[test]
fn a_fault_gives_its_code_with_either_status_and_never_its_words() {
    let fault =
        envelope("<s:Fault><faultcode>s:Server.Busy</faultcode><faultstring>HEMLIG TEXT</faultstring></s:Fault>");
    for status in [200, 500] {
        let step = step(&[response(status, XML, fault.as_bytes())]);
        let Step::Failed(notice) = step else { panic!("a fault is a failure") };
        assert_eq!(notice.code, "Server.Busy");
        assert_eq!(notice.message, "Bastjänsten svarade med ett fel (SOAP Fault).");
    }
}

#[test]
fn the_agency_s_own_code_goes_before_the_fault_s() {
    let fault = |detail: &str| {
        envelope(&format!("<s:Fault><faultcode>s:Server</faultcode><detail><e>{detail}</e></detail></s:Fault>"))
    };
    for (detail, expected) in [
        ("<ownCode> E42 </ownCode><ownText>x</ownText>", "E42"),
        ("<q:ownCode xmlns:q='urn:q'>E42</q:ownCode>", "E42"),
        ("<ownCode>personen saknas</ownCode>", "Server"),
        ("<ownCode/>", "Server"),
        ("", "Server"),
    ] {
        assert_eq!(code(&[response(500, XML, fault(detail).as_bytes())]), expected, "{detail}");
    }
}

#[test]
fn a_fault_without_a_code_that_is_safe_to_show_has_ours() {
    for faultcode in ["", "<faultcode>19770117-2392</faultcode>", "<faultcode>s:</faultcode>"] {
        let fault = envelope(&format!("<s:Fault>{faultcode}</s:Fault>"));
        assert_eq!(code(&[response(500, XML, fault.as_bytes())]), "soap-fault");
    }
}

fn step(replies: &[Reply]) -> Step {
    receive(replies, &format()).unwrap_err().into()
}

fn code(replies: &[Reply]) -> String {
    match step(replies) {
        Step::Failed(notice) => {
            assert!(!notice.message.is_empty() && notice.message.len() <= 512);
            notice.code
        }
        other => panic!("{other:?} is no failure"),
    }
}

const XML: &str = "text/xml; charset=utf-8";

//! What an adapter sends, and what it makes of a reply.

use ssbtx_adapter_kit::SoapAdapter;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{
    Guest, Header, Question, Reply, Request, Response, Step,
};

use crate::question::{PERSON, question};

/// The one request that an adapter plans.
pub struct Planned {
    /// The request.
    pub request: Request,
    /// What its SOAP Body holds.
    pub payload: String,
}

/// Plans a question.
///
/// # Panics
///
/// Unless the adapter sends exactly one request, with a SOAP envelope, and remembers nothing.
#[track_caller]
pub fn planned<A: SoapAdapter>(question: Question) -> Planned {
    let Step::Send(sending) = A::plan(question) else { panic!("the plan sends nothing") };
    assert!(sending.state.is_empty(), "one exchange needs no state");
    let Ok([request]) = <[Request; 1]>::try_from(sending.requests) else { panic!("one exchange has one request") };
    let Some(Ok(body)) = request.body.clone().map(String::from_utf8) else { panic!("the body is no text") };
    let payload = body.split_once("<soap:Body>").and_then(|(_, rest)| rest.split_once("</soap:Body>"));
    let Some((payload, _)) = payload else { panic!("the body is no SOAP envelope") };
    Planned { payload: payload.to_owned(), request }
}

/// What the adapter makes of a response with this HTTP status and this content of a SOAP Body, in an envelope whose prefix is `S`.
pub fn absorbed<A: SoapAdapter>(status: u16, payload: &str) -> Step {
    let body = format!(
        "<?xml version='1.0' encoding='utf-8'?><S:Envelope xmlns:S='http://schemas.xmlsoap.org/soap/envelope/'>\
         <S:Body>{payload}</S:Body></S:Envelope>"
    );
    let headers = vec![Header { name: "content-type".to_owned(), value: "text/xml;charset=UTF-8".to_owned() }];
    let reply = Reply::Response(Response { status, headers, body: body.into_bytes() });
    A::absorb(question(&[]), Vec::new(), vec![reply])
}

/// The code of a failure.
///
/// # Panics
///
/// Unless the step is a failure whose message says something and does not quote the person.
#[track_caller]
pub fn failure(step: Step) -> String {
    let Step::Failed(notice) = step else { panic!("{step:?} is no failure") };
    assert!(!notice.message.is_empty(), "the failure says nothing");
    assert!(!notice.message.contains(PERSON), "the failure quotes the person");
    notice.code
}

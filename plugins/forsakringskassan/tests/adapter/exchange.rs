//! Questions to LEFI, and what the adapter sends and makes of a reply.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use ssbtx_adapter_forsakringskassan::Forsakringskassan;
use ssbtx_adapter_kit::UPSTREAM;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{
    Answer, Guest, Header, Method, Notice, Parameter, Question, Reply, Request, Response, Step,
};
use ssbtx_adapter_rehearsal::question;

/// An invented actor's id, with every sign that one may hold.
pub(crate) const ACTOR: &str = "Kommun-1.a_b~c";

/// The path that questions of that actor are posted to.
pub(crate) const PATH: &str = "/lefi-extern-formansinformation/v9/aktorer/Kommun-1.a_b~c/formansinformation/fraga";

/// A question for these datasets, which leaves it to the adapter to ask LEFI.
pub(crate) fn asking(wanted: &[&str]) -> Question {
    with(question(wanted), "aktorsid", ACTOR)
}

/// A question for these datasets with the caller's own question to LEFI.
pub(crate) fn asking_with(wanted: &[&str], to_lefi: &Value) -> Question {
    with(asking(wanted), "lefi-json-fraga", &STANDARD.encode(to_lefi.to_string()))
}

/// The question with one more parameter.
pub(crate) fn with(mut question: Question, name: &str, value: &str) -> Question {
    question.parameters.push(Parameter { name: name.to_owned(), value: value.to_owned() });
    question
}

/// The id of every dataset.
pub(crate) fn every_dataset() -> Vec<String> {
    Forsakringskassan::describe().catalogue.datasets.into_iter().map(|dataset| dataset.id).collect()
}

/// The one request that a question becomes.
#[track_caller]
pub(crate) fn request(question: Question) -> Request {
    let Step::Send(sending) = Forsakringskassan::plan(question) else { panic!("the plan sends nothing") };
    assert!(sending.state.is_empty(), "one exchange needs no state");
    let [request] = <[Request; 1]>::try_from(sending.requests).unwrap();
    assert_eq!((request.upstream.as_str(), request.path.as_str()), (UPSTREAM, PATH));
    assert!(matches!(request.method, Method::Post));
    request
}

/// What the one request asks LEFI.
#[track_caller]
pub(crate) fn asked(question: Question) -> Value {
    serde_json::from_slice(&request(question).body.unwrap()).unwrap()
}

/// What the adapter makes of LEFI's reply to a question for everything.
pub(crate) fn absorbed(status: u16, body: &str) -> Step {
    let every = every_dataset();
    let wanted: Vec<&str> = every.iter().map(String::as_str).collect();
    absorbed_for(asking(&wanted), status, body)
}

/// What the adapter makes of LEFI's reply to this question.
pub(crate) fn absorbed_for(question: Question, status: u16, body: &str) -> Step {
    Forsakringskassan::absorb(question, Vec::new(), vec![reply(status, "application/json", body)])
}

/// A reply with this status, content type and body.
pub(crate) fn reply(status: u16, content_type: &str, body: &str) -> Reply {
    let headers = vec![Header { name: "content-type".to_owned(), value: content_type.to_owned() }];
    Reply::Response(Response { status, headers, body: body.as_bytes().to_vec() })
}

/// The answer that a step is.
#[track_caller]
pub(crate) fn answer(step: Step) -> Answer {
    let Step::Answer(answer) = step else { panic!("{step:?} is no answer") };
    answer
}

/// The notice of a failure that comes before anything is sent.
#[track_caller]
pub(crate) fn refused(question: Question) -> Notice {
    let Step::Failed(notice) = Forsakringskassan::plan(question) else { panic!("the question was not refused") };
    assert!((1..=512).contains(&notice.message.len()));
    notice
}

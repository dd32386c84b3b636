//! Several hundred malformed requests on each front: each has its one published answer, none of them repeats a person, the host's memory stays where it
//! was, and whoever asks rightly is served all the while.
//!
//! `hostile_input` has what somebody thought of; here is what is left when every part of a good question is broken in every way in turn.

mod certificates;
mod characters;
mod json;
mod shapes;
mod soap;
mod watch;

use http::Method;
use http_body_util::Full;
use ssbtx_stage::client::{Client, Received};

use crate::contract::assert_valid_fault;
use crate::play::{ALVAR, HENRIK, Play};
use watch::GoodClient;

/// A request that is wrong in one way, and what it must be told.
#[derive(Clone)]
pub(crate) struct Malformed {
    /// What is wrong with it.
    pub(crate) name: String,
    pub(crate) content_type: &'static str,
    pub(crate) body: Vec<u8>,
    pub(crate) told: Told,
}

/// The published answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Told {
    /// A SOAP fault: HTTP status, `felkod`.
    Fault(u16, &'static str),
    /// A problem: HTTP status and the end of its type.
    Problem(u16, &'static str),
    /// A problem of this type with this pointer among what is wrong.
    Pointer(&'static str, String),
}

#[tokio::test]
async fn every_broken_question_in_json_has_its_published_problem() {
    hold(json::cases(&json::question()), (Method::POST, "/v1/questions"), 300).await;
}

#[tokio::test]
async fn every_broken_household_in_json_has_its_published_problem() {
    hold(json::cases(&json::household()), (Method::POST, "/v1/questions"), 400).await;
}

#[tokio::test]
async fn every_broken_case_has_its_published_problem_and_opens_none() {
    hold(json::cases(&json::case()), (Method::PUT, "/v1/cases/EB-2026-0001"), 300).await;
}

#[tokio::test]
async fn every_broken_question_in_soap_has_its_published_fault() {
    hold(soap::cases(), (Method::POST, "/ssbtek/v10"), 300).await;
}

/// Sends all of them to one host, while somebody else asks rightly.
async fn hold(cases: Vec<Malformed>, to: (Method, &str), at_least: usize) {
    let distinct: std::collections::HashSet<_> = cases.iter().map(|case| (case.content_type, &case.body)).collect();
    assert!(distinct.len() >= at_least, "{} distinct requests", distinct.len());
    let play = Play::begin();
    let client = play.client(&play.pki.ekonomiskt_bistand);
    let good = GoodClient::begin(&play);
    let mut wrong = Vec::new();
    let (warm_up, rest) = cases.split_at(at_least / 3);
    for case in warm_up {
        wrong.extend(fault_of(case, &send(&client, &to, case).await));
    }
    let before = watch::resident_bytes(&play.host);
    for case in rest {
        wrong.extend(fault_of(case, &send(&client, &to, case).await));
    }
    let after = watch::resident_bytes(&play.host);
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(after < before + MEMORY_BYTES, "{before} bytes grew to {after}");
    let answered = good.end().await;
    assert!(answered > 0);
    assert_eq!(play.records().len(), answered, "only what could be asked is recorded");
    let logged = play.host.logged().unwrap();
    assert!(![ALVAR, HENRIK, "panicked"].iter().any(|part| logged.contains(part)), "{logged}");
}

async fn send(client: &Client, (method, path): &(Method, &str), case: &Malformed) -> Received {
    let request = client.request(method.clone(), path).header("content-type", case.content_type);
    client.send(request.body(Full::from(case.body.clone())).unwrap()).await.unwrap()
}

/// What is wrong with an answer, in a line.
fn fault_of(case: &Malformed, received: &Received) -> Option<String> {
    let (status, body) = (received.status.as_u16(), received.body.as_str());
    let is_told = match &case.told {
        Told::Fault(expected, code) => {
            assert_valid_fault(body);
            status == *expected && body.contains(code)
        }
        Told::Problem(expected, kind) => status == *expected && problem(body)["type"] == format!("/problems/{kind}"),
        Told::Pointer(kind, pointer) => {
            let problem = problem(body);
            let faults = problem["errors"].as_array().cloned().unwrap_or_default();
            status == 400
                && problem["type"] == format!("/problems/{kind}")
                && faults.iter().any(|fault| fault["pointer"] == pointer.as_str())
        }
    };
    // A line number of our source, a type's name, a person.
    let tells_too_much = [ALVAR, HENRIK, ".rs", "panicked", "::", "0x"].into_iter().find(|part| body.contains(part));
    let is_in_order = is_told && tells_too_much.is_none() && body.len() < MOST_BYTES;
    (!is_in_order).then(|| format!("{}: expected {:?}, found {status} {body}", case.name, case.told))
}

fn problem(body: &str) -> serde_json::Value {
    serde_json::from_str(body).unwrap_or_default()
}

/// What is kept by a process that has been asked anything: connections, buffers of the allocator. A leak of a body for each request is more.
const MEMORY_BYTES: u64 = 48 * 1024 * 1024;
const MOST_BYTES: usize = 64 * 1024;

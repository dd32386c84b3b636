//! Questions to LEFI, and a client that asks them.

use bytes::Bytes;
use http::{Method, Request};
use http_body_util::Full;
use serde_json::{Value, json};
use ssbtx_base_services::{AKTORSID, Agency, BaseServices};

use crate::client::{Client, Protocol, Whole, whole};
use crate::pki::Authority;

/// Who the demonstration is about.
pub(crate) const PERSON: &str = "197701172392";

/// Every class with every group that it has, in the order of the published enumerations.
pub(crate) const CLASSES: [(&str, &[&[&str]]); 6] = [
    ("formansinformation", &[FK]),
    ("ansprak", &[PM]),
    ("beslut", &[PM]),
    ("preliminaraUtbetalningar", &[FK, PM]),
    ("utbetalningar", &[FK, PM]),
    ("ovrigInformation", &[OTHER]),
];

const FK: &[&str] = &[
    "FK:ABB", "FK:AP", "FK:AS", "FK:BOB", "FK:BST", "FK:BTI", "FK:DPE", "FK:EJO", "FK:ET", "FK:FP", "FK:FSJP", "FK:GP",
    "FK:HE", "FK:MABB", "FK:MEK", "FK:NP", "FK:OMV", "FK:PJOB", "FK:PROG", "FK:RBE", "FK:SA", "FK:SBP", "FK:SJP",
    "FK:TFP", "FK:US", "FK:VB", "FK:YL",
];

const PM: &[&str] = &["PM:AP", "PM:BTI", "PM:EF"];

const OTHER: &[&str] = &["FK:GEPI", "FK:PANV", "FK:SGI", "FK:SKUP", "FK:STAV", "PM:LINT", "PM:PBH", "PM:PU"];

/// Every class with each of its groups alone.
pub(crate) fn each_group() -> impl Iterator<Item = (&'static str, &'static str)> {
    CLASSES.into_iter().flat_map(|(class, groups)| groups.concat().into_iter().map(move |group| (class, group)))
}

/// A question for these groups, each in its class.
pub(crate) fn question<'a>(person: &str, asked: impl IntoIterator<Item = (&'a str, &'a str)>) -> Value {
    let mut question = json!({ "personnummer": person, "period": { "from": "2025-01-01", "tom": "2026-11-30" } });
    for (class, group) in asked {
        match &mut question[class] {
            Value::Array(groups) => groups.push(group.into()),
            absent => *absent = json!([group]),
        }
    }
    question
}

/// A question for everything.
pub(crate) fn everything(person: &str) -> Value {
    question(person, each_group())
}

/// A request to LEFI below an actor.
pub(crate) fn request(method: Method, actor: &str, resource: &str, body: String) -> Request<Full<Bytes>> {
    Request::builder()
        .method(method)
        .uri(format!("/lefi-extern-formansinformation/v9/aktorer/{actor}/{resource}"))
        .header("host", "127.0.0.1")
        .header("content-type", "application/json")
        .header("accept", "application/json")
        .body(Full::from(body))
        .unwrap()
}

/// The base services and a client.
pub(crate) struct Lefi {
    pub(crate) services: BaseServices,
    client: Client,
}

impl Lefi {
    pub(crate) fn start() -> Self {
        let authority = Authority::new();
        Self { services: authority.start(), client: Client::of(&authority, Protocol::Http1) }
    }

    /// Asks as the first actor.
    pub(crate) async fn ask(&self, question: &Value) -> Whole {
        self.ask_as(AKTORSID[0].1, question.to_string()).await
    }

    /// Asks as any actor, in any words.
    pub(crate) async fn ask_as(&self, actor: &str, question: String) -> Whole {
        self.send(request(Method::POST, actor, "formansinformation/fraga", question)).await
    }

    pub(crate) async fn send(&self, request: Request<Full<Bytes>>) -> Whole {
        whole(self.client.send(self.services.address(Agency::Fk), request).await.unwrap()).await.unwrap()
    }

    /// Why requests were refused, in order.
    pub(crate) fn reasons(&self) -> Vec<String> {
        self.services.bad_requests(Agency::Fk).iter().map(ToString::to_string).collect()
    }
}

impl Whole {
    /// The body, read as JSON.
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.content_type, "application/json");
        serde_json::from_str(&self.body).unwrap()
    }
}

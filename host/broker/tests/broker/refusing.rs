//! Whose fault it is: the adapter's until something is sent, the agency's after that.

use std::collections::BTreeMap;

use ssbtx_broker::Ping;
use ssbtx_core::{AgencyId, Answer, Failure, Outcome, Parameter};

use crate::stage::{Stage, asker, question};

#[tokio::test]
async fn a_question_that_an_adapter_cannot_put_fails_with_its_code_as_the_brokers_and_asks_nobody() {
    let stage = Stage::with("refuses-at-once", "policy-honest").await;
    let answer = stage.broker.ask(asker(), question(), None).await.unwrap();
    assert_eq!(failure(&answer), ("SSBT", "AF-FRAGA"));
    let recorded = stage.recorded();
    assert!(recorded.contains(r#""agency":"AF","asked":false,"state":"failed""#), "{recorded}");
    assert!(recorded.contains(r#""failure":{"source":"SSBT","code":"AF-FRAGA"}"#), "{recorded}");
}

#[tokio::test]
async fn what_an_adapter_finds_wrong_with_a_reply_is_the_agencys() {
    let stage = Stage::with("refuses-the-reply", "policy-honest").await;
    let answer = stage.broker.ask(asker(), question(), None).await.unwrap();
    assert_eq!(failure(&answer), ("BT", "17"));
    let recorded = stage.recorded();
    assert!(recorded.contains(r#""agency":"AF","asked":true,"state":"failed""#), "{recorded}");
}

#[tokio::test]
async fn an_adapter_cannot_fail_with_a_code_of_the_hosts() {
    let stage = Stage::with("speaks-as-the-host", "policy-honest").await;
    let answer = stage.broker.ask(asker(), question(), None).await.unwrap();
    assert_eq!(failure(&answer), ("SSBT", "SSBT-107"));
}

#[tokio::test]
async fn a_ping_is_given_its_agencys_parameters_and_no_others() {
    let stage = Stage::with("refuses-at-once", "policy-honest").await;
    let named = |name: &str| vec![Parameter { name: "aktorsid", value: name.to_owned() }];
    let parameters = BTreeMap::from([(AgencyId::AF, named("exempel-1")), (AgencyId::FK, named("exempel-2"))]);
    let ping = af(stage.broker.ping(&parameters).await.unwrap());
    assert_eq!((ping.called, told(&ping)), (false, Some(("SSBT", "exempel-1"))));
    let ping = af(stage.broker.ping(&BTreeMap::new()).await.unwrap());
    assert_eq!((ping.called, told(&ping)), (false, Some(("SSBT", "AF-NAMN"))));
}

#[tokio::test]
async fn a_ping_that_was_answered_with_an_error_fails_as_the_agencys() {
    let stage = Stage::with("refuses-the-reply", "policy-honest").await;
    let ping = af(stage.broker.ping(&BTreeMap::new()).await.unwrap());
    assert_eq!((ping.called, told(&ping)), (true, Some(("BT", "17"))));
}

/// Source and code of AF's part.
fn failure(answer: &Answer) -> (&str, &str) {
    let part = answer.parts.iter().find(|part| part.agency == AgencyId::AF).unwrap();
    match &part.outcome {
        Outcome::Failed(failure) => (failure.source(), failure.code()),
        other => panic!("AF is {}", other.state()),
    }
}

fn af(pings: Vec<Ping>) -> Ping {
    pings.into_iter().find(|ping| ping.agency == AgencyId::AF).unwrap()
}

fn told(ping: &Ping) -> Option<(&str, &str)> {
    ping.failure.as_ref().map(|failure: &Failure| (failure.source(), failure.code()))
}

//! What a policy opens is bounded from outside: by the agencies' grants, and by what is withheld at once.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use ssbtx_core::{AgencyId, Answer, BrokerFault, Decision, Failure, Outcome, Sha256Digest, State, Tightened, Verdict};
use ssbtx_runtime::SandboxSettings;

use crate::stage::{Stage, af, asker, context, question, tightening_target};

#[tokio::test]
async fn what_an_agency_has_not_granted_is_withheld_and_the_agency_is_not_asked() {
    let limits = SandboxSettings::default();
    let deadline = Duration::from_secs(5);
    let mut stage = Stage::ungranted(limits, deadline, "honest", "policy-honest", Arc::new(())).await;
    let answer = stage.broker.ask(asker(), question(), None).await.unwrap();
    assert_eq!((af(&answer).0, reasons(&answer)), (State::NotPermitted, vec![("Uppgift".to_owned(), "agency-veto")]));
    assert_eq!(part(&stage)["asked"], false);
    let grant = stage.every_grant();
    stage.publish(&grant).await;
    let answer = stage.broker.ask(asker(), question(), None).await.unwrap();
    assert_eq!((af(&answer).0, reasons(&answer)), (State::Answered, Vec::new()));
}

#[tokio::test]
async fn what_is_withheld_at_once_is_withheld_from_the_next_question() {
    let mut stage = Stage::with("honest", "policy-honest").await;
    assert_eq!(af(&stage.broker.ask(asker(), question(), None).await.unwrap()).0, State::Answered);
    let dataset = stage.broker.edition().catalogues().next().unwrap().datasets()[0].id.clone();
    stage.publish(&tightening_target(Tightened::Dataset(AgencyId::AF, dataset))).await;
    let answer = stage.broker.ask(asker(), question(), None).await.unwrap();
    assert!(!reasons(&answer).is_empty());
    assert!(reasons(&answer).iter().all(|(_, reason)| *reason == "tightened"), "{:?}", reasons(&answer));
}

#[tokio::test]
async fn an_adapter_that_is_withheld_is_neither_asked_nor_pinged() {
    // It would loop until the deadline if it were called.
    let mut stage = Stage::with("endless-loop", "policy-honest").await;
    let adapter = stage.broker.edition().adapter(AgencyId::AF).unwrap().identity().sha256;
    stage.publish(&tightening_target(Tightened::Adapter(adapter))).await;
    let answer = stage.broker.ask(asker(), question(), None).await.unwrap();
    assert_eq!((af(&answer).0, reasons(&answer)), (State::NotPermitted, vec![("Uppgift".to_owned(), "tightened")]));
    assert_eq!(part(&stage)["asked"], false);
    let pings = stage.broker.ping(&BTreeMap::new()).await.unwrap();
    let ping = pings.into_iter().find(|ping| ping.agency == AgencyId::AF).unwrap();
    assert_eq!((ping.called, ping.failure), (false, Some(Failure::Broker(BrokerFault::AdapterWithheld))));
}

#[tokio::test]
async fn a_record_names_what_a_decision_was_made_within_and_the_mask_that_came_of_it() {
    let mut stage = Stage::with("honest", "policy-honest").await;
    let (grant, list) = (stage.every_grant(), tightening_target(Tightened::Element(AgencyId::AF, "none".to_owned())));
    stage.publish(&list).await;
    stage.broker.ask(asker(), question(), None).await.unwrap();
    let edition = stage.broker.edition();
    let record = record(&stage);
    assert_eq!(record["context"]["askedOn"], "2026-09-01");
    assert_eq!(record["context"]["relation"], "subject");
    assert_eq!(record["edition"]["trustVersion"], edition.trust_version());
    assert_eq!(record["edition"]["tightening"], Sha256Digest::of(&list.bytes).to_string());
    assert_eq!(record["edition"]["lifted"], Value::Null);
    assert_eq!(record["edition"]["grants"]["AF"], Sha256Digest::of(&grant.bytes).to_string());
    assert_eq!(part(&stage)["mask"], decided(&stage).await.mask().digest().to_string());
}

#[tokio::test]
async fn a_record_names_the_mask_also_of_an_agency_that_was_late() {
    let stage = Stage::with("endless-loop", "policy-honest").await;
    let answer = stage.broker.ask(asker(), question(), None).await.unwrap();
    assert_eq!(af(&answer).0, State::TimedOut);
    assert_eq!(part(&stage)["mask"], decided(&stage).await.mask().digest().to_string());
}

/// The decision made again, as a replay makes it.
async fn decided(stage: &Stage) -> Decision {
    let edition = stage.broker.edition();
    let (policy, adapter) = (edition.policies().next().unwrap(), edition.adapters().next().unwrap());
    let verdicts: Vec<Verdict> = policy.decide(&context(), adapter.catalogue()).await.unwrap();
    let restrictions = edition.restrictions(policy.role());
    let (bases, accepted, sha256) = (policy.bases(), edition.accepted_pending(), adapter.identity().sha256);
    Decision::within(adapter.catalogue(), &verdicts, bases, accepted, &context(), sha256, restrictions).unwrap()
}

/// The last record.
fn record(stage: &Stage) -> Value {
    let line: Value = serde_json::from_str(stage.recorded().lines().last().unwrap()).unwrap();
    line.get("record").unwrap().clone()
}

/// AF's part of the last record.
fn part(stage: &Stage) -> Value {
    let record = record(stage);
    let parts = record.get("agencies").and_then(Value::as_array).unwrap();
    parts.iter().find(|part| part.get("agency").is_some_and(|agency| agency == "AF")).unwrap().clone()
}

/// What is withheld of AF's part, and why.
fn reasons(answer: &Answer) -> Vec<(String, &'static str)> {
    let part = answer.parts.iter().find(|part| part.agency == AgencyId::AF).unwrap();
    let (Outcome::Answered { decision, .. } | Outcome::NotPermitted { decision }) = &part.outcome else {
        panic!("AF is {}", part.outcome.state())
    };
    decision.withheld().iter().map(|withheld| (withheld.element.clone(), withheld.reason.label())).collect()
}

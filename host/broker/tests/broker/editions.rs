//! A question has one edition from beginning to end, and editions come and go around it.

use std::collections::BTreeMap;
use std::sync::{Arc, Weak};

use futures::FutureExt;
use ssbtx_broker::{Closed, Edition, Unanswered};
use ssbtx_core::{AgencyId, State};

use crate::stage::{Stage, adapter_target, af, asker, policy_target, question};

#[tokio::test]
async fn a_component_that_has_not_changed_is_not_compiled_again() {
    let mut stage = Stage::with("honest", "policy-honest").await;
    let before = stage.broker.edition();
    stage.publish(&policy_target("policy-traps")).await;
    let after = stage.broker.edition();
    assert!(after.trust_version() > before.trust_version());
    let catalogue = |edition: &Edition| Arc::clone(edition.catalogues().next().unwrap());
    assert!(Arc::ptr_eq(&catalogue(&before), &catalogue(&after)), "the adapter was admitted anew");
    let policy = |edition: &Edition| edition.policies().next().unwrap().identity().sha256;
    assert_ne!(policy(&before), policy(&after), "the policy was not");
    stage.publish(&adapter_target("refuses-at-once")).await;
    assert!(!Arc::ptr_eq(&catalogue(&after), &catalogue(&stage.broker.edition())));
}

#[tokio::test]
async fn the_next_question_is_decided_by_the_edition_that_was_activated() {
    let mut stage = Stage::with("honest", "policy-honest").await;
    let before = stage.broker.ask(asker(), question(), None).await.unwrap();
    stage.publish(&policy_target("policy-traps")).await;
    let after = stage.broker.ask(asker(), question(), None).await.unwrap();
    assert_eq!((af(&before).0, af(&after)), (State::Answered, (State::Failed, Some("SSBT-110"))));
    assert_ne!(before.edition, after.edition);
}

#[tokio::test]
async fn a_question_keeps_its_edition_to_the_end_and_the_edition_goes_with_the_last_question() {
    let mut stage = Stage::with("endless-loop", "policy-honest").await;
    stage.repository.replace(&adapter_target("honest")).unwrap();
    let next = stage.edition().await;
    let first = Arc::downgrade(&stage.broker.edition());
    let identity = stage.broker.edition().identity(&asker().role).unwrap();
    let under_way = tokio::spawn({
        let broker = stage.broker.clone();
        async move { broker.ask(asker(), question(), None).await.unwrap() }
    });
    until_used(&first).await;
    stage.broker.activate(Arc::new(next));
    assert!(first.upgrade().is_some(), "the edition went before its question");
    let answer = under_way.await.unwrap();
    assert_eq!((af(&answer).0, &answer.edition), (State::TimedOut, &identity));
    stage.broker.finish().await;
    assert!(first.upgrade().is_none(), "the edition stays after its last question");
}

#[tokio::test]
async fn a_broker_that_is_closed_asks_nobody_until_an_edition_is_activated() {
    let stage = Stage::with("endless-loop", "policy-honest").await;
    stage.broker.close(Closed::TrustExpired);
    let asked = stage.broker.ask(asker(), question(), None).await;
    assert!(matches!(asked, Err(Unanswered::Closed(Closed::TrustExpired))));
    assert_eq!(stage.broker.ping(&BTreeMap::new()).await, Err(Closed::TrustExpired));
    assert_eq!(ssbtx_audit::verify(&stage.audit_folder()).unwrap().records, 0);
    assert!(stage.broker.edition().adapter(AgencyId::AF).is_some(), "the edition is still there to be shown");
    stage.broker.activate(stage.broker.edition());
    assert_eq!(af(&stage.broker.ask(asker(), question(), None).await.unwrap()).0, State::TimedOut);
}

#[tokio::test]
async fn a_question_that_has_begun_is_answered_although_the_broker_closes() {
    let stage = Stage::with("endless-loop", "policy-honest").await;
    let mut asked = Box::pin(stage.broker.ask(asker(), question(), None));
    assert!(asked.as_mut().now_or_never().is_none());
    let edition = Arc::downgrade(&stage.broker.edition());
    until_used(&edition).await;
    stage.broker.close(Closed::TrustExpired);
    assert_eq!(af(&asked.await.unwrap()).0, State::TimedOut);
}

/// Waits until a question has taken the active edition.
async fn until_used(edition: &Weak<Edition>) {
    while edition.strong_count() < 2 {
        tokio::task::yield_now().await;
    }
}

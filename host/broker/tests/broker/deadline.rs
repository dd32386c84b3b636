//! Nothing that a component does holds a question past its deadline.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use ssbtx_broker::BrokerSettings;
use ssbtx_core::{AgencyId, State};
use ssbtx_runtime::{Limit, SandboxSettings};

use crate::stage::{Stage, af, asker, context, question};

#[tokio::test]
async fn a_policy_that_loops_discloses_nothing_and_nobody_is_asked() {
    let stage = Stage::with("honest", "policy-loops").await;
    let answer = stage.broker.ask(asker(), question(), None).await.unwrap();
    assert_eq!(af(&answer), (State::Failed, Some("SSBT-110")));
    assert!(stage.recorded().contains(r#""agency":"AF","asked":false,"state":"failed""#), "{}", stage.recorded());
}

#[tokio::test]
async fn a_question_that_gets_no_place_in_the_sandbox_ends_at_its_deadline() {
    let stage = Stage::with("honest", "policy-loops").await;
    let edition = stage.broker.edition();
    let (policy, catalogue) = (edition.policies().next().unwrap(), edition.catalogues().next().unwrap());
    let context = context();
    // A call that has begun and is never polled again holds the one place for good.
    let mut held = pin!(policy.decide(&context, catalogue));
    tokio::select! {
        biased;
        ended = &mut held => panic!("an endless loop ended: {ended:?}"),
        () = tokio::task::yield_now() => {}
    }
    let answer = stage.broker.ask(asker(), question(), None).await.unwrap();
    assert_eq!(af(&answer), (State::Failed, Some("SSBT-110")));
}

#[tokio::test]
async fn an_adapter_that_loops_is_late_and_was_not_asked() {
    let stage = Stage::with("endless-loop", "policy-honest").await;
    let answer = stage.broker.ask(asker(), question(), None).await.unwrap();
    assert_eq!(af(&answer), (State::TimedOut, None));
    assert!(stage.recorded().contains(r#""agency":"AF","asked":false,"state":"timed-out""#), "{}", stage.recorded());
}

#[tokio::test]
async fn an_agency_with_a_deadline_of_its_own_is_late_before_the_question_is() {
    // What a test has no time to wait for.
    let limits = SandboxSettings::default().with(Limit::CallTime, 5_000).unwrap();
    let deadline = Duration::from_mins(1);
    let settings = BrokerSettings { deadline, agency_deadlines: [(AgencyId::AF, Duration::from_millis(300))].into() };
    let mut stage = Stage::ungranted_with(limits, settings, "endless-loop", "policy-honest", Arc::new(())).await;
    let grant = stage.every_grant();
    stage.publish(&grant).await;
    let answer = stage.broker.ask(asker(), question(), None).await.unwrap();
    assert_eq!(af(&answer), (State::TimedOut, None));
}

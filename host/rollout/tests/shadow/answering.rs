//! A broker with a proposed policy beside the active one.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::civil::Date;
use ssbtx_audit::{AuditLog, AuditSettings, SubjectKey};
use ssbtx_broker::{Asker, Broker, BrokerSettings};
use ssbtx_core::{AgencyId, Front, OpenCase, Relation, Sha256Digest, State};
use ssbtx_rollout::Shadowing;
use ssbtx_stage::parsed_question;
use ssbtx_upstream::Upstreams;

use crate::place::Place;

/// What came of a question: the state of each part, with the mask that it was held to.
type Came = Vec<(AgencyId, State, Option<Sha256Digest>)>;

/// Asks, and gives back what came of it and how long it took.
async fn ask(broker: &Broker) -> (Came, Duration) {
    let asker = Asker {
        consumer: "Exempelkommun".to_owned(),
        role: "arbetsmarknad".parse().unwrap(),
        front: Front::JsonV1,
        relation: Relation::Subject,
        open_case: OpenCase::NotChecked,
        household: None,
    };
    let question = parsed_question::to_af(Date::constant(2026, 11, 22)).unwrap();
    let began = Instant::now();
    let answer = broker.ask(asker, question, None).await.unwrap();
    let came = answer.parts.iter().map(|part| (part.agency, part.outcome.state(), part.mask)).collect();
    (came, began.elapsed())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_a_proposed_policy_does_answers_are_the_same_and_in_time() {
    let mut answers = Vec::new();
    for guest in ["policy-honest", "policy-traps", "policy-loops", "policy-miscounts", "policy-unknown-basis"] {
        let place = Place::with_shadow(&format!("guests/{guest}.wasm"));
        let edition = place.edition().await;
        let audit = tempfile::tempdir().unwrap();
        let shadowing = Arc::new(Shadowing::start().unwrap());
        let observer = Arc::clone(&shadowing);
        let broker = Broker::new(
            Arc::clone(&edition),
            Upstreams::new(Vec::new()).unwrap(),
            AuditLog::open(&audit.path().join("audit"), AuditSettings::default(), Timestamp::UNIX_EPOCH).unwrap(),
            SubjectKey::from_bytes([7; 32]),
            BrokerSettings::default(),
            || Timestamp::UNIX_EPOCH,
            observer,
        );
        for _ in 0..20 {
            let (answer, took) = ask(&broker).await;
            assert!(took < BrokerSettings::default().deadline, "{guest}: {took:?}");
            answers.push(answer);
        }
        // The broker told of every one.
        let began = Instant::now();
        loop {
            let figures = shadowing.figures(&edition).pop().unwrap();
            if figures.compared + figures.failures + figures.skipped == 20 {
                break;
            }
            assert!(began.elapsed() < Duration::from_mins(1), "{guest}: {figures:?}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
    answers.dedup();
    let [answer] = answers.as_slice() else { panic!("answers differ: {answers:?}") };
    let af = answer.iter().find(|(agency, ..)| *agency == AgencyId::AF).unwrap();
    assert_eq!((af.1, af.2.is_some()), (State::NotPermitted, true));
}

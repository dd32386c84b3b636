//! An answer in pieces: recorded before it begins and when it ends, however it ends.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::StreamExt;
use ssbtx_broker::{Asker, Progressed, Unanswered};
use ssbtx_core::{AgencyId, State};

use crate::stage::{Stage, asker, question};

#[tokio::test]
async fn every_part_comes_once_then_the_summary_and_the_records_stand_around_them() {
    let stage = Stage::with("honest", "policy-honest").await;
    let mut progress = stage.broker.ask_progressively(asker(), question(), None, Box::new(())).await.unwrap();
    let mut states = BTreeMap::new();
    let summary = loop {
        match progress.next().await.unwrap() {
            Progressed::Part(part) => assert_eq!(states.insert(part.agency, part.outcome.state()), None),
            Progressed::Ended(summary) => break summary,
            Progressed::Failed(unanswered) => panic!("{unanswered}"),
        }
    };
    assert!(progress.next().await.is_none());
    assert_eq!((summary.states.iter().copied().collect::<BTreeMap<_, _>>(), states.len()), (states.clone(), 7));
    assert_eq!(states[&AgencyId::AF], State::Answered);
    let recorded = stage.recorded();
    let kinds: Vec<_> = recorded.lines().map(|line| line.contains(r#""kind":"begun""#)).collect();
    assert_eq!(kinds, [true, false]);
    assert!(!recorded.contains("brokenOff"), "{recorded}");
}

#[tokio::test]
async fn a_question_that_nobody_listens_to_ends_at_once_and_says_what_did_not_leave() {
    let stage = Stage::patient("endless-loop").await;
    let mut progress = stage.broker.ask_progressively(asker(), question(), None, Box::new(())).await.unwrap();
    // The agencies that were not included have nothing to wait for.
    assert!(matches!(progress.next().await, Some(Progressed::Part(part)) if part.agency != AgencyId::AF));
    drop(progress);
    stage.broker.finish().await;
    let recorded = stage.recorded();
    assert_eq!(recorded.lines().count(), 2);
    assert!(recorded.contains(r#""brokenOff":{"undelivered":["AF"]}"#), "{recorded}");
    assert!(!recorded.contains(r#""agency":"AF","asked""#), "{recorded}");
}

#[tokio::test]
async fn a_question_that_nobody_listens_to_keeps_its_place_until_it_is_recorded() {
    let stage = Stage::patient("endless-loop").await;
    let place = Arc::new(());
    let asked = stage.broker.ask_progressively(asker(), question(), None, Box::new(Arc::clone(&place)));
    let progress = asked.await.unwrap();
    drop(progress);
    assert_eq!(Arc::strong_count(&place), 2);
    while Arc::strong_count(&place) > 1 {
        assert!(stage.broker.figures().under_way > 0);
        tokio::task::yield_now().await;
    }
    assert_eq!(stage.recorded().lines().count(), 2);
}

#[tokio::test]
async fn whoever_has_read_the_last_piece_finds_the_place_free() {
    let stage = Stage::with("honest", "policy-honest").await;
    let place = Arc::new(());
    let asked = stage.broker.ask_progressively(asker(), question(), None, Box::new(Arc::clone(&place)));
    let mut progress = asked.await.unwrap();
    while let Some(Progressed::Part(_)) = progress.next().await {}
    assert_eq!(Arc::strong_count(&place), 1);
}

#[tokio::test]
async fn a_question_that_cannot_be_recorded_does_not_begin() {
    let stage = Stage::with("honest", "policy-honest").await;
    std::fs::remove_dir_all(stage.audit_folder()).unwrap();
    let asked = stage.broker.ask_progressively(asker(), question(), None, Box::new(())).await;
    assert!(matches!(asked, Err(Unanswered::NotRecorded(_))));
}

#[tokio::test]
async fn a_question_that_is_refused_has_no_record() {
    let stage = Stage::with("honest", "policy-honest").await;
    let stranger = Asker { role: "ekonomiskt-bistand".parse().unwrap(), ..asker() };
    let asked = stage.broker.ask_progressively(stranger, question(), None, Box::new(())).await;
    assert!(matches!(asked, Err(Unanswered::RoleWithoutPolicy(_))));
    assert_eq!(ssbtx_audit::verify(&stage.audit_folder()).unwrap().records, 0);
}

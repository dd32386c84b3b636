//! A proposed policy beside the active one: its numbers are those of its review, and no answer shows that it is there.

use std::collections::BTreeMap;

use serde_json::Value;
use ssbtx_stage::components;
use ssbtx_stage::questions::Asking;
use ssbtx_stage::repository::DemoTarget;

use crate::play::{ALVAR, FREDRIK, HENRIK, Play};
use crate::reviewed::{Reviewed, WIDE, list, staging, text};

#[tokio::test]
async fn what_a_proposed_policy_would_change_on_live_traffic_is_what_its_review_says() {
    let mut play = Play::staged(staging());
    let version = play.publish(&[DemoTarget::new(SHADOW, components::read(WIDE))]);
    play.until_active(version).await;
    let persons = [ALVAR, FREDRIK, HENRIK, ALVAR, FREDRIK];
    for person in persons {
        play.ask_as(&play.pki.arbetsmarknad, &asking(person)).await;
    }
    // Of another role, which has no proposed policy.
    play.ask(&asking(ALVAR)).await;

    let all = persons.len();
    let editions = play.until("every question is compared", |editions| editions["shadows"][0]["compared"] == all).await;
    let shadows = list(&editions["shadows"]);
    assert_eq!(shadows.len(), 1, "{editions:#}");
    assert_eq!((&shadows[0]["failures"], &shadows[0]["skipped"]), (&0.into(), &0.into()));
    let mut found: BTreeMap<(String, String, &str), u64> = BTreeMap::new();
    for dataset in list(&shadows[0]["datasets"]) {
        for direction in ["opened", "closed"] {
            let elements = dataset[direction].as_u64().unwrap();
            if elements > 0 {
                found.insert((text(&dataset["agency"]), text(&dataset["dataset"]), direction), elements);
            }
        }
    }

    let records: Vec<Value> = play.records().into_iter().filter(|record| record["role"] == "arbetsmarknad").collect();
    assert_eq!(records.len(), all);
    let reviewed = Reviewed::of(&play, &records);
    let mut expected: BTreeMap<(String, String, &str), u64> = BTreeMap::new();
    for ((base_service, dataset, _, direction), questions) in reviewed.departures(&records) {
        *expected.entry((base_service, dataset, direction)).or_default() += questions;
    }
    assert!(!expected.is_empty());
    assert_eq!(found, expected);
}

#[tokio::test]
async fn no_answer_shows_whether_a_policy_is_proposed() {
    let mut play = Play::staged(staging());
    let before = answers(&play).await;
    for guest in [WIDE, "guests/policy-traps.wasm"] {
        let version = play.publish(&[DemoTarget::new(SHADOW, components::read(guest))]);
        play.until_active(version).await;
        assert_eq!(answers(&play).await, before, "{guest}");
    }
    play.repository.remove(SHADOW).unwrap();
    play.until_active(play.published()).await;
    assert_eq!(answers(&play).await, before);
    assert!(list(&play.editions().await["shadows"]).is_empty());
}

/// What both roles are answered on both fronts, but for what differs from question to question and from set to set.
async fn answers(play: &Play) -> Vec<String> {
    let mut answers = Vec::new();
    for identity in [&play.pki.arbetsmarknad, &play.pki.ekonomiskt_bistand] {
        for person in [ALVAR, FREDRIK] {
            let mut asking = asking(person);
            asking.correlation_id = Some("one-and-the-same".to_owned());
            let mut answer = play.ask_as(identity, &asking).await;
            answer["questionId"] = Value::Null;
            answer["edition"]["trustVersion"] = Value::Null;
            for part in answer["parts"].as_array_mut().unwrap() {
                part["elapsedMs"] = Value::Null;
            }
            answers.push(answer.to_string());
            answers.push(play.ask_soap_as(identity, &asking).await.body);
        }
    }
    answers
}

fn asking(person: &str) -> Asking {
    Asking::about(person).including(&["AF", "MIV"])
}

const SHADOW: &str = "shadow/arbetsmarknad/policy.wasm";

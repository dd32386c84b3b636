//! An answer in pieces is the whole answer, sooner, and nothing of it leaves before it may.

mod pieces;

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use serde_json::Value;
use ssbtx_base_services::{Agency, Fault};
use ssbtx_stage::pki::Identity;
use ssbtx_stage::questions::Asking;

use crate::play::{ALVAR, FREDRIK, Play, Staging, part};

pub(crate) use pieces::{Event, Reading};

/// The agencies of the parts, in the order in which they came.
fn agencies(events: &[Event]) -> Vec<&str> {
    events.iter().filter(|event| event.name == "part").map(|event| event.data["agency"].as_str().unwrap()).collect()
}

/// Each part by its agency, without what differs from one question to the next.
fn parts<'v>(parts: impl IntoIterator<Item = &'v Value>) -> BTreeMap<String, Value> {
    let part = |part: &Value| {
        let mut part = part.clone();
        part.as_object_mut().unwrap().remove("elapsedMs").unwrap();
        (part["agency"].as_str().unwrap().to_owned(), part)
    };
    parts.into_iter().map(part).collect()
}

/// Asks in both ways, and holds the pieces to the whole answer.
async fn assert_the_same(play: &Play, identity: &Identity, person: &str) -> Vec<Event> {
    let asking = Asking::about(person);
    let whole = play.ask_as(identity, &asking).await;
    let events = Reading::begin(play, identity, &asking.to_json()).await.rest().await;
    let (last, pieces) = events.split_last().unwrap();
    assert_eq!(last.name, "summary", "{last:?}");
    assert_eq!(parts(pieces.iter().map(|event| &event.data)), parts(whole["parts"].as_array().unwrap()));
    assert_eq!((&last.data["edition"], &last.data["role"]), (&whole["edition"], &whole["role"]));
    for state in last.data["states"].as_array().unwrap() {
        assert_eq!(state["state"], part(&whole, state["agency"].as_str().unwrap())["state"]);
    }
    assert!(pieces.iter().all(|event| event.id.starts_with(last.data["questionId"].as_str().unwrap())));
    events
}

#[tokio::test]
async fn whoever_is_asked_about_the_pieces_are_the_whole_answer() {
    let play = Play::begin();
    let cast: Vec<String> = play.agencies.cast().persons().iter().map(|person| person.identity().to_owned()).collect();
    for person in &cast {
        for identity in [&play.pki.ekonomiskt_bistand, &play.pki.arbetsmarknad] {
            assert_the_same(&play, identity, person).await;
        }
    }
    // Each stream has said that it begins, and what it came to as a plain question does.
    let count = |kind: &str| play.records().iter().filter(|record| record["kind"] == kind).count();
    assert_eq!((count("begun"), count("question")), (2 * cast.len(), 4 * cast.len()));
}

#[tokio::test]
async fn a_slow_agency_holds_up_nobody_elses_part_where_protection_changes_nothing() {
    let play = Play::staged(Staging { deadline_ms: 1500, ..Staging::default() });
    for agency in [Agency::Af, Agency::Miv] {
        play.agencies.set_fault(agency, Some(Fault::Hang));
        let asking = Asking::about(ALVAR).to_json();
        let events = Reading::begin(&play, &play.pki.ekonomiskt_bistand, &asking).await.rest().await;
        let came = agencies(&events);
        assert_eq!((came.len(), came.last().copied()), (7, Some(agency.code())), "{came:?}");
        play.agencies.set_fault(agency, None);
    }
}

#[tokio::test]
async fn nothing_that_a_protected_identity_closes_leaves_while_an_agency_may_still_mark_it() {
    let play = Play::begin();
    play.agencies.set_fault(Agency::Af, Some(Fault::Delay(Duration::from_millis(600))));
    let identity = &play.pki.arbetsmarknad;
    for person in [ALVAR, FREDRIK] {
        let events = assert_the_same(&play, identity, person).await;
        let came = agencies(&events);
        // Whoever is asked about: that it waits says nothing of the person.
        let place = |agency| came.iter().position(|one| *one == agency).unwrap();
        assert!(place("MIV") > place("AF"), "{came:?}");
    }
    let mut reading = Reading::begin(&play, identity, &Asking::about(FREDRIK).to_json()).await;
    reading.rest().await;
    // To the byte: nothing of a permit comes before the part that says that the person is protected, and what that closes comes never.
    let at = |text: &str| reading.text.find(text).unwrap();
    assert!(at("svarCollection") > at("\"agency\":\"AF\""), "{}", reading.text);
    assert!(reading.text.contains("fromDatum") && !reading.text.contains("\"arendeTyp\":"), "{}", reading.text);
}

#[tokio::test]
async fn whoever_goes_away_ends_the_question_and_what_had_left_is_on_record() {
    let play = Play::staged(Staging { deadline_ms: 40_000, upstream_timeout_ms: 50_000, ..Staging::default() });
    play.agencies.set_fault(Agency::So, Some(Fault::Hang));
    let asking = Asking::about(ALVAR).including(&["AF", "SO", "MIV"]).to_json();
    let mut reading = Reading::begin(&play, &play.pki.ekonomiskt_bistand, &asking).await;
    let mut seen = Vec::new();
    while !(seen.contains(&"AF".to_owned()) && seen.contains(&"MIV".to_owned())) {
        seen.push(reading.next().await.unwrap().data["agency"].as_str().unwrap().to_owned());
    }
    assert_eq!(play.records().len(), 1, "it has begun, and not ended");
    drop(reading);
    // Long before the deadline, to which a plain question would wait.
    let records = loop {
        let records = play.records();
        if records.len() == 2 {
            break records;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    let [begun, ended] = &records[..] else { panic!("{records:?}") };
    assert_eq!((&begun["kind"], &ended["kind"]), (&"begun".into(), &"question".into()));
    assert_eq!((&begun["question"], &begun["subject"]), (&ended["question"], &ended["subject"]));
    assert_eq!(begun["included"], serde_json::json!(["AF", "MIV", "SO"]));
    assert_eq!(ended["brokenOff"]["undelivered"], serde_json::json!(["SO"]));
    let states: BTreeMap<_, _> = ended["agencies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["agency"].as_str().unwrap(), one["state"].as_str().unwrap()))
        .collect();
    assert_eq!((states["AF"], states["MIV"], states.get("SO")), ("answered", "answered", None));
}

#[tokio::test]
async fn a_question_that_cannot_be_recorded_sends_nothing_and_one_whose_end_cannot_be_says_so() {
    let play = Play::staged(Staging { deadline_ms: 1500, ..Staging::default() });
    play.agencies.set_fault(Agency::So, Some(Fault::Hang));
    let asking = Asking::about(ALVAR).including(&["AF", "SO"]).to_json();
    let mut reading = Reading::begin(&play, &play.pki.ekonomiskt_bistand, &asking).await;
    assert_eq!(reading.next().await.unwrap().name, "part");
    fs::remove_dir_all(play.audit_folder()).unwrap();
    let events = reading.rest().await;
    let last = events.last().unwrap();
    assert_eq!((last.name.as_str(), &last.data["type"]), ("problem", &"/problems/not-recorded".into()));
    assert!(events.iter().all(|event| event.name != "summary"));
    // The next one begins with a record, hence not at all.
    let client = play.client(&play.pki.ekonomiskt_bistand);
    let refused = client.post_for_pieces("/v1/questions", asking.to_string()).await.unwrap();
    assert_eq!(refused.status(), 503);
}

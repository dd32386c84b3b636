//! Every question is recorded before its answer leaves, and one that cannot be recorded gets no answer.

use std::collections::BTreeSet;
use std::fs;

use ssbtx_base_services::{Agency, Fault};
use ssbtx_stage::questions::Asking;

use crate::play::{ALVAR, Play, Staging};

#[tokio::test]
async fn a_record_says_who_asked_as_what_and_what_came_of_each_agency() {
    let play = Play::staged(Staging { deadline_ms: 1500, ..Staging::default() });
    play.agencies.set_fault(Agency::So, Some(Fault::Hang));
    let answer = play.ask(&Asking::about(ALVAR).including(&["AF", "FK", "SO", "MIV"])).await;
    let records = play.records();
    assert_eq!(records.len(), 1);
    let record = &records[0];
    assert_eq!(record["question"], answer["questionId"]);
    assert_eq!((&record["role"], &record["front"]), (&"ekonomiskt-bistand".into(), &"json-v1".into()));
    assert_eq!(record["caseworker"], "Handläggare Ett");
    assert_eq!(record["case"], "EB-2026-0001");
    assert_eq!(record["edition"]["policy"]["sha256"], answer["edition"]["policy"]["sha256"]);
    let accepted: BTreeSet<_> =
        record["acceptedPending"].as_array().unwrap().iter().map(|one| one["basis"].as_str().unwrap()).collect();
    assert_eq!(accepted, ["ssbtek-v10-practice", "ssbtx-arbetsmarknad"].into());
    let agency =
        |id: &str| record["agencies"].as_array().unwrap().iter().find(|agency| agency["agency"] == id).unwrap().clone();
    assert_eq!((&agency("AF")["asked"], &agency("AF")["state"]), (&true.into(), &"answered".into()));
    assert!(agency("AF")["disclosed"].as_u64().unwrap() > 5);
    assert_eq!(agency("SO")["state"], "timed-out");
    assert_eq!(
        agency("FK")["disclosers"].as_array().unwrap().iter().map(|one| &one["agency"]).collect::<Vec<_>>(),
        ["FK", "PM"]
    );
    assert_eq!((&agency("CSN")["asked"], &agency("CSN")["state"]), (&false.into(), &"not-asked".into()));
}

#[tokio::test]
async fn the_chain_of_records_is_whole_and_the_command_says_so() {
    let play = Play::begin();
    for _ in 0..3 {
        play.ask(&Asking::about(ALVAR)).await;
        play.ask_soap(&Asking::about(ALVAR)).await;
    }
    assert_eq!(ssbtx_audit::verify(&play.audit_folder()).unwrap().records, 6);
    let verified = std::process::Command::new(ssbtx_stage::host::binary("ssbtx"))
        .args(["audit", "verify"])
        .arg(play.audit_folder())
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&verified.stdout).starts_with("6 records"), "{verified:?}");
}

#[tokio::test]
async fn one_person_has_one_subject_and_another_has_another() {
    let play = Play::begin();
    for person in [ALVAR, ALVAR, crate::play::ELSA] {
        play.ask(&Asking::about(person)).await;
    }
    let subjects: Vec<_> = play.records().iter().map(|record| record["subject"]["hmacSha256"].clone()).collect();
    assert_eq!(subjects[0], subjects[1]);
    assert_ne!(subjects[0], subjects[2]);
}

#[tokio::test]
async fn a_question_that_cannot_be_recorded_gets_no_answer() {
    let play = Play::begin();
    play.ask(&Asking::about(ALVAR)).await;
    // The log's folder goes: what is appended could not be found again.
    fs::remove_dir_all(play.audit_folder()).unwrap();
    let asking = Asking::about(ALVAR);
    let received = play
        .client(&play.pki.ekonomiskt_bistand)
        .post_json("/v1/questions", asking.to_json().to_string())
        .await
        .unwrap();
    assert_eq!(received.status, 503, "{}", received.body);
    assert!(!received.body.contains("parts"), "{}", received.body);
    let soap = play.ask_soap(&asking).await;
    assert_eq!(soap.status, 500);
    assert!(soap.body.contains("hamtaBastjanstInformationFault"), "{}", soap.body);
}

#[tokio::test]
async fn a_question_whose_asker_goes_away_is_recorded_all_the_same() {
    let play = Play::staged(Staging { deadline_ms: 1500, ..Staging::default() });
    play.agencies.set_fault(Agency::Miv, Some(Fault::Hang));
    let client = play.client(&play.pki.ekonomiskt_bistand);
    let asking = Asking::about(ALVAR).to_json().to_string();
    let gone =
        tokio::time::timeout(std::time::Duration::from_millis(700), client.post_json("/v1/questions", asking)).await;
    assert!(gone.is_err(), "the asker must have gone before the answer");
    drop(client);
    // The next answer comes after the first question's record at the earliest if both wait for the same deadline.
    play.ask(&Asking::about(ALVAR)).await;
    assert_eq!(play.records().len(), 2);
}

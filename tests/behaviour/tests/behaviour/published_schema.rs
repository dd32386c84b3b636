//! Every SOAP v10 answer follows the published schema, whole and masked.

use std::collections::BTreeMap;

use serde_json::Value;
use ssbtx_base_services::{Agency, Fault};
use ssbtx_stage::configuration::Accepted;
use ssbtx_stage::questions::Asking;

use crate::contract::{assert_valid, assert_valid_fault};
use crate::play::{ALVAR, Play, Staging};

/// The datasets that a play's catalogues list, as operators write them: `AF/inskrivning`.
async fn datasets(play: &Play) -> BTreeMap<Agency, Vec<String>> {
    let client = play.client(&play.pki.ekonomiskt_bistand);
    let mut found = BTreeMap::new();
    for agency in Agency::ALL {
        let catalogue = client.get(&format!("/v1/catalogues/{agency}")).await.unwrap().body;
        let catalogue: Value = serde_json::from_str(&catalogue).unwrap();
        let ids: Vec<String> = catalogue["datasets"]
            .as_array()
            .unwrap()
            .iter()
            .map(|dataset| format!("{agency}/{}", dataset["id"].as_str().unwrap()))
            .collect();
        found.insert(agency, ids);
    }
    found
}

/// Asks about everybody as both roles; every answer is held to what is published.
async fn ask_about_everybody(play: &Play) {
    let persons: Vec<_> = play.agencies.cast().persons().iter().map(|person| person.identity().to_owned()).collect();
    for person in persons {
        for identity in [&play.pki.ekonomiskt_bistand, &play.pki.arbetsmarknad] {
            let answer = play.ask_soap_as(identity, &Asking::about(&person)).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
        }
    }
}

#[tokio::test]
async fn answers_about_every_person_to_both_roles_validate() {
    ask_about_everybody(&Play::begin()).await;
}

#[tokio::test]
async fn answers_under_numbered_items_alone_validate() {
    ask_about_everybody(&Play::staged(Staging { accepted: Vec::new(), ..Staging::default() })).await;
}

#[tokio::test]
async fn answers_with_few_datasets_of_each_agency_accepted_validate() {
    let datasets = datasets(&Play::begin()).await;
    for round in 0..ROUNDS {
        // Each dataset is accepted in one of the rounds: of most agencies alone.
        let of_this_round = |ids: &Vec<String>| ids.iter().skip(round).step_by(ROUNDS).cloned().collect::<Vec<_>>();
        let accepted: Vec<String> = datasets.values().flat_map(of_this_round).collect();
        let accepted = PENDING.map(|basis| Accepted { basis: basis.to_owned(), datasets: accepted.clone() });
        ask_about_everybody(&Play::staged(Staging { accepted: accepted.to_vec(), ..Staging::default() })).await;
    }
}

#[tokio::test]
async fn answers_with_errors_and_with_agencies_not_connected_validate() {
    let mut staging = Staging::without(&[Agency::Csn, Agency::Tns]);
    staging.deadline_ms = 1500;
    let play = Play::staged(staging);
    for fault in [Fault::Hang, Fault::SoapFault, Fault::ConnectionReset, Fault::NotXml] {
        play.agencies.set_fault(Agency::Miv, Some(fault));
        let asking = Asking { correlation_id: Some("ref-1".to_owned()), ..Asking::about(ALVAR) };
        let answer = play.ask_soap(&asking).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.body.matches("SSBT-101").count(), 2, "{}", answer.body);
        assert!(answer.body.contains("ref-1"));
    }
}

#[tokio::test]
async fn a_question_that_is_to_be_echoed_is_echoed_and_validates() {
    let play = Play::begin();
    let question = Asking::about(ALVAR).to_soap().replace(
        "<fraganSkallInkluderasISvaret>false",
        "<frageTidpunkt>2026-10-01T08:00:00+02:00</frageTidpunkt><korrelationsid>ref-2</korrelationsid><fraganSkallInkluderasISvaret>true",
    );
    let answer = play.client(&play.pki.ekonomiskt_bistand).post_soap(question).await.unwrap();
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_valid(&answer.body, "echoed question");
    assert!(answer.body.contains("fraga>") && answer.body.contains("EB-2026-0001"), "{}", answer.body);
    assert_eq!(answer.body.matches("2026-10-01T08:00:00+02:00").count(), 2, "{}", answer.body);
}

#[tokio::test]
async fn a_question_that_cannot_be_read_is_the_published_fault() {
    let play = Play::begin();
    let question = Asking::about(ALVAR)
        .to_soap()
        .replace("<personidentitet>", "<personident>")
        .replace("</personidentitet>", "</personident>");
    let answer = play.client(&play.pki.ekonomiskt_bistand).post_soap(question).await.unwrap();
    assert_eq!(answer.status, 500);
    assert!(!answer.body.contains(ALVAR), "{}", answer.body);
    assert!(answer.body.contains("hamtaBastjanstInformationFault"), "{}", answer.body);
    assert_valid_fault(&answer.body);
}

/// As many as CSN has datasets: of the others only Försäkringskassan has more.
const ROUNDS: usize = 9;
/// The bases without which a role sees little or nothing.
const PENDING: [&str; 2] = ["ssbtek-v10-practice", "ssbtx-arbetsmarknad"];

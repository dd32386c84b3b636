//! Every SOAP v10 answer follows the published schema, whole and masked.

use std::collections::BTreeMap;

use serde_json::Value;
use ssbtx_base_services::{Agency, Fault};
use ssbtx_published::{Contracts, SSBTEK_ANSWER, element_of};
use ssbtx_stage::questions::Asking;

use crate::contract::assert_valid;
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
async fn answers_with_one_dataset_of_each_agency_accepted_validate() {
    let datasets = datasets(&Play::begin()).await;
    let rounds = datasets.values().map(Vec::len).max().unwrap();
    assert!(rounds > 40, "{datasets:?}");
    for basis in ["ssbtek-v10-practice", "ssbtx-arbetsmarknad"] {
        for round in 0..rounds {
            let accepted = datasets.values().map(|ids| ids[round % ids.len()].clone());
            ask_about_everybody(&Play::staged(Staging::accepting(basis, accepted))).await;
        }
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
    let detail = element_of(&answer.body, "hamtaBastjanstInformationFault");
    let Some(contracts) = Contracts::find() else { return };
    assert_eq!(contracts.validate_xml(SSBTEK_ANSWER.file, &detail), Ok(()), "{detail}");
}

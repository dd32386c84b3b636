//! Every SOAP v10 answer follows the published schema, whole and masked.

use ssbtx_base_services::{Agency, Fault};
use ssbtx_stage::questions::Asking;

use crate::contract::assert_valid;
use crate::play::{ALVAR, Play, Staging};

#[tokio::test]
async fn answers_about_every_person_to_both_roles_validate() {
    let play = Play::begin();
    let persons: Vec<_> = play
        .agencies
        .cast()
        .persons()
        .iter()
        .filter(|person| !person.is_odd())
        .map(|person| person.identity().to_owned())
        .collect();
    for person in persons {
        for identity in [&play.pki.ekonomiskt_bistand, &play.pki.arbetsmarknad] {
            let answer = play.ask_soap_as(identity, &Asking::about(&person)).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            assert_valid(&play, &answer.body, &person);
        }
    }
}

#[tokio::test]
async fn answers_under_numbered_items_alone_validate() {
    let play = Play::staged(Staging { accepted: Vec::new(), ..Staging::default() });
    let answer = play.ask_soap(&Asking::about(ALVAR)).await;
    assert_valid(&play, &answer.body, "numbered items alone");
}

#[tokio::test]
async fn answers_with_errors_and_with_agencies_not_connected_validate() {
    let play = Play::staged(Staging { deadline_ms: 1500, ..Staging::default() });
    for fault in [Fault::Hang, Fault::SoapFault, Fault::ConnectionReset, Fault::NotXml] {
        play.agencies.set_fault(Agency::Miv, Some(fault));
        let asking = Asking { correlation_id: Some("ref-1".to_owned()), ..Asking::about(ALVAR) };
        let answer = play.ask_soap(&asking.including(&["AF", "CSN", "FK", "SKV", "SO", "TNS", "MIV"])).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_valid(&play, &answer.body, &fault.to_string());
        assert!(answer.body.contains("ref-1"));
    }
}

#[tokio::test]
async fn the_test_operation_answers_for_every_base_service_and_validates() {
    let play = Play::begin();
    let envelope = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>\
                    <testaBastjanstInformation xmlns=\"http://schema.forsakringskassan.se/integration/ssbt/10\"/></s:Body></s:Envelope>";
    let answer = play.client(&play.pki.ekonomiskt_bistand).post_soap(envelope).await.unwrap();
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_valid(&play, &answer.body, "test operation");
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
    assert_valid(&play, &answer.body, "echoed question");
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
    let document = roxmltree::Document::parse(&answer.body).unwrap();
    let fault = document.descendants().find(|node| node.tag_name().name() == "hamtaBastjanstInformationFault").unwrap();
    let text = format!(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:ssbt=\"{}\"><s:Body>{}</s:Body></s:Envelope>",
        fault.tag_name().namespace().unwrap(),
        &answer.body[fault.range()]
    );
    assert_valid(&play, &text, "fault");
}

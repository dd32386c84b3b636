//! What one agency alone demands or says is told in its part, and changes no other.

use roxmltree::Document;
use serde_json::Value;
use ssbtx_base_services::{Agency, Fault};
use ssbtx_stage::questions::{Asking, BASE_SERVICES};

use crate::contract::{block, encoded_document, inner_document};
use crate::play::{ALVAR, Play, part, state};

fn assert_all_but_answered(answer: &Value, agency: &str) {
    for other in BASE_SERVICES.into_iter().filter(|other| *other != agency) {
        assert_eq!(state(answer, other), "answered", "{other}");
    }
}

/// The texts of an agency's error in a SOAP answer: source, code, messages.
fn error(answer: &str, agency: Agency) -> Vec<String> {
    let document = Document::parse(answer).unwrap();
    let told = block(&document, agency).unwrap().first_element_child().unwrap();
    assert_eq!(told.tag_name().name(), "error", "{answer}");
    told.children().filter_map(|node| node.text()).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_case_id_that_csn_would_refuse_fails_there_alone_and_is_not_sent() {
    let play = Play::begin();
    let too_long = Asking { case: "a".repeat(32), ..Asking::about(ALVAR) };
    let answer = play.ask(&too_long).await;
    assert_eq!(part(&answer, "CSN")["failure"]["source"], "SSBT", "{answer}");
    assert_eq!(part(&answer, "CSN")["failure"]["code"], "CSN-ARENDEIDENTITET");
    assert_all_but_answered(&answer, "CSN");
    assert_eq!(error(&play.ask_soap(&too_long).await.body, Agency::Csn)[..2], ["SSBT", "CSN-ARENDEIDENTITET"]);
    assert_eq!(play.agencies.requests(Agency::Csn), 0);
    let answer = play.ask(&Asking { case: "a".repeat(31), ..Asking::about(ALVAR) }).await;
    assert_eq!(state(&answer, "CSN"), "answered");
}

#[tokio::test]
async fn transportstyrelsen_is_not_asked_about_a_person_born_in_the_1800s() {
    let play = Play::begin();
    let answer = play.ask(&Asking::about(TEKLA)).await;
    assert_eq!((state(&answer, "TNS"), state(&answer, "SKV")), ("nothing-found", "answered"));
    assert_eq!(part(&answer, "TNS")["reason"]["code"], "TNS-SEKEL", "{answer}");
    let told = error(&play.ask_soap(&Asking::about(TEKLA)).await.body, Agency::Tns);
    assert_eq!(told[..2], ["SSBT", "SSBT-109"]);
    assert_eq!(part(&answer, "TNS")["reason"]["message"], told[3].as_str());
    assert_eq!(play.agencies.requests(Agency::Tns), 0);
}

#[tokio::test]
async fn an_agencys_own_code_is_passed_on_and_its_own_words_are_not() {
    let play = Play::begin();
    for (agency, code) in [
        (Agency::Af, "2"),
        (Agency::Csn, "9"),
        (Agency::Fk, "LEFI-500"),
        (Agency::Skv, "9071003"),
        (Agency::So, "FEL"),
        (Agency::Tns, "5001"),
        (Agency::Miv, "MIV-500"),
    ] {
        play.agencies.set_fault(agency, Some(Fault::AgencyErrorCode));
        let answer = play.ask(&Asking::about(ALVAR)).await;
        let failure = part(&answer, agency.code())["failure"].clone();
        assert_eq!((&failure["source"], &failure["code"]), (&"BT".into(), &code.into()), "{agency}: {failure}");
        assert_all_but_answered(&answer, agency.code());
        let soap = play.ask_soap(&Asking::about(ALVAR)).await;
        assert_eq!(error(&soap.body, agency), ["BT", code, failure["message"].as_str().unwrap()]);
        play.agencies.set_fault(agency, None);
    }
}

#[tokio::test]
async fn a_document_of_csns_older_schema_leaves_in_the_namespaces_of_the_contract() {
    let play = Play::begin();
    play.agencies.set_fault(Agency::Csn, Some(Fault::SchemaOdd));
    let answer = play.ask_soap(&Asking::about(ALVAR)).await;
    let sent = play.agencies.last_answer(Agency::Csn, ALVAR).unwrap();
    assert!(sent.contains("http://schema.csn.se/v3.0/") && !sent.contains("http://schema.csn.se/v4.0/"), "{sent}");
    let document = encoded_document(&answer.body, Agency::Csn).unwrap();
    assert!(document.contains("http://schema.csn.se/v4.0/kommunfraga"), "{document}");
    assert!(!document.contains("http://schema.csn.se/v3.0/"), "{document}");
    assert!(document.contains("Studiemedel för studier i Sverige"), "{document}");
}

#[tokio::test]
async fn skatteverkets_document_leaves_as_a_document_in_a_string() {
    let play = Play::begin();
    let answer = play.ask_soap(&Asking::about(ALVAR)).await;
    let inner = inner_document(&answer.body).unwrap();
    let document = Document::parse(&inner).unwrap();
    assert!(inner.starts_with("<?xml "), "{inner}");
    assert_eq!(document.root_element().tag_name().name(), "SvarBeskattningsuppgifterEnligtSFS2008-975");
}

/// Born in 1890.
const TEKLA: &str = "189001019802";

//! Whatever goes wrong with one agency is told in its part and changes no other.

use std::time::Duration;

use roxmltree::Document;
use serde_json::Value;
use ssbtx_base_services::{Agency, Fault};
use ssbtx_stage::questions::Asking;

use crate::contract::block;
use crate::play::{ALVAR, Play, Staging, part, state};

/// What the part of an agency with a fault must say: its state, and where it failed, by whom and with which code (any where empty).
fn expected(fault: &Fault) -> (&'static str, &'static str, &'static str) {
    match fault {
        Fault::Delay(_) | Fault::SchemaOdd => ("answered", "", ""),
        Fault::Hang | Fault::HalfThenHang => ("timed-out", "SSBT", "SSBT-105"),
        Fault::ConnectionReset => ("failed", "SSBT", ""),
        Fault::HugeBody => ("failed", "SSBT", "SSBT-104"),
        Fault::Http500
        | Fault::SoapFault
        | Fault::AgencyErrorCode
        | Fault::TruncatedXml
        | Fault::WrongContentType
        | Fault::EmptyBody
        | Fault::NotXml
        | Fault::EntityBomb
        | Fault::WrongSoapPayload
        | Fault::Redirect => ("failed", "BT", ""),
    }
}

/// What the parts of all agencies but one say of the person.
fn of_others(answer: &Value, agency: Agency) -> Vec<Value> {
    let others = Agency::ALL.into_iter().filter(|other| *other != agency);
    others.map(|other| part(answer, other.code())["document"].clone()).collect()
}

/// Shows every fault on one agency, on both fronts.
async fn shown_on(agency: Agency) {
    let play = Play::staged(Staging::default());
    let asking = Asking::about(ALVAR);
    let undisturbed = play.ask(&asking).await;
    let delay = Fault::Delay(Duration::from_millis(200));
    for fault in Fault::NAMED.into_iter().chain([delay]) {
        play.agencies.set_fault(agency, Some(fault));
        let (json, soap) = tokio::join!(play.ask(&asking), play.ask_soap(&asking));
        play.agencies.set_fault(agency, None);
        assert_json(&json, agency, fault);
        assert_soap(&soap.body, agency, fault);
        assert_eq!(of_others(&json, agency), of_others(&undisturbed, agency), "{fault} of {agency}");
    }
}

fn assert_json(answer: &Value, agency: Agency, fault: Fault) {
    let (expected_state, source, code) = expected(&fault);
    let faulty = part(answer, agency.code());
    assert_eq!(faulty["state"], expected_state, "{fault}: {faulty}");
    if expected_state == "failed" {
        assert_eq!(faulty["failure"]["source"], source, "{fault}: {faulty}");
        assert!(code.is_empty() || faulty["failure"]["code"] == code, "{fault}: {faulty}");
    }
    // Base services quote the identity number in some of their faults on purpose.
    assert!(!faulty["failure"].to_string().contains(ALVAR), "{fault}: {faulty}");
    for other in Agency::ALL.into_iter().filter(|other| *other != agency) {
        assert_eq!(state(answer, other.code()), "answered", "{fault} of {agency}");
    }
}

fn assert_soap(answer: &str, agency: Agency, fault: Fault) {
    let (expected_state, source, code) = expected(&fault);
    let document = Document::parse(answer).unwrap();
    let told = |agency| block(&document, agency).unwrap().first_element_child().unwrap();
    let text = |name: &str| told(agency).children().find(|node| node.has_tag_name((SSBTEK, name)))?.text();
    if expected_state == "answered" {
        assert_eq!(told(agency).tag_name().name(), "data", "{fault} of {agency}");
    } else {
        assert_eq!(text("kalla"), Some(source), "{fault} of {agency}");
        assert!(code.is_empty() || text("felkod") == Some(code), "{fault} of {agency}");
    }
    for other in Agency::ALL.into_iter().filter(|other| *other != agency) {
        assert_eq!(told(other).tag_name().name(), "data", "{fault} of {agency}");
    }
}

#[tokio::test]
async fn no_fault_of_arbetsformedlingen_changes_another_part() {
    shown_on(Agency::Af).await;
}

#[tokio::test]
async fn no_fault_of_csn_changes_another_part() {
    shown_on(Agency::Csn).await;
}

#[tokio::test]
async fn no_fault_of_forsakringskassan_changes_another_part() {
    shown_on(Agency::Fk).await;
}

#[tokio::test]
async fn no_fault_of_skatteverket_changes_another_part() {
    shown_on(Agency::Skv).await;
}

#[tokio::test]
async fn no_fault_of_the_a_kassor_changes_another_part() {
    shown_on(Agency::So).await;
}

#[tokio::test]
async fn no_fault_of_transportstyrelsen_changes_another_part() {
    shown_on(Agency::Tns).await;
}

#[tokio::test]
async fn no_fault_of_migrationsverket_changes_another_part() {
    shown_on(Agency::Miv).await;
}

#[tokio::test]
async fn a_hanging_agency_is_an_error_of_the_broker_in_soap_and_the_others_have_data() {
    // The upstream alone would wait for a minute: only the question's deadline ends this within the guard.
    let play = Play::staged(Staging { upstream_timeout_ms: 60_000, ..Staging::default() });
    for hanging in Agency::ALL {
        play.agencies.set_fault(hanging, Some(Fault::Hang));
        let asking = Asking::about(ALVAR);
        let answer = tokio::time::timeout(Duration::from_secs(30), play.ask_soap(&asking)).await.unwrap();
        play.agencies.set_fault(hanging, None);
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_soap(&answer.body, hanging, Fault::Hang);
    }
}

#[tokio::test]
async fn when_every_agency_fails_every_part_says_so_itself() {
    let play = Play::staged(Staging { deadline_ms: 1500, ..Staging::default() });
    for fault in [Fault::Hang, Fault::Http500, Fault::AgencyErrorCode] {
        for agency in Agency::ALL {
            play.agencies.set_fault(agency, Some(fault));
        }
        let answer = play.ask(&Asking::about(ALVAR)).await;
        for agency in Agency::ALL {
            assert_eq!(state(&answer, agency.code()), expected(&fault).0, "{fault} of {agency}");
        }
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let play = Play::begin();
    for agency in Agency::ALL {
        play.agencies.reset();
        play.agencies.set_fault(agency, Some(Fault::Redirect));
        play.ask(&Asking::about(ALVAR).including(&[agency.code()])).await;
        let requests = Agency::ALL.map(|agency| play.agencies.requests(agency));
        assert_eq!(requests.iter().sum::<u64>(), 1, "{agency}");
    }
}

const SSBTEK: &str = "http://schema.forsakringskassan.se/integration/ssbt/10";

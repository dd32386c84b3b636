//! Whatever goes wrong with one agency is told in its part and changes no other.

use std::time::Duration;

use ssbtx_base_services::{Agency, Fault};
use ssbtx_stage::questions::Asking;

use crate::play::{ALVAR, Play, Staging, part, state};

/// What the part of an agency with a fault must say: its state, and where it failed, by whom and with which code (any where empty).
fn expected(fault: &Fault) -> (&'static str, &'static str, &'static str) {
    match fault {
        Fault::Delay(_) | Fault::SchemaOdd => ("answered", "", ""),
        Fault::Hang | Fault::HalfThenHang => ("timed-out", "", ""),
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

async fn shown_on(agency: Agency) {
    let play = Play::staged(Staging { deadline_ms: 2000, ..Staging::default() });
    let delay = Fault::Delay(Duration::from_millis(200));
    for fault in Fault::NAMED.into_iter().chain([delay]) {
        play.agencies.set_fault(agency, Some(fault));
        let answer = play.ask(&Asking::about(ALVAR)).await;
        play.agencies.set_fault(agency, None);
        let (expected_state, source, code) = expected(&fault);
        let faulty = part(&answer, agency.code());
        assert_eq!(faulty["state"], expected_state, "{fault}: {faulty}");
        if !source.is_empty() {
            assert_eq!(faulty["failure"]["source"], source, "{fault}: {faulty}");
        }
        if !code.is_empty() {
            assert_eq!(faulty["failure"]["code"], code, "{fault}: {faulty}");
        }
        // Base services quote the identity number in some of their faults on purpose.
        assert!(!faulty["failure"].to_string().contains(ALVAR), "{fault}: {faulty}");
        for other in Agency::ALL.into_iter().filter(|other| *other != agency) {
            assert_eq!(state(&answer, other.code()), "answered", "{fault} of {agency}");
        }
    }
}

#[tokio::test]
async fn no_fault_of_arbetsformedlingen_changes_another_part() {
    shown_on(Agency::Af).await;
}

#[tokio::test]
async fn no_fault_of_the_a_kassor_changes_another_part() {
    shown_on(Agency::So).await;
}

#[tokio::test]
async fn no_fault_of_migrationsverket_changes_another_part() {
    shown_on(Agency::Miv).await;
}

#[tokio::test]
async fn a_hanging_agency_is_an_error_of_the_broker_in_soap_and_the_others_have_data() {
    // The upstream alone would wait for a minute: only the question's deadline ends this within the guard.
    let play = Play::staged(Staging { deadline_ms: 1500, upstream_timeout_ms: 60_000, ..Staging::default() });
    play.agencies.set_fault(Agency::So, Some(Fault::Hang));
    let asking = Asking::about(ALVAR);
    let answer = tokio::time::timeout(Duration::from_secs(30), play.ask_soap(&asking)).await.unwrap();
    assert_eq!(answer.status, 200, "{}", answer.body);
    let document = roxmltree::Document::parse(&answer.body).unwrap();
    let child = |agency: &str| {
        let part = document.descendants().find(|node| node.tag_name().name() == agency).unwrap();
        part.first_element_child().unwrap().tag_name().name().to_owned()
    };
    assert_eq!((child("AF"), child("SO"), child("MIV")), ("data".to_owned(), "error".to_owned(), "data".to_owned()));
    assert!(answer.body.contains("SSBT-105"), "{}", answer.body);
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

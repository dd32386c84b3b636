//! The test operation calls each base service's own test function, without personal data, and says what came of it.

use roxmltree::{Document, Node};
use ssbtx_base_services::{Agency, Fault};

use crate::contract::assert_valid;
use crate::play::{Aktorsid, Play, Staging};

/// What is told of each base service: whether it was called, then source and code of what went wrong. `FK true BT LEFI-500`.
fn told(answer: &str) -> Vec<String> {
    let document = Document::parse(answer).unwrap();
    let response = document.descendants().find(|node| node.tag_name().name() == RESPONSE).unwrap();
    let of_one = |block: Node<'_, '_>| {
        let told = block.descendants().filter(|node| TOLD.contains(&node.tag_name().name()));
        told.fold(block.tag_name().name().to_owned(), |line, node| format!("{line} {}", node.text().unwrap()))
    };
    response.children().filter(Node::is_element).map(of_one).collect()
}

async fn ping(play: &Play) -> String {
    let answer = play.client(&play.pki.ekonomiskt_bistand).post_soap(TEST).await.unwrap();
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_valid(&answer.body, "test operation");
    answer.body
}

#[tokio::test]
async fn base_services_with_a_test_function_are_called_and_the_others_are_not() {
    let play = Play::begin();
    let told = told(&ping(&play).await);
    assert_eq!(told, ["AF false", "CSN false", "FK true", "SKV false", "SO false", "TNS false", "MIV false"]);
    assert_eq!(Agency::ALL.map(|agency| play.agencies.requests(agency)), [0, 0, 1, 0, 0, 0, 0]);
    assert!(play.agencies.bad_requests(Agency::Fk).is_empty());
    assert!(play.records().is_empty(), "a test is about nobody");
}

#[tokio::test]
async fn a_test_function_that_fails_is_told_with_whose_fault_it_is() {
    let play = Play::staged(Staging { deadline_ms: 1500, ..Staging::default() });
    for (fault, expected) in [
        (Fault::Hang, "FK true SSBT SSBT-105"),
        (Fault::ConnectionReset, "FK true SSBT SSBT-103"),
        (Fault::AgencyErrorCode, "FK true BT LEFI-500"),
        (Fault::Http500, "FK true BT HTTP-500"),
        (Fault::NotXml, "FK true BT undecodable"),
    ] {
        play.agencies.set_fault(Agency::Fk, Some(fault));
        let told = told(&ping(&play).await);
        assert_eq!(told, ["AF false", "CSN false", expected, "SKV false", "SO false", "TNS false", "MIV false"]);
    }
}

#[tokio::test]
async fn a_test_that_forsakringskassan_cannot_be_put_is_not_put() {
    let play = Play::staged(Staging { aktorsid: Aktorsid::NotRegistered, ..Staging::default() });
    assert_eq!(told(&ping(&play).await)[2], "FK false SSBT LEFI-AKTORSID");
    assert_eq!(play.agencies.requests(Agency::Fk), 0);
}

#[tokio::test]
async fn a_base_service_without_an_adapter_is_told_as_not_connected() {
    let play = Play::staged(Staging::without(&[Agency::Fk, Agency::Tns]));
    let told = told(&ping(&play).await);
    assert_eq!(told[1..6], ["CSN false", "FK false SSBT SSBT-101", "SKV false", "SO false", "TNS false SSBT SSBT-101"]);
}

const TEST: &str = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>\
                    <testaBastjanstInformation xmlns=\"http://schema.forsakringskassan.se/integration/ssbt/10\"/></s:Body></s:Envelope>";
const RESPONSE: &str = "testaBastjanstInformationResponse";
/// The elements of a base service's block that are looked at.
const TOLD: [&str; 3] = ["anropad", "kalla", "felkod"];

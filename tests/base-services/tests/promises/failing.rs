//! How each fault shows to a client.

use std::collections::HashMap;
use std::error::Error;
use std::io;
use std::time::{Duration, Instant};

use http_body_util::BodyExt;
use ssbtx_base_services::{Agency, BaseServices, Fault};
use ssbtx_published::Contracts;
use tokio::time::timeout;

use crate::client::{Client, Protocol, Whole, question_to, whole};
use crate::envelope::{element_of, payload_of, validate};
use crate::pki::Authority;
use crate::questions::question;

const PERSON: &str = "197701172392";

struct Stage {
    services: BaseServices,
    clients: [Client; 2],
}

impl Stage {
    fn new() -> Self {
        let authority = Authority::new();
        let clients = [Protocol::Http1, Protocol::Http2].map(|protocol| Client::of(&authority, protocol));
        Self { services: authority.start(), clients }
    }

    /// What every agency answers over both versions of HTTP under this fault.
    async fn answers(&self, fault: Option<Fault>) -> Vec<(Agency, Whole)> {
        let mut answers = Vec::new();
        for agency in Agency::ALL {
            self.services.set_fault(agency, fault);
            for client in &self.clients {
                answers.push((agency, client.ask(&self.services, agency, &question(agency, PERSON)).await));
            }
        }
        answers
    }

    /// The right answer of an agency.
    async fn right(&self, agency: Agency) -> Whole {
        self.services.set_fault(agency, None);
        self.clients[0].ask(&self.services, agency, &question(agency, PERSON)).await
    }
}

/// Whether an agency's own document, and whatever carries it, is well-formed.
fn is_well_formed(agency: Agency, body: &str) -> bool {
    let is_xml = |text: &str| roxmltree::Document::parse(text).is_ok();
    match agency {
        Agency::Fk => serde_json::from_str::<serde_json::Value>(body).is_ok(),
        Agency::Skv => is_xml(body) && (!body.contains("<svar") || is_xml(&payload_of(agency, body))),
        _ => is_xml(body),
    }
}

/// The content type of an agency's answers.
fn usual_content_type(agency: Agency) -> &'static str {
    if agency == Agency::Fk { "application/json" } else { "text/xml; charset=utf-8" }
}

#[tokio::test]
async fn delay_gives_the_right_answer_later() {
    let stage = Stage::new();
    let delay = Duration::from_millis(120);
    let begun = Instant::now();
    let answers = stage.answers(Some(Fault::Delay(delay))).await;
    assert!(begun.elapsed() >= delay * 14);
    for (agency, answer) in answers {
        assert_eq!(answer.body, stage.right(agency).await.body);
    }
}

#[tokio::test]
async fn hang_blocks_nobody_else_and_ends_with_the_fault() {
    let stage = Stage::new();
    stage.services.set_fault(Agency::Af, Some(Fault::Hang));
    let asked = question(Agency::Af, PERSON);
    let mut hanging = Vec::new();
    for (client, requests) in stage.clients.iter().zip(1..) {
        let mut answer = Box::pin(client.ask(&stage.services, Agency::Af, &asked));
        tokio::select! {
            _ = &mut answer => panic!("answered"),
            () = until(|| stage.services.requests(Agency::Af) == requests) => {}
        }
        assert!(timeout(Duration::from_millis(50), &mut answer).await.is_err());
        hanging.push(answer);
    }
    assert_eq!(stage.right(Agency::So).await.status, 200);
    assert_eq!(stage.right(Agency::Af).await.status, 200);
}

/// Waits for what happens on the base services' own thread.
async fn until(happened: impl Fn() -> bool) {
    while !happened() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn connection_reset_resets_the_connection() {
    let stage = Stage::new();
    for agency in Agency::ALL {
        stage.services.set_fault(agency, Some(Fault::ConnectionReset));
        for client in &stage.clients {
            let request = question_to(agency, &question(agency, PERSON));
            let error = client.send(stage.services.address(agency), request).await.unwrap_err();
            let mut cause: Option<&dyn Error> = Some(&error);
            let mut kinds = Vec::new();
            while let Some(error) = cause {
                kinds.extend(error.downcast_ref::<io::Error>().map(io::Error::kind));
                cause = error.source();
            }
            assert_eq!(kinds, [io::ErrorKind::ConnectionReset], "{error:?}");
        }
        assert_eq!(stage.services.requests(agency), 2);
    }
}

#[tokio::test]
async fn http_500_is_a_page_for_a_browser_that_quotes_the_person() {
    for (_, answer) in Stage::new().answers(Some(Fault::Http500)).await {
        assert_eq!((answer.status.as_u16(), answer.content_type.as_str()), (500, "text/html; charset=utf-8"));
        assert!(answer.body.contains("<h1>") && answer.body.contains(PERSON));
    }
}

#[tokio::test]
async fn soap_fault_blames_the_server_and_quotes_the_person() {
    for (agency, answer) in Stage::new().answers(Some(Fault::SoapFault)).await {
        assert_eq!(answer.status, 500);
        assert!(is_well_formed(agency, &answer.body));
        let blames = if agency == Agency::Fk { r#"{"fault":"# } else { "<faultcode>soap:Server</faultcode>" };
        assert!(answer.body.contains(blames) && answer.body.contains(PERSON));
        assert!(!answer.body.contains("<detail>"));
    }
}

#[tokio::test]
async fn agency_error_code_is_said_in_each_agency_s_own_way_and_often_quotes_the_person() {
    for (agency, answer) in Stage::new().answers(Some(Fault::AgencyErrorCode)).await {
        let (status, says, quotes) = match agency {
            Agency::Af => (200, "<af:StatusSokandeinformationKod>2</af:StatusSokandeinformationKod>", true),
            Agency::Csn => (200, "<csn:ResultatKod>9</csn:ResultatKod>", true),
            Agency::Fk => (500, r#""meddelande":"#, true),
            Agency::Skv => (500, "<MeddelandeKod>9071003</MeddelandeKod>", true),
            Agency::So => (200, "<so:StatusSvarandeOrganisation>FEL</so:StatusSvarandeOrganisation>", false),
            Agency::Tns => (200, "<tns:felkod>5001</tns:felkod>", true),
            Agency::Miv => (500, "<faultCode>MIV-500</faultCode>", true),
        };
        assert_eq!(answer.status, status);
        assert!(answer.body.contains(says), "{}", answer.body);
        assert!(answer.body.contains(PERSON) || !quotes, "{}", answer.body);
        if let Some(contracts) = Contracts::find().filter(|_| status == 200) {
            validate(&contracts, agency, &answer.body).unwrap();
        }
    }
}

#[tokio::test]
async fn truncated_xml_is_the_beginning_of_the_right_answer() {
    let stage = Stage::new();
    for (agency, answer) in stage.answers(Some(Fault::TruncatedXml)).await {
        assert_eq!((answer.status.as_u16(), answer.content_type.as_str()), (200, usual_content_type(agency)));
        assert!(!is_well_formed(agency, &answer.body));
        let right = stage.right(agency).await.body;
        if agency == Agency::Skv {
            // What is around the string is whole.
            assert!(payload_of(agency, &right).starts_with(&payload_of(agency, &answer.body)));
        } else {
            assert!(right.starts_with(&answer.body));
        }
    }
}

#[tokio::test]
async fn huge_body_is_a_right_answer_of_fifty_million_bytes() {
    let stage = Stage::new();
    for (agency, answer) in stage.answers(Some(Fault::HugeBody)).await {
        let end = if agency == Agency::Fk { "" } else { "</soap:Body></soap:Envelope>" };
        assert_eq!(answer.body.len(), 50_000_000);
        let right = stage.right(agency).await.body;
        assert!(answer.body.starts_with(right.strip_suffix(end).unwrap()));
        assert!(answer.body.ends_with(&format!(" {end}")));
    }
}

#[tokio::test]
async fn wrong_content_type_is_the_right_answer_under_another_name() {
    let stage = Stage::new();
    for (agency, answer) in stage.answers(Some(Fault::WrongContentType)).await {
        assert_eq!((answer.status.as_u16(), answer.content_type.as_str()), (200, "text/plain; charset=utf-8"));
        assert_eq!(answer.body, stage.right(agency).await.body);
    }
}

#[tokio::test]
async fn empty_body_and_not_xml_are_successes_without_an_answer() {
    let stage = Stage::new();
    for fault in [Fault::EmptyBody, Fault::NotXml] {
        for (agency, answer) in stage.answers(Some(fault)).await {
            assert_eq!((answer.status.as_u16(), answer.content_type.as_str()), (200, usual_content_type(agency)));
            assert_eq!(answer.body.is_empty(), fault == Fault::EmptyBody);
            assert!(!is_well_formed(agency, &answer.body));
        }
    }
}

#[tokio::test]
async fn entity_bomb_is_small_until_somebody_reads_it() {
    for (agency, answer) in Stage::new().answers(Some(Fault::EntityBomb)).await {
        assert_eq!(answer.status, 200);
        if agency == Agency::Fk {
            assert!(answer.body.starts_with(&"[".repeat(100_000)) && answer.body.len() == 200_000);
        } else {
            let bomb = if agency == Agency::Skv { payload_of(agency, &answer.body) } else { answer.body };
            assert!(bomb.len() < 2000 && bomb.contains("<!DOCTYPE") && bomb.contains("&e9;"));
        }
    }
}

#[tokio::test]
async fn schema_odd_is_well_formed_and_says_it_in_ways_that_few_expect() {
    let stage = Stage::new();
    let mut right = HashMap::new();
    for agency in Agency::ALL {
        right.insert(agency, stage.right(agency).await.body);
    }
    for (agency, answer) in stage.answers(Some(Fault::SchemaOdd)).await {
        assert_eq!(answer.status, 200);
        assert!(is_well_formed(agency, &answer.body));
        let payload = payload_of(agency, &answer.body);
        assert_eq!(stage.services.last_answer(agency, PERSON).as_ref(), Some(&payload));
        assert_ne!(answer.body, right[&agency]);
        let oddities: &[&str] = match agency {
            Agency::Fk => continue,
            Agency::Af | Agency::Skv | Agency::So | Agency::Miv => &["+01:00", "Nyhet>", ":tillagg "],
            Agency::Csn => {
                &["http://schema.csn.se/v3.0/kommunfraga", "http://schema.csn.se/v3.0/csntyper", "Nyhet>", r#""3.0""#]
            }
            Agency::Tns => &[":tillagg "],
        };
        for oddity in ["<![CDATA[", "<?simulerad", "<!--", "xmlns=\""].iter().chain(oddities) {
            assert!(payload.contains(oddity), "{oddity} in {payload}");
        }
        for absent in ["v4.0", "mstallningsstudiestod", "correlationid"] {
            assert!(!payload.contains(absent), "{absent} in {payload}");
        }
        if let Some(contracts) = Contracts::find() {
            let follows_the_schema = matches!(agency, Agency::Skv | Agency::Tns);
            assert_eq!(validate(&contracts, agency, &answer.body).is_ok(), follows_the_schema, "{agency}");
        }
    }
}

#[tokio::test]
async fn wrong_soap_payload_is_something_that_nobody_asked_for() {
    for (agency, answer) in Stage::new().answers(Some(Fault::WrongSoapPayload)).await {
        assert_eq!(answer.status, 200);
        assert!(is_well_formed(agency, &answer.body));
        match agency {
            Agency::Fk => assert!(answer.body.starts_with(r#"{"kvittens""#)),
            _ => assert!(element_of(&answer.body).starts_with("<o:Kvittens")),
        }
    }
}

#[tokio::test]
async fn half_then_hang_sends_half_and_stalls() {
    let stage = Stage::new();
    let agency = Agency::Miv;
    let right = stage.right(agency).await.body;
    stage.services.set_fault(agency, Some(Fault::HalfThenHang));
    for client in &stage.clients {
        let request = question_to(agency, &question(agency, PERSON));
        let mut response = client.send(stage.services.address(agency), request).await.unwrap();
        assert_eq!(response.headers()["content-length"], right.len().to_string());
        let half = response.frame().await.unwrap().unwrap().into_data().unwrap();
        assert!(right.as_bytes().starts_with(&half) && half.len() > right.len() / 3);
        assert!(timeout(Duration::from_millis(150), response.frame()).await.is_err());
    }
}

#[tokio::test]
async fn redirect_points_at_another_agency_which_counts_who_follows() {
    let stage = Stage::new();
    stage.services.set_fault(Agency::Af, Some(Fault::Redirect));
    let request = question_to(Agency::Af, &question(Agency::Af, PERSON));
    let response = stage.clients[0].send(stage.services.address(Agency::Af), request).await.unwrap();
    assert_eq!(response.status(), 302);
    let location = response.headers()["location"].to_str().unwrap().to_owned();
    assert!(
        Agency::ALL.into_iter().skip(1).any(|agency| location.contains(&stage.services.address(agency).to_string()))
    );
    assert!(whole(response).await.unwrap().body.is_empty());
    assert!(Agency::ALL.into_iter().skip(1).all(|agency| stage.services.requests(agency) == 0));
}

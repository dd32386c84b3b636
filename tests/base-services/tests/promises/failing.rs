//! How each fault shows to a client.

use std::error::Error;
use std::io;
use std::time::{Duration, Instant};

use http_body_util::BodyExt;
use ssbtx_base_services::{Agency, BaseServices, Fault};
use tokio::time::timeout;

use crate::client::{Client, Protocol, Whole, question_to, whole};
use crate::contracts::Contracts;
use crate::pki::Authority;
use crate::questions::{payload_of, question};

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

fn is_well_formed(body: &str) -> bool {
    roxmltree::Document::parse(body).is_ok()
}

#[tokio::test]
async fn delay_gives_the_right_answer_later() {
    let stage = Stage::new();
    let delay = Duration::from_millis(120);
    let begun = Instant::now();
    let answers = stage.answers(Some(Fault::Delay(delay))).await;
    assert!(begun.elapsed() >= delay * 6);
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
    for (_, answer) in Stage::new().answers(Some(Fault::SoapFault)).await {
        assert_eq!(answer.status, 500);
        assert!(is_well_formed(&answer.body));
        assert!(answer.body.contains("<faultcode>soap:Server</faultcode>") && answer.body.contains(PERSON));
        assert!(!answer.body.contains("<detail>"));
    }
}

#[tokio::test]
async fn agency_error_code_is_said_in_each_agency_s_own_way() {
    for (agency, answer) in Stage::new().answers(Some(Fault::AgencyErrorCode)).await {
        let (status, says) = match agency {
            Agency::Af => (200, "<af:StatusSokandeinformationKod>2</af:StatusSokandeinformationKod>"),
            Agency::So => (200, "<so:StatusSvarandeOrganisation>FEL</so:StatusSvarandeOrganisation>"),
            Agency::Miv => (500, "<faultCode>MIV-500</faultCode>"),
        };
        assert_eq!(answer.status, status);
        assert!(answer.body.contains(says), "{}", answer.body);
        if let Some(contracts) = Contracts::find().filter(|_| status == 200) {
            contracts.validate(agency, payload_of(&answer.body)).unwrap();
        }
    }
}

#[tokio::test]
async fn truncated_xml_is_the_beginning_of_the_right_answer() {
    let stage = Stage::new();
    for (agency, answer) in stage.answers(Some(Fault::TruncatedXml)).await {
        assert_eq!((answer.status.as_u16(), answer.content_type.as_str()), (200, "text/xml; charset=utf-8"));
        assert!(!is_well_formed(&answer.body));
        assert!(stage.right(agency).await.body.starts_with(&answer.body));
    }
}

#[tokio::test]
async fn huge_body_is_a_right_answer_of_fifty_million_bytes() {
    let stage = Stage::new();
    for (agency, answer) in stage.answers(Some(Fault::HugeBody)).await {
        assert_eq!(answer.body.len(), 50_000_000);
        let right = stage.right(agency).await.body;
        assert!(answer.body.starts_with(right.trim_end_matches("</soap:Body></soap:Envelope>")));
        assert!(answer.body.ends_with(" </soap:Body></soap:Envelope>"));
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
        for (_, answer) in stage.answers(Some(fault)).await {
            assert_eq!((answer.status.as_u16(), answer.content_type.as_str()), (200, "text/xml; charset=utf-8"));
            assert_eq!(answer.body.is_empty(), fault == Fault::EmptyBody);
            assert!(!is_well_formed(&answer.body));
        }
    }
}

#[tokio::test]
async fn entity_bomb_is_small_until_somebody_expands_it() {
    for (_, answer) in Stage::new().answers(Some(Fault::EntityBomb)).await {
        assert_eq!(answer.status, 200);
        assert!(answer.body.len() < 2000 && answer.body.contains("<!DOCTYPE") && answer.body.contains("&e9;"));
    }
}

#[tokio::test]
async fn schema_odd_is_well_formed_and_no_schema_has_it() {
    let stage = Stage::new();
    for (agency, answer) in stage.answers(Some(Fault::SchemaOdd)).await {
        assert_eq!(answer.status, 200);
        assert!(is_well_formed(&answer.body));
        let payload = payload_of(&answer.body);
        assert_eq!(stage.services.last_answer(agency, PERSON).as_deref(), Some(payload));
        for oddity in ["<![CDATA[", "+01:00", "<Nyhet", "<?simulerad", "<!--", "xmlns=\""] {
            assert!(
                payload.contains(oddity) || payload.contains(&oddity.replace('<', "<ns0:")),
                "{oddity} in {payload}"
            );
        }
        if let Some(contracts) = Contracts::find() {
            contracts.validate(agency, payload).unwrap_err();
        }
    }
}

#[tokio::test]
async fn wrong_soap_payload_is_an_element_that_nobody_asked_for() {
    for (_, answer) in Stage::new().answers(Some(Fault::WrongSoapPayload)).await {
        assert_eq!(answer.status, 200);
        assert!(is_well_formed(&answer.body));
        assert!(payload_of(&answer.body).starts_with("<o:Kvittens"));
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
    assert_eq!(stage.services.requests(Agency::So) + stage.services.requests(Agency::Miv), 0);
}

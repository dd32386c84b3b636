//! Only a registered consumer asks, in its own name or in one that it acts for.

use std::fs;

use ssbtx_base_services::Agency;
use ssbtx_stage::client::Client;
use ssbtx_stage::pki::{ORGANISATION, OTHER_ORGANISATION};
use ssbtx_stage::questions::{Asking, BASE_SERVICES};

use crate::play::{ALVAR, Play, state};

impl Play {
    /// Has the consumer act for nobody but itself from now on.
    pub(crate) async fn act_for_nobody(&self) {
        let path = self.folder().join("consumers.toml");
        let mut consumers: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        let consumer = consumers["consumer"][0].as_table_mut().unwrap();
        consumer.remove("acts-for").unwrap();
        consumer["aktorsid"].as_table_mut().unwrap().remove(OTHER_ORGANISATION).unwrap();
        fs::write(path, consumers.to_string()).unwrap();
        let (status, told) = self.reload().await;
        assert_eq!(status, 200, "{told}");
    }
}

#[tokio::test]
async fn without_a_certificate_of_a_trusted_issuer_there_is_no_connection() {
    let play = Play::begin();
    for identity in [None, Some(&play.pki.untrusted)] {
        let client = Client::new(play.host.address(), &play.pki.host_roots, identity).unwrap();
        assert!(client.get("/v1/api-info").await.is_err());
    }
}

#[tokio::test]
async fn a_certificate_that_belongs_to_no_consumer_is_refused_on_both_fronts() {
    let play = Play::begin();
    let client = play.client(&play.pki.unregistered);
    let asking = Asking::about(ALVAR);
    let json = client.post_json("/v1/questions", asking.to_json().to_string()).await.unwrap();
    assert_eq!(json.status, 403);
    assert_eq!(json.headers["content-type"], "application/problem+json");
    let soap = client.post_soap(asking.to_soap()).await.unwrap();
    assert_eq!(soap.status, 500);
    assert!(soap.body.contains("Fault"), "{}", soap.body);
    assert_eq!(Agency::ALL.map(|agency| play.agencies.requests(agency)), [0; 7]);
}

#[tokio::test]
async fn a_question_in_the_name_of_another_organisation_is_refused_unless_the_consumer_acts_for_it() {
    let play = Play::begin();
    let client = play.client(&play.pki.ekonomiskt_bistand);
    let in_the_name_of = |number: &str| Asking::about(ALVAR).to_json().to_string().replace(ORGANISATION, number);
    let own = client.post_json("/v1/questions", in_the_name_of(ORGANISATION)).await.unwrap();
    let acted_for = client.post_json("/v1/questions", in_the_name_of(OTHER_ORGANISATION)).await.unwrap();
    assert_eq!((own.status.as_u16(), acted_for.status.as_u16()), (200, 200));
    let answer = serde_json::from_str(&acted_for.body).unwrap();
    assert_eq!(state(&answer, "FK"), "answered", "Försäkringskassan knows the other organisation by its own name");
    // Whoever acts for another is named to the agencies as its processor.
    assert!(
        play.agencies.last_request(Agency::Af).unwrap().contains(&format!("Personuppgiftsbitrade>{ORGANISATION}<"))
    );
    play.act_for_nobody().await;
    let refused = client.post_json("/v1/questions", in_the_name_of(OTHER_ORGANISATION)).await.unwrap();
    assert_eq!(refused.status, 403, "{}", refused.body);
    let soap =
        client.post_soap(Asking::about(ALVAR).to_soap().replace(ORGANISATION, OTHER_ORGANISATION)).await.unwrap();
    assert!(soap.status == 500 && soap.body.contains("SSBT-212"), "{}", soap.body);
}

#[tokio::test]
async fn a_traceparent_is_taken_up_and_returned() {
    let play = Play::begin();
    let client = play.client(&play.pki.ekonomiskt_bistand);
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let request = client
        .request(http::Method::GET, "/v1/api-info")
        .header("traceparent", format!("00-{trace}-00f067aa0ba902b7-01"))
        .body(http_body_util::Full::default())
        .unwrap();
    let received = client.send(request).await.unwrap();
    assert_eq!(received.status, 200);
    assert!(received.headers["traceparent"].to_str().unwrap().contains(trace));
}

#[tokio::test]
async fn catalogues_and_policies_can_be_read_by_those_who_may_ask() {
    let play = Play::begin();
    let client = play.client(&play.pki.arbetsmarknad);
    for (path, expected) in [
        ("/v1/catalogues", "\"AF\""),
        ("/v1/catalogues/AF", "Sekretessmarkering"),
        ("/v1/policies", "ssbtx-arbetsmarknad"),
        ("/v1/api-info", "apiVersion"),
    ] {
        let received = client.get(path).await.unwrap();
        assert_eq!(received.status, 200, "{path}: {}", received.body);
        assert!(received.body.contains(expected), "{path}: {}", received.body);
    }
    for agency in BASE_SERVICES {
        let received = client.get(&format!("/v1/catalogues/{agency}")).await.unwrap();
        assert_eq!(received.status, 200, "{agency}: {}", received.body);
    }
    assert_eq!(client.get("/v1/catalogues/XX").await.unwrap().status, 404);
}

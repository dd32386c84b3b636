//! Certificates that are none for this: the handshake ends, on the consumers' listener and on the operator's. And certificates that are, for less than
//! whoever shows them would have.

use http::Method;
use http_body_util::Full;
use serde_json::{Value, json};
use ssbtx_stage::client::Client;
use ssbtx_stage::pki::Identity;
use ssbtx_stage::questions::{Asking, BASE_SERVICES};

use super::watch::GoodClient;
use crate::play::{ALVAR, Play, part};

#[tokio::test]
async fn a_certificate_that_is_not_valid_today_or_not_for_clients_opens_no_connection() {
    let play = Play::begin();
    let good = GoodClient::begin(&play);
    let wrong: [(&str, Option<&Identity>); 5] = [
        ("none", None),
        ("of another issuer", Some(&play.pki.untrusted)),
        ("expired", Some(&play.pki.expired)),
        ("not yet valid", Some(&play.pki.not_yet_valid)),
        ("for servers", Some(&play.pki.for_servers)),
    ];
    for address in [play.host.address(), play.host.admin_address().unwrap()] {
        for (name, identity) in &wrong {
            let client = Client::new(address, &play.pki.host_roots, *identity).unwrap();
            for path in ["/v1/api-info", "/ssbtek/v10?wsdl", "/livez", "/metrics"] {
                assert!(client.get(path).await.is_err(), "{name} at {path}");
            }
        }
    }
    assert!(good.end().await > 0);
}

#[tokio::test]
async fn a_registered_certificate_opens_no_connection_once_its_issuer_has_revoked_it() {
    let play = Play::begin();
    register(&play, &play.pki.revoked).await;
    let before = play.client(&play.pki.revoked).get("/v1/api-info").await.unwrap();
    assert_eq!(before.status, 200, "{}", before.body);
    let good = GoodClient::begin(&play);
    let lists = format!("drain-ms = 0\nrevocation-lists = [\"{}\"]\n", play.pki.revocation_list.display());
    play.change("ssbtx.toml", "drain-ms = 0\n", &lists);
    assert_eq!(play.reload().await, (200, json!({ "result": "taken", "changed": ["listen.revocation-lists"] })));
    let (client, asking) = (play.client(&play.pki.revoked), Asking::about(ALVAR));
    for path in ["/v1/api-info", "/ssbtek/v10?wsdl"] {
        assert!(client.get(path).await.is_err(), "{path}");
    }
    assert!(client.post_json("/v1/questions", asking.to_json().to_string()).await.is_err());
    assert!(client.post_soap(asking.to_soap()).await.is_err());
    assert_eq!(play.client(&play.pki.ekonomiskt_bistand).get("/v1/api-info").await.unwrap().status, 200);
    assert!(good.end().await > 0);
    assert!(play.host.logged().unwrap().contains("client certificate is refused"));
}

#[tokio::test]
async fn a_certificate_of_another_organisation_than_its_entry_is_nobodys_on_both_fronts() {
    let play = Play::begin();
    register(&play, &play.pki.other_organisation).await;
    let good = GoodClient::begin(&play);
    let (client, asking) = (play.client(&play.pki.other_organisation), Asking::about(ALVAR));
    let json = client.post_json("/v1/questions", asking.to_json().to_string()).await.unwrap();
    let problem: Value = serde_json::from_str(&json.body).unwrap();
    assert_eq!((json.status.as_u16(), &problem["type"]), (403, &json!("/problems/not-registered")));
    let soap = client.post_soap(asking.to_soap()).await.unwrap();
    assert!(soap.status == 500 && soap.body.contains("<ssbt:felkod>SSBT-211</ssbt:felkod>"), "{}", soap.body);
    assert!(!json.body.contains(ALVAR) && !soap.body.contains(ALVAR));
    let answered = good.end().await;
    assert_eq!(play.records().len(), answered);
}

#[tokio::test]
async fn a_certificate_of_one_role_gets_no_more_than_that_role_whatever_it_says() {
    let play = Play::begin();
    let (narrow, asking) = (&play.pki.arbetsmarknad, Asking::about(ALVAR));
    let (wide, plain) = (disclosed(&play.ask(&asking).await), disclosed(&play.ask_as(narrow, &asking).await));
    assert_ne!(wide, plain);
    let client = play.client(narrow);
    let of_the_other = &play.pki.ekonomiskt_bistand.fingerprint;
    for (name, value) in [
        ("role", "ekonomiskt-bistand"),
        ("ssbtx-role", "ekonomiskt-bistand"),
        ("x-role", "ekonomiskt-bistand"),
        ("x-ssl-client-fingerprint", of_the_other),
        ("x-forwarded-client-cert", &format!("Hash={of_the_other}")),
    ] {
        let request = client.request(Method::POST, "/v1/questions").header("content-type", "application/json");
        let body = Full::from(asking.to_json().to_string());
        let received = client.send(request.header(name, value).body(body).unwrap()).await.unwrap();
        assert_eq!(received.status, 200, "{name}: {}", received.body);
        assert_eq!(disclosed(&serde_json::from_str(&received.body).unwrap()), plain, "{name}");
    }
    for key in ["role", "roll", "consumer"] {
        let mut question = asking.to_json();
        question[key] = json!("ekonomiskt-bistand");
        let received = client.post_json("/v1/questions", question.to_string()).await.unwrap();
        assert_eq!(received.status, 400, "{key}: {}", received.body);
    }
    let header = "<soapenv:Header><r:roll xmlns:r=\"urn:r\">ekonomiskt-bistand</r:roll></soapenv:Header>";
    let soap = client.post_soap(asking.to_soap().replace("<soapenv:Header/>", header)).await.unwrap();
    assert_eq!(soap.status, 200, "{}", soap.body);
    let records = play.records();
    assert_eq!((records.len(), &records[0]["role"]), (8, &json!("ekonomiskt-bistand")));
    assert!(records[1..].iter().all(|record| record["role"] == "arbetsmarknad"));
}

/// Lets a certificate ask as the consumer, as ekonomiskt bistånd.
async fn register(play: &Play, identity: &Identity) {
    let table = "[[consumer.certificate]]\n";
    let entry = format!("{table}fingerprint = \"{}\"\nrole = \"ekonomiskt-bistand\"\n\n{table}", identity.fingerprint);
    play.change("consumers.toml", table, &entry);
    let (status, told) = play.reload().await;
    assert_eq!(status, 200, "{told}");
}

/// What an answer lets through of each base service.
fn disclosed(answer: &Value) -> Vec<[Value; 2]> {
    let of = |agency: &&str| ["state", "document"].map(|key| part(answer, agency)[key].clone());
    BASE_SERVICES.iter().map(of).collect()
}

//! Hosts that share their open cases know of each case that any of them was told, and say so when they cannot look.

use std::fs;
use std::path::Path;

use http::{Method, StatusCode};
use http_body_util::Full;
use serde_json::{Value, json};
use ssbtx_stage::client::{Client, Received};
use ssbtx_stage::host::Host;
use ssbtx_stage::pki::ORGANISATION;
use ssbtx_stage::postgres::Postgres;
use ssbtx_stage::questions::Asking;

use crate::play::{ALVAR, FREDRIK, Play};
use crate::rolling::beside;

#[tokio::test]
async fn a_case_that_one_host_was_told_is_known_to_another_and_where_nobody_can_look_nobody_is_let_through() {
    let server = Postgres::start().unwrap();
    let mut play = Play::begin();
    play.host.kill().unwrap();
    move_cases(&play.folder().join("ssbtx.toml"), &server);
    let other = beside(&play);
    hold(&play.folder().join("consumers.toml"), "enforce");
    hold(&other.with_file_name("consumers.toml"), "warn");
    play.start_again().unwrap();
    let other = Host::start(&other, &other.with_extension("log")).unwrap();
    let [strict, lenient] = [play.host.address(), other.address()]
        .map(|address| Client::new(address, &play.pki.host_roots, Some(&play.pki.ekonomiskt_bistand)).unwrap());

    assert_eq!(call(&lenient, Method::PUT).await.status, StatusCode::CREATED);
    assert_eq!(call(&strict, Method::GET).await.status, StatusCode::OK);
    assert_eq!(ask(&strict, ALVAR).await.0, StatusCode::OK);
    let (status, body) = ask(&strict, FREDRIK).await;
    assert_eq!((status, &body["type"]), (StatusCode::FORBIDDEN, &json!("/problems/case-not-open")));
    assert_eq!(ask(&lenient, FREDRIK).await.1["warnings"], json!(["case-not-open"]));

    server.freeze().unwrap();
    let (status, body) = ask(&strict, ALVAR).await;
    assert_eq!((status, &body["type"]), (StatusCode::SERVICE_UNAVAILABLE, &json!("/problems/cases-unavailable")));
    let refused = strict.post_soap(about(ALVAR).to_soap()).await.unwrap();
    assert!(refused.body.contains("<ssbt:felkod>SSBT-219</ssbt:felkod>"), "{}", refused.body);
    assert_eq!(call(&strict, Method::DELETE).await.status, StatusCode::SERVICE_UNAVAILABLE);
    let (status, body) = ask(&lenient, ALVAR).await;
    assert!(status == StatusCode::OK && body.get("warnings").is_none(), "{body}");
    assert_eq!(last_record(&play.folder().join("second/audit"))["openCase"], "notChecked");
    server.thaw().unwrap();
    assert_eq!(ask(&strict, ALVAR).await.0, StatusCode::OK);

    assert_eq!(call(&strict, Method::DELETE).await.status, StatusCode::NO_CONTENT);
    assert_eq!(call(&lenient, Method::GET).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ask(&lenient, ALVAR).await.1["warnings"], json!(["case-not-open"]));
    assert_eq!(ask(&strict, ALVAR).await.0, StatusCode::FORBIDDEN);
    assert_eq!(call(&strict, Method::PUT).await.status, StatusCode::CREATED);
    let kept = server
        .sql("SELECT open_case::text FROM ssbtx_cases.open_case UNION ALL SELECT person::text FROM ssbtx_cases.person");
    let kept = kept.unwrap();
    assert!(kept.lines().count() == 2 && !kept.contains(ALVAR), "{kept}");
}

/// Says in a configuration that open cases are in the database.
fn move_cases(path: &Path, server: &Postgres) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains("directory = \"cases\"\n"), "{text}");
    let database = format!(
        "\n[cases.postgresql]\nhost = \"{}\"\nport = {}\ndatabase = \"postgres\"\nuser = \"postgres\"\n",
        server.socket_folder().display(),
        server.port(),
    );
    fs::write(path, text.replace("directory = \"cases\"\n", "store = \"postgresql\"\n") + &database).unwrap();
}

/// Holds every consumer to its open cases in this way.
fn hold(path: &Path, mode: &str) {
    let mut file: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap();
    for consumer in file["consumer"].as_array_mut().unwrap() {
        consumer.as_table_mut().unwrap().insert("open-cases".to_owned(), mode.into());
    }
    fs::write(path, file.to_string()).unwrap();
}

/// Says something of the case.
async fn call(client: &Client, method: Method) -> Received {
    let body = match method {
        Method::PUT => {
            let persons = [json!({ "person": ALVAR, "relation": "subject" })];
            json!({ "organisationNumber": ORGANISATION, "persons": persons }).to_string()
        }
        _ => String::new(),
    };
    let path = format!("/v1/cases/{}", about(ALVAR).case);
    let request = client.request(method, &path).header("content-type", "application/json");
    client.send(request.body(Full::new(body.into())).unwrap()).await.unwrap()
}

async fn ask(client: &Client, person: &str) -> (StatusCode, Value) {
    let received = client.post_json("/v1/questions", about(person).to_json().to_string()).await.unwrap();
    (received.status, serde_json::from_str(&received.body).unwrap())
}

fn about(person: &str) -> Asking {
    Asking::about(person).including(&["AF"])
}

/// The last record of a log with one segment.
fn last_record(audit: &Path) -> Value {
    let segment = fs::read_to_string(audit.join("audit-000000000001.jsonl")).unwrap();
    serde_json::from_str::<Value>(segment.lines().last().unwrap()).unwrap()["record"].clone()
}

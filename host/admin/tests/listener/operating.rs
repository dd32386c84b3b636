//! What the operator tells a host, and what is shown of its configuration.

use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::Full;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use ssbtx_admin::{AdminLimits, CertificateExpiry, Configuration, Control, RefusedReload, Reloaded};
use ssbtx_config_file::{Origin, Setting, Value};

use crate::place::Place;
use crate::sample::Sample;

/// A host that does nothing of what it is told but remember that it was to drain: it refuses a reload, and then it is stopping.
#[derive(Default)]
pub struct Operated(AtomicBool);

#[async_trait]
impl Control for Operated {
    async fn reload(&self) -> Reloaded {
        if self.is_draining() { Reloaded::Stopping } else { Reloaded::Refused { faults: vec![FAULT.to_owned()] } }
    }

    fn drain(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_draining(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn configuration(&self) -> Configuration {
        let at = "2026-03-01T08:30:00Z".parse().unwrap();
        let origin = Origin::File { file: "ssbtx.toml".to_owned(), line: 4 };
        let setting = |key: &str, value, origin| Setting { key: key.to_owned(), value, origin, content: None };
        Configuration {
            loaded: at,
            taken: 2,
            refused: 1,
            last_refused: Some(RefusedReload { at, faults: vec![FAULT.to_owned()] }),
            certificates: vec![CertificateExpiry { which: "listen.certificate-chain".to_owned(), expires: at }],
            keys: vec![
                setting("listen.address", Value::Text("0.0.0.0:8443".to_owned()), origin),
                setting("listen.max-connections", Value::Number(1024), Origin::Default),
                setting("trust.compiled-code", Value::NotSet, Origin::Default),
            ],
        }
    }
}

const FAULT: &str = "ssbtx.toml:27: question.deadline-ms: `0` is not 100 to 60000";

#[tokio::test]
async fn the_configuration_is_shown_with_the_origin_of_every_key() {
    let place = Place::new(Sample::new(), AdminLimits::default()).await;
    let answer = place.get("/admin/configuration").await;
    assert_eq!(answer.status, StatusCode::OK);
    let shown: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let at = "2026-03-01T08:30:00Z";
    let expected = serde_json::json!({
        "loaded": at,
        "taken": 2,
        "refused": 1,
        "lastRefused": { "at": at, "faults": [FAULT] },
        "certificates": [{ "which": "listen.certificate-chain", "expires": at }],
        "keys": [
            { "key": "listen.address", "value": "0.0.0.0:8443", "origin": "ssbtx.toml:4" },
            { "key": "listen.max-connections", "value": 1024, "origin": "default" },
            { "key": "trust.compiled-code", "value": null, "origin": "default" },
        ],
    });
    assert_eq!(shown, expected);
}

#[tokio::test]
async fn a_reload_says_what_stands_against_it() {
    let place = Place::new(Sample::new(), AdminLimits::default()).await;
    let answer = place.send("POST", "/admin/reload", "").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(told, serde_json::json!({ "result": "refused", "faults": [FAULT] }));
    assert_eq!(place.get("/admin/reload").await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_host_that_drains_lives_and_is_not_ready() {
    let place = Place::new(Sample::new(), AdminLimits::default()).await;
    assert_eq!(place.get("/readyz").await.status, StatusCode::OK);
    assert_eq!(place.send("POST", "/admin/drain", "").await.status, StatusCode::ACCEPTED);
    let answer = place.get("/readyz").await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::SERVICE_UNAVAILABLE, "not ready: draining\n"));
    assert_eq!(place.get("/livez").await.status, StatusCode::OK);
    assert_eq!(place.send("POST", "/admin/reload", "").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_web_page_in_the_operators_browser_can_stop_no_host() {
    let place = Place::new(Sample::new(), AdminLimits::default()).await;
    let stream = TokioIo::new(place.connect(place.operator()).await.unwrap());
    let (mut sender, connection) = http1::handshake::<_, Full<Bytes>>(stream).await.unwrap();
    tokio::spawn(connection);
    let request = Request::post("/admin/drain").header("host", "localhost").header("origin", "https://example.se");
    let response = sender.send_request(request.body(Full::default()).unwrap()).await.unwrap();
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    assert!(!place.operated.is_draining());
}

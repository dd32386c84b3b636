//! What each path shows, and to whom.

use http::{StatusCode, header};
use serde_json::Value;
use ssbtx_admin::AdminLimits;
use ssbtx_rollout::TrustState;
use tokio::io::AsyncReadExt as _;

use crate::place::Place;
use crate::sample::Sample;

#[tokio::test]
async fn nobody_gets_in_without_a_certificate_or_with_one_of_another_authority() {
    let place = Place::new(Sample::new(), AdminLimits::default()).await;
    let strange = Place::new(Sample::new(), AdminLimits::default()).await;
    for config in [place.anybody(), place.client_of(&strange)] {
        // In TLS 1.3 the client has finished before the server refuses it: it reads the refusal.
        let refused = match place.connect(config).await {
            Ok(mut stream) => stream.read_u8().await.is_err(),
            Err(_) => true,
        };
        assert!(refused);
    }
    assert_eq!(place.get("/livez").await.status, 200);
}

#[tokio::test]
async fn a_host_whose_trust_is_closed_lives_and_is_not_ready() {
    let sample = Sample::new();
    let place = Place::new(sample.clone(), AdminLimits::default()).await;
    for (state, status, text) in [
        (TrustState::Valid, StatusCode::OK, "ready\n"),
        (TrustState::Expired, StatusCode::OK, "ready\n"),
        (TrustState::Closed, StatusCode::SERVICE_UNAVAILABLE, "not ready: trust-expired\n"),
    ] {
        sample.change(|host| host.trust = state);
        let answer = place.get("/readyz").await;
        assert_eq!((answer.status, answer.body.as_str()), (status, text));
        let answer = place.get("/livez").await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "live\n"));
    }
}

#[tokio::test]
async fn the_editions_are_shown_as_json_that_people_can_read() {
    let place = Place::new(Sample::new(), AdminLimits::default()).await;
    let answer = place.get("/admin/editions").await;
    assert_eq!(
        (answer.status, &answer.headers[header::CONTENT_TYPE]),
        (StatusCode::OK, &"application/json".parse().unwrap())
    );
    assert!(answer.body.starts_with("{\n  \"") && answer.body.ends_with("}\n"));
    let shown: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(shown["active"]["trustVersion"], 1);
    assert_eq!(shown["trust"]["state"], "valid");
    assert_eq!(shown["shadows"][0]["datasets"][0]["opened"], 30);
}

#[tokio::test]
async fn every_agency_is_shown_with_its_upstreams() {
    let place = Place::new(Sample::new(), AdminLimits::default()).await;
    let answer = place.get("/admin/agencies").await;
    assert_eq!(
        (answer.status, &answer.headers[header::CONTENT_TYPE]),
        (StatusCode::OK, &"application/json".parse().unwrap())
    );
    let shown: Value = serde_json::from_str(&answer.body).unwrap();
    let agencies = shown["agencies"].as_array().unwrap();
    let names: Vec<&Value> = agencies.iter().map(|agency| &agency["agency"]).collect();
    assert_eq!(names, ["AF", "CSN"]);
    assert_eq!(agencies[0]["upstreams"].as_array().unwrap().len(), 2);
    let af = serde_json::json!({
        "name": "base-service",
        "health": "cut-off",
        "breaker": "half-open",
        "failuresInARow": 10,
        "inFlight": 3,
        "maxInFlight": 128,
        "waiting": 1,
        "lastFailure": { "code": "timed-out", "secondsAgo": 2 },
        "exchanges": {
            "responded": 1, "unavailable": 2, "unreachable": 3, "broken-off": 4, "too-large": 5, "timed-out": 6,
            "cut-off": 7, "full": 8,
        },
    });
    assert_eq!(agencies[0]["upstreams"][0], af);
    assert_eq!(agencies[1]["upstreams"][0]["lastFailure"], Value::Null);
}

#[tokio::test]
async fn no_answer_may_be_kept_or_taken_for_something_else() {
    let place = Place::new(Sample::new(), AdminLimits::default()).await;
    for path in ["/livez", "/readyz", "/metrics", "/admin/editions", "/admin/agencies", "/nowhere"] {
        let headers = place.get(path).await.headers;
        assert_eq!(headers[header::CACHE_CONTROL], "no-store", "{path}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
    }
}

#[tokio::test]
async fn nothing_else_is_there_and_nothing_can_be_changed() {
    let place = Place::new(Sample::new(), AdminLimits::default()).await;
    assert_eq!(place.get("/").await.status, StatusCode::NOT_FOUND);
    assert_eq!(place.get("/v1/questions").await.status, StatusCode::NOT_FOUND);
    for method in ["POST", "PUT", "DELETE"] {
        let answer = place.send(method, "/admin/editions", "{}").await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
}

//! What is signed expires: for a time of grace the host alarms and answers, and then it does neither until somebody has signed anew.

use std::fs;

use jiff::{SignedDuration, Timestamp};
use ssbtx_base_services::Agency;
use ssbtx_stage::client::{Client, Received};
use ssbtx_stage::questions::Asking;
use ssbtx_stage::repository::FAR_AWAY;

use crate::play::{ALVAR, Play, Staging, state};

#[tokio::test]
async fn metadata_that_expires_while_the_host_runs_is_an_alarm_and_no_end() {
    let mut play = Play::staged(staging());
    expires_in(&mut play, SignedDuration::from_secs(10));
    play.repository.renew_timestamp().unwrap();
    let editions = play.until("the set has expired", |editions| editions["trust"]["state"] == "expired").await;
    assert_ne!(editions["trust"]["expires"], editions["trust"]["closes"]);
    assert_eq!(state(&play.ask(&asking()).await, "AF"), "answered");
    assert_eq!(play.ask_soap(&asking()).await.status, 200);
    assert_eq!(admin(&play, "/readyz").await.status, 200);
    let metrics = admin(&play, "/metrics").await.body;
    assert!(metrics.contains("ssbtx_trust_state{state=\"expired\"} 1"), "{metrics}");
    assert!(play.host.logged().unwrap().contains("signed metadata has expired: renew it before the host closes"));

    opens_again(&mut play).await;
    let metrics = admin(&play, "/metrics").await.body;
    assert!(metrics.contains("ssbtx_trust_state{state=\"valid\"} 1"), "{metrics}");
}

#[tokio::test]
async fn a_host_that_starts_within_the_grace_comes_back_closes_after_it_and_opens_when_it_is_signed_anew() {
    let mut play = Play::staged(staging());
    assert_eq!(state(&play.ask(&asking()).await, "AF"), "answered");
    play.host.kill().unwrap();
    // As if the host had been left alone for an hour, all but a few seconds of its grace.
    let configuration = play.folder().join("ssbtx.toml");
    let text = fs::read_to_string(&configuration).unwrap();
    fs::write(&configuration, text.replace("[trust]\n", "[trust]\nexpiry-grace-hours = 1\n")).unwrap();
    expires_in(&mut play, SignedDuration::from_secs(15) - SignedDuration::from_hours(1));
    play.repository.renew_timestamp().unwrap();
    let metadata = play.repository.directory().join("metadata");
    fs::copy(metadata.join("timestamp.json"), play.folder().join("state/current/metadata/timestamp.json")).unwrap();
    fs::rename(&metadata, play.folder().join("gone")).unwrap();

    play.start_again().unwrap();
    let editions = play.editions().await;
    assert_eq!(editions["active"]["origin"], "last-good-copy");
    assert_eq!(editions["trust"]["state"], "expired");
    assert_eq!(state(&play.ask(&asking()).await, "AF"), "answered");

    play.until("the grace is over", |editions| editions["trust"]["state"] == "closed").await;
    let asked = play.agencies.requests(Agency::Af);
    let json = client(&play).post_json("/v1/questions", asking().to_json().to_string()).await.unwrap();
    assert_eq!(json.status, 503);
    assert!(json.body.contains("/problems/trust-expired"), "{}", json.body);
    let soap = play.ask_soap(&asking()).await;
    assert_eq!(soap.status, 500);
    assert!(soap.body.contains("SSBT-216"), "{}", soap.body);
    let ready = admin(&play, "/readyz").await;
    assert_eq!((ready.status.as_u16(), ready.body.as_str()), (503, "not ready: trust-expired\n"));
    assert_eq!(admin(&play, "/livez").await.status, 200);
    assert_eq!(play.agencies.requests(Agency::Af), asked, "an agency is asked for what no one may be answered");

    fs::rename(play.folder().join("gone"), metadata).unwrap();
    opens_again(&mut play).await;
}

#[tokio::test]
async fn a_host_whose_grace_is_over_does_not_start() {
    let mut play = Play::staged(staging());
    play.host.kill().unwrap();
    // Longer ago than the grace that a host has by default.
    expires_in(&mut play, -SignedDuration::from_hours(73));
    play.repository.renew_timestamp().unwrap();
    let metadata = play.repository.directory().join("metadata");
    fs::copy(metadata.join("timestamp.json"), play.folder().join("state/current/metadata/timestamp.json")).unwrap();
    let refused = play.start_again().unwrap_err().to_string();
    for expected in
        ["the source: metadata of role `timestamp` expired at", "the last good copy: ", "grace of 72h is over"]
    {
        assert!(refused.contains(expected), "{expected}: {refused}");
    }
}

/// Signs the timestamp anew, for ever, and sees that questions are answered.
async fn opens_again(play: &mut Play) {
    play.repository.document_mut("timestamp").unwrap().set("expires", FAR_AWAY);
    play.repository.renew_timestamp().unwrap();
    play.until("the renewed set is valid", |editions| editions["trust"]["state"] == "valid").await;
    assert_eq!(state(&play.ask(&asking()).await, "AF"), "answered");
    assert_eq!(admin(play, "/readyz").await.status, 200);
}

/// Says when the timestamp expires, from the next time that it is signed. Metadata knows no fractions of seconds.
fn expires_in(play: &mut Play, time: SignedDuration) {
    let expires = (Timestamp::now() + time).strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    play.repository.document_mut("timestamp").unwrap().set("expires", expires);
}

async fn admin(play: &Play, path: &str) -> Received {
    let address = play.host.admin_address().unwrap();
    let client = Client::new(address, &play.pki.host_roots, Some(&play.pki.ekonomiskt_bistand)).unwrap();
    client.get(path).await.unwrap()
}

fn client(play: &Play) -> Client {
    play.client(&play.pki.ekonomiskt_bistand)
}

fn asking() -> Asking {
    Asking::about(ALVAR).including(&["AF"])
}

fn staging() -> Staging {
    Staging::without(&Agency::ALL[1..])
}

//! What a host comes back on.

use std::fs;
use std::time::Duration;

use ssbtx_trust::{KeptFault, NotTrusted};

use crate::stage::{ADAPTER, Stage, adapter};

/// In the default configuration.
const GRACE: Duration = Duration::from_hours(72);

#[tokio::test]
async fn a_host_comes_back_on_what_it_kept_when_the_source_is_gone() {
    let mut stage = Stage::kept().await;
    stage.publish_adapter("a newer adapter");
    let kept = stage.load_and_keep().await;
    stage.lose_source();
    stage.refusal().await;
    let set = stage.copy.recall(&stage.settings, GRACE).await.unwrap();
    assert_eq!(adapter(&set), b"a newer adapter");
    assert_eq!((set.version(), set.fingerprint()), (kept.version(), kept.fingerprint()));
    assert_eq!(set.roles(), kept.roles());
}

#[tokio::test]
async fn a_host_comes_back_after_it_was_stopped_and_started() {
    let mut stage = Stage::kept().await;
    stage.lose_source();
    stage.restart();
    assert_eq!(adapter(&stage.copy.recall(&stage.settings, GRACE).await.unwrap()), b"an adapter");
}

#[tokio::test]
async fn a_host_that_never_kept_anything_has_nothing_to_come_back_on() {
    let stage = Stage::new();
    let refusal = stage.copy.recall(&stage.settings, GRACE).await.unwrap_err();
    assert!(matches!(refusal, NotTrusted::NothingKept), "{refusal:?}");
}

#[tokio::test]
async fn an_expired_copy_is_used_until_its_grace_is_over_and_not_after() {
    let mut stage = Stage::kept().await;
    stage.settings.now = || "2100-01-01T00:00:00Z".parse().unwrap();
    let set = stage.copy.recall(&stage.settings, GRACE).await.unwrap();
    assert_eq!(set.expires(), (stage.settings.now)(), "it tells that it has expired");
    stage.settings.now = || "2100-01-03T23:59:59Z".parse().unwrap();
    stage.copy.recall(&stage.settings, GRACE).await.unwrap();
    stage.settings.now = || "2100-01-04T00:00:00Z".parse().unwrap();
    let refusal = stage.copy.recall(&stage.settings, GRACE).await.unwrap_err();
    assert!(
        matches!(&refusal, NotTrusted::Kept(KeptFault::OutOfGrace { at, .. }) if at.to_string() == "2100-01-01T00:00:00Z"),
        "{refusal:?}"
    );
}

#[tokio::test]
async fn without_grace_an_expired_copy_is_not_used() {
    let mut stage = Stage::kept().await;
    stage.settings.now = || "2100-01-01T00:00:00Z".parse().unwrap();
    let refusal = stage.copy.recall(&stage.settings, Duration::ZERO).await.unwrap_err();
    assert!(matches!(refusal, NotTrusted::Kept(KeptFault::OutOfGrace { .. })), "{refusal:?}");
}

#[tokio::test]
async fn the_copy_is_verified_as_the_source_is() {
    let stage = Stage::kept().await;
    let targets = stage.state().join("current/targets");
    let folder = fs::read_dir(&targets).unwrap().next().unwrap().unwrap().path();
    fs::write(folder.join("af/adapter.wasm"), "altered").unwrap();
    let refusal = stage.copy.recall(&stage.settings, GRACE).await.unwrap_err();
    assert!(matches!(&refusal, NotTrusted::Tampered { file, .. } if file.contains(ADAPTER)), "{refusal:?}");
}

#[tokio::test]
async fn the_copy_must_hold_under_the_settings_of_today() {
    let mut stage = Stage::kept().await;
    stage.settings.minimum_policy_signers = 3.try_into().unwrap();
    let refusal = stage.copy.recall(&stage.settings, GRACE).await.unwrap_err();
    assert!(matches!(refusal, NotTrusted::Structure(_)), "{refusal:?}");
}

//! A set that is refused changes nothing, at whatever stage it is refused.

use std::fs;
use std::sync::Arc;
use std::time::Instant;

use ssbtx_rollout::{Outcome, Stage};
use ssbtx_stage::components;
use ssbtx_stage::repository::DemoTarget;

use crate::clock::clock;
use crate::stage::{Running, Setting};
use crate::targets::{ADAPTER, GRANT, POLICY, guest, policy_that_breaks_its_word, policy_that_promises};

clock!(machine);

/// What a set was refused for; meanwhile the edition has stayed what it was.
async fn refused_by(running: &Running, change: impl FnOnce()) -> (Stage, String) {
    let before = running.edition();
    change();
    let refused = running.refused().await;
    assert!(Arc::ptr_eq(&before, &running.edition()), "another edition is active");
    refused
}

/// After a refusal, the next set that is right is taken over.
async fn goes_on(mut setting: Setting, running: Running) {
    let version = running.edition().trust_version();
    let next = [
        DemoTarget::new(ADAPTER, guest("honest")),
        policy_that_promises("the host goes on"),
        DemoTarget::new(GRANT, grant()),
    ];
    setting.repository.replace_all(&next).unwrap();
    running.moves_on_from(version).await;
    running.stop().await;
}

fn grant() -> Vec<u8> {
    crate::targets::honest().into_iter().find(|target| target.name == GRANT).unwrap().bytes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_source_that_is_gone_is_told_and_changes_nothing() {
    let setting = Setting::new();
    let running = setting.begin(machine::now).await;
    let mut hidden = None;
    let (stage, reason) = refused_by(&running, || hidden = Some(setting.hide_repository())).await;
    assert_eq!(stage, Stage::Fetched);
    assert!(reason.starts_with("source cannot be reached: cannot read `metadata/timestamp.json`"), "{reason}");
    running.looks(3).await;
    let status = running.board.status();
    assert_eq!(status.attempts.len(), 2, "it is told once: {:?}", status.attempts);
    assert!(status.attempts[0].tries >= 3, "{:?}", status.attempts);
    assert!(status.source.last_reached.unwrap() < status.source.last_look);
    setting.show_repository(&hidden.unwrap());
    goes_on(setting, running).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_set_that_is_not_signed_as_it_must_be_is_not_verified() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    let signers = &mut setting.repository.document_mut("governance").unwrap().signers;
    let stripped = signers.pop().unwrap();
    let repository = &mut setting.repository;
    let (stage, reason) =
        refused_by(&running, || repository.replace(&policy_that_promises("one signature does")).unwrap()).await;
    assert_eq!(stage, Stage::Verified);
    assert!(reason.contains("`governance`"), "{reason}");
    setting.repository.document_mut("governance").unwrap().signers.push(stripped);
    goes_on(setting, running).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_component_that_may_not_run_is_not_admitted() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    let repository = &mut setting.repository;
    let importing = DemoTarget::new(ADAPTER, guest("undeclared-import"));
    let (stage, reason) = refused_by(&running, || repository.replace(&importing).unwrap()).await;
    assert_eq!(stage, Stage::Admitted);
    assert!(reason.contains(ADAPTER), "{reason}");
    goes_on(setting, running).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_adapter_without_its_upstream_is_not_admitted() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    let repository = &mut setting.repository;
    let csn = DemoTarget::new("adapters/csn/adapter.wasm", components::read("adapters/csn/adapter.wasm"));
    let (stage, reason) = refused_by(&running, || repository.replace(&csn).unwrap()).await;
    assert_eq!(stage, Stage::Admitted);
    assert_eq!(reason, "`[[upstream]]` is missing for adapters: agency `CSN`, name `base-service`");
    setting.repository.remove(&csn.name).unwrap();
    goes_on(setting, running).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_policy_that_breaks_its_own_word_does_not_pass_the_tests() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    let repository = &mut setting.repository;
    let (stage, reason) = refused_by(&running, || repository.replace(&policy_that_breaks_its_word()).unwrap()).await;
    assert_eq!(stage, Stage::Tested);
    assert!(reason.starts_with(&format!("`{POLICY}` does not pass its own cases")), "{reason}");
    assert!(reason.contains("nothing is shown"), "{reason}");
    goes_on(setting, running).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_policy_that_opens_what_no_agency_has_granted_does_not_pass_the_tests() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    let repository = &mut setting.repository;
    let (stage, reason) = refused_by(&running, || repository.remove(GRANT).unwrap()).await;
    assert_eq!(stage, Stage::Tested);
    assert!(reason.starts_with("policy of role `arbetsmarknad` opens "), "{reason}");
    goes_on(setting, running).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_set_that_cannot_be_kept_is_not_answered_with() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    // Where the next link would be made.
    let in_the_way = setting.state().join("current.next");
    fs::create_dir(&in_the_way).unwrap();
    let repository = &mut setting.repository;
    let (stage, reason) =
        refused_by(&running, || repository.replace(&policy_that_promises("it is kept")).unwrap()).await;
    assert_eq!(stage, Stage::Kept);
    assert!(reason.starts_with("last good copy cannot be written: "), "{reason}");
    fs::remove_dir(&in_the_way).unwrap();
    // Nothing new is published: it is tried again.
    running.until("keeping it", |status| status.attempts[0].outcome == Outcome::Active).await;
    goes_on(setting, running).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_set_is_told_once_and_not_compiled_at_every_look() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    let published = Instant::now();
    setting.repository.replace(&policy_that_breaks_its_word()).unwrap();
    running.refused().await;
    running.looks(10).await;
    let status = running.board.status();
    assert_eq!(status.attempts.len(), 2, "it is told once: {:?}", status.attempts);
    // The first pause is a second, and the others are longer.
    let most = 1 + published.elapsed().as_secs();
    assert!(status.attempts[0].tries <= most, "not at every look: {:?}", status.attempts);
    let status = running.until("trying it again", |status| status.attempts[0].tries >= 2).await;
    assert_eq!(status.attempts.len(), 2, "{:?}", status.attempts);
    let tested = status.totals.iter().find(|total| total.stage == Stage::Tested).unwrap();
    assert_eq!((tested.result, tested.count), ("refused", status.attempts[0].tries));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_set_of_before_is_active_again_without_being_examined_when_the_refused_one_is_withdrawn() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    let before = running.edition();
    let copy = setting.beside("copy");
    let timestamp = setting.repository.metadata_file("timestamp").unwrap();
    fs::copy(&timestamp, &copy).unwrap();
    setting.repository.replace(&policy_that_breaks_its_word()).unwrap();
    running.refused().await;
    // As a whole: a look must not find half of it.
    fs::rename(&copy, &timestamp).unwrap();
    running.looks(3).await;
    assert!(Arc::ptr_eq(&before, &running.edition()));
    let status = running.board.status();
    assert_eq!(status.attempts.len(), 2, "nothing new was found: {:?}", status.attempts);
    running.stop().await;
}

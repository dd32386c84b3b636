//! What was withheld in advance of a set is not forgotten by a restart.

use std::fs;

use ssbtx_core::Sha256Digest;
use ssbtx_rollout::{NotBegun, Origin, Outcome, Status};
use ssbtx_stage::repository::DemoTarget;

use crate::clock::clock;
use crate::stage::{Running, Setting};
use crate::targets::{ADAPTER, guest, lifting, policy_that_promises, withholding};

clock!(machine);

const AF: (&str, &str) = ("af", r#"{"agency":"AF"}"#);
const FK: (&str, &str) = ("fk", r#"{"agency":"FK"}"#);

fn broken_adapter() -> DemoTarget {
    DemoTarget::new(ADAPTER, guest("undeclared-import"))
}

fn withheld(running: &Running) -> Vec<String> {
    running.edition().withholding().in_force().map(|entry| entry.id.to_string()).collect()
}

/// A host that has withheld something in advance, and ended.
async fn tightened() -> Setting {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    setting.repository.replace_all(&[broken_adapter(), withholding(&[AF])]).unwrap();
    let status = running.until("refusing it", |status| status.attempts[0].outcome != Outcome::Active).await;
    assert_eq!(status.attempts[0].tightening_applied, ["af"]);
    running.stop().await;
    setting
}

fn is_tightened_copy(status: &Status) -> bool {
    (status.active.trust_version, status.active.origin) == (1, Origin::LastGoodCopy)
        && status.active.in_advance.as_ref().is_some_and(|in_advance| in_advance.trust_version == 2)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tightening_of_a_refused_set_holds_after_a_restart_without_the_source() {
    let setting = tightened().await;
    let hidden = setting.hide_repository();
    for _ in 0..2 {
        let running = setting.begin(machine::now).await;
        let status = running.board.status();
        assert!(is_tightened_copy(&status), "{:?}", status.active);
        assert_eq!(withheld(&running), ["af"]);
        let identity = running.edition().identity(&"arbetsmarknad".parse().unwrap()).unwrap();
        assert_eq!(identity.tightening, Some(Sha256Digest::of(&withholding(&[AF]).bytes)));
        running.stop().await;
    }
    setting.show_repository(&hidden);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_that_starts_at_a_refused_set_withholds_what_that_does_before_it_serves() {
    let mut setting = Setting::new();
    setting.begin(machine::now).await.stop().await;
    setting.repository.replace_all(&[broken_adapter(), withholding(&[AF])]).unwrap();
    let running = setting.begin(machine::now).await;
    assert_eq!(withheld(&running), ["af"]);
    let status = running.board.status();
    assert!(is_tightened_copy(&status), "{:?}", status.active);
    assert_eq!(status.attempts[1].tightening_applied, ["af"]);
    running.stop().await;
    // And remembers it.
    setting.hide_repository();
    let running = setting.begin(machine::now).await;
    assert_eq!(withheld(&running), ["af"]);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_that_starts_at_a_set_without_what_it_remembers_stays_with_its_last_good_copy() {
    let mut setting = tightened().await;
    setting.repository.replace_all(&[DemoTarget::new(ADAPTER, guest("honest")), withholding(&[FK])]).unwrap();
    let running = setting.begin(machine::now).await;
    let status = running.board.status();
    assert!(is_tightened_copy(&status), "{:?}", status.active);
    assert_eq!(withheld(&running), ["af"], "nothing is taken from a set that loosens");
    setting.repository.replace(&lifting(&["af"])).unwrap();
    running.moves_on_from(1).await;
    assert_eq!(withheld(&running), ["fk"]);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_that_starts_at_a_repaired_set_remembers_nothing_more() {
    let mut setting = tightened().await;
    let remembered = setting.state().join("withheld-in-advance.json");
    let before = fs::read(&remembered).unwrap();
    let repaired =
        [DemoTarget::new(ADAPTER, guest("honest")), policy_that_promises("it is repaired"), lifting(&["af"])];
    setting.repository.replace_all(&repaired).unwrap();
    let running = setting.begin(machine::now).await;
    let status = running.board.status();
    assert_eq!((status.active.origin, status.active.in_advance), (Origin::Source, None));
    assert!(withheld(&running).is_empty() && !remembered.exists());
    running.stop().await;

    // As if it had been killed after it kept that set, and before it forgot.
    fs::write(&remembered, before).unwrap();
    setting.hide_repository();
    let running = setting.begin(machine::now).await;
    assert_eq!(running.edition().trust_version(), 3);
    assert!(withheld(&running).is_empty() && !remembered.exists());
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_whose_memory_is_damaged_does_not_begin_as_if_nothing_were_withheld() {
    let setting = tightened().await;
    let remembered = setting.state().join("withheld-in-advance.json");
    fs::write(&remembered, "{").unwrap();
    let Err(NotBegun::State(refused)) = setting.try_begin(machine::now).await else { panic!("it has begun") };
    assert_eq!(refused.to_string(), "`withheld-in-advance.json` is not as this host wrote it");
    fs::remove_file(&remembered).unwrap();
    setting.begin(machine::now).await.stop().await;
}

//! A host begins with the source's set, else with its last good copy, else not at all.

use std::fs;
use std::path::Path;

use ssbtx_rollout::{NotBegun, Origin, Outcome, Stage};

use crate::clock::clock;
use crate::stage::Setting;
use crate::targets::{POLICY, honest, policy_that_breaks_its_word, policy_that_promises};

clock!(machine);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_whose_source_is_gone_comes_back_on_its_last_good_copy() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    setting.repository.replace(&policy_that_promises("this is the last good one")).unwrap();
    running.moves_on_from(1).await;
    running.stop().await;

    let hidden = setting.hide_repository();
    let running = setting.begin(machine::now).await;
    let status = running.board.status();
    assert_eq!((status.active.trust_version, status.active.origin), (2, Origin::LastGoodCopy));
    let refused = &status.attempts[1];
    assert_eq!((refused.origin, refused.outcome.stage()), (Origin::Source, Stage::Fetched));
    assert_eq!(status.source.last_reached, None);

    // The source comes back with the same set, which is the source's again, and with another.
    setting.show_repository(&hidden);
    let status = running.until("at its source again", |status| status.active.origin == Origin::Source).await;
    assert_eq!(status.attempts[0].outcome, Outcome::Renewed);
    setting.repository.replace(&policy_that_promises("and this is a newer one")).unwrap();
    running.moves_on_from(2).await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_whose_source_offers_what_is_refused_comes_back_on_its_last_good_copy() {
    let mut setting = Setting::new();
    setting.begin(machine::now).await.stop().await;
    setting.repository.replace(&policy_that_breaks_its_word()).unwrap();
    let running = setting.begin(machine::now).await;
    let status = running.board.status();
    assert_eq!((status.active.trust_version, status.active.origin), (1, Origin::LastGoodCopy));
    assert_eq!(status.attempts[1].outcome.stage(), Stage::Tested);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_that_is_offered_an_older_set_after_a_restart_stays_with_the_newer_one() {
    let mut setting = Setting::new();
    let older = setting.beside("older");
    copy(&setting.repository.directory(), &older);
    let running = setting.begin(machine::now).await;
    setting.repository.replace(&policy_that_promises("a newer one")).unwrap();
    running.moves_on_from(1).await;
    running.stop().await;

    setting.hide_repository();
    setting.show_repository(&older);
    let running = setting.begin(machine::now).await;
    let status = running.board.status();
    assert_eq!((status.active.trust_version, status.active.origin), (2, Origin::LastGoodCopy));
    assert_eq!(status.attempts[1].outcome.stage(), Stage::Verified);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_refused_is_never_the_last_good_copy() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    setting.repository.replace(&policy_that_breaks_its_word()).unwrap();
    running.refused().await;
    running.stop().await;
    setting.hide_repository();
    let running = setting.begin(machine::now).await;
    assert_eq!(running.edition().trust_version(), 1);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_with_neither_tells_both_reasons() {
    let mut targets = honest();
    targets.retain(|target| target.name != POLICY);
    targets.push(policy_that_breaks_its_word());
    let setting = Setting::with(&targets);
    let Err(refused @ NotBegun::Nothing { .. }) = setting.try_begin(machine::now).await else {
        panic!("it began with what breaks its word")
    };
    let told = refused.to_string();
    assert!(
        told.contains("\n  the source: `policies/arbetsmarknad/policy.wasm` does not pass its own cases: "),
        "{told}"
    );
    assert!(told.contains("\n  the last good copy: "), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hosts_do_not_share_a_last_good_copy() {
    let setting = Setting::new();
    let running = setting.begin(machine::now).await;
    assert!(matches!(setting.try_begin(machine::now).await, Err(NotBegun::State(_))));
    running.stop().await;
    setting.begin(machine::now).await.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rehearsal_tells_what_a_host_would_begin_with_and_leaves_nothing_behind() {
    let mut setting = Setting::new();
    let settings = setting.settings(&setting.upstreams(), machine::now);
    let edition = ssbtx_rollout::rehearse(&settings).await.unwrap();
    assert_eq!((edition.trust_version, edition.components.len()), (1, 2));
    setting.repository.replace(&policy_that_breaks_its_word()).unwrap();
    let refused = ssbtx_rollout::rehearse(&settings).await.unwrap_err();
    assert_eq!(refused.stage(), Stage::Tested);
    assert!(!setting.state().exists());
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

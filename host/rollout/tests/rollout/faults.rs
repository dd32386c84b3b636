//! A fault of the host in the watch costs one look.

use ssbtx_rollout::Watch;

use crate::clock::clock;
use crate::stage::Setting;
use crate::targets::policy_that_promises;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fault_of_the_host_does_not_end_the_watch() {
    clock!(clock);
    let mut setting = Setting::new();
    let running = setting.begin(clock::now).await;
    for promise in ["one", "two", "three"] {
        clock::break_once();
        running.until("asking the clock", |_| !clock::is_broken()).await;
        let version = running.edition().trust_version();
        setting.repository.replace(&policy_that_promises(promise)).unwrap();
        running.moves_on_from(version).await;
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_watch_that_has_ended_is_told() {
    clock!(clock);
    let setting = Setting::new();
    let running = setting.begin(clock::now).await;
    let board = running.board.clone();
    running.until("watching", |status| status.source.watch == Watch::Running).await;
    running.stop().await;
    assert_eq!(board.status().source.watch, Watch::Ended);
}

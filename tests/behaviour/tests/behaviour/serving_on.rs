//! Whatever comes in the place of a repository that a running host serves from, the host goes on, and says what is wrong with it.
//!
//! Every defect of `tampering` is put before a host that runs. Its mended repository is then taken, as the next set that is in order.

mod running;

use std::collections::BTreeSet;

use crate::tampering::{DEFECTS, Ground, Shown};
pub(crate) use running::Running;

#[tokio::test]
async fn a_host_serves_on_whatever_signed_files_say() {
    serves_on("contents").await;
}

#[tokio::test]
async fn a_host_serves_on_when_something_has_expired() {
    serves_on("expiry").await;
}

#[tokio::test]
async fn a_host_serves_on_whatever_lies_on_the_disk() {
    serves_on("files").await;
}

#[tokio::test]
async fn a_host_serves_on_whatever_names_are_listed() {
    serves_on("names").await;
}

#[tokio::test]
async fn a_host_serves_on_whoever_is_said_to_hold_a_key() {
    serves_on("persons").await;
}

#[tokio::test]
async fn a_host_serves_on_when_the_repository_goes_back() {
    serves_on("rollback").await;
}

#[tokio::test]
async fn a_host_serves_on_when_keys_that_come_and_go_are_misused() {
    serves_on("rotation").await;
}

#[tokio::test]
async fn a_host_serves_on_however_few_have_signed() {
    serves_on("signatures").await;
}

#[tokio::test]
async fn a_host_serves_on_however_roles_are_delegated() {
    serves_on("structure").await;
}

#[test]
fn every_defect_is_put_before_a_running_host_or_said_why_not() {
    let known: BTreeSet<&str> = DEFECTS.iter().flat_map(|(_, shown)| shown.iter().map(|(folder, _)| *folder)).collect();
    for (folder, _) in NOT_SHOWN {
        assert!(known.contains(folder), "`{folder}` is no defect");
    }
    let shown_here = include_str!("serving_on.rs");
    for (module, shown) in DEFECTS {
        let is_shown = shown_here.contains(&format!("serves_on(\"{module}\")"));
        assert!(is_shown || shown.iter().all(|(folder, _)| why_not(folder).is_some()), "`{module}` is not shown");
    }
}

/// Puts each defect of a module before a host that runs, and then what is in order again.
async fn serves_on(module: &str) {
    let (_, defects) = DEFECTS.iter().find(|(name, _)| *name == module).unwrap();
    let mut host = None;
    for (folder, show) in defects.iter().filter(|(folder, _)| why_not(folder).is_none()) {
        let running = match host {
            Some(running) => running,
            None => Running::begin().await,
        };
        host = before(running, (folder, *show)).await;
    }
    if let Some(mut running) = host {
        running.goes_on().await;
    }
}

/// The host, where it can be shown more: one that was led to other keys or versions cannot go back to where defects begin.
async fn before(running: Running, (folder, show): Shown) -> Option<Running> {
    let mut ground = Ground::of(folder, running);
    show(&mut ground).await;
    let mut running = ground.into_running()?;
    assert!(running.has_refused(), "`{folder}` was not put before the host");
    running.mend().await;
    (!running.is_led_on()).then_some(running)
}

fn why_not(folder: &str) -> Option<&'static str> {
    NOT_SHOWN.iter().find(|(not_shown, _)| *not_shown == folder).map(|(_, why)| *why)
}

/// Defects that no update brings to a running host, or only at a great cost, with the reason.
const NOT_SHOWN: [(&str, &str); 10] = [
    ("anothers-root", CONFIGURED),
    ("unsigned-trusted-root", CONFIGURED),
    ("frozen", "the clock of a running host is the machine's; `grace` waits for it"),
    ("metadata-too-large", LIMIT),
    ("too-many-metadata-files", LIMIT),
    ("component-too-large", LIMIT),
    ("too-many-components", LIMIT),
    ("grant-too-large", LIMIT),
    ("tightening-too-large", LIMIT),
    ("too-many-grants", LIMIT),
];
const CONFIGURED: &str = "it is about the root that the operator configured, which no update changes";
const LIMIT: &str = "the limits of a host are large: to reach them takes as much time and memory as they allow";

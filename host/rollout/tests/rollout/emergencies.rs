//! What one person withholds is withheld at once, whatever else is in the set that carries it.

use std::fs;
use std::sync::Arc;

use ssbtx_core::{AgencyId, Sha256Digest};
use ssbtx_rollout::{Outcome, Stage, Status};
use ssbtx_stage::components;
use ssbtx_stage::repository::DemoTarget;

use crate::clock::clock;
use crate::stage::{Running, Setting};
use crate::targets::{
    ADAPTER, guest, honest, lifting, policy_that_breaks_its_word, policy_that_promises, tightening, withholding,
};

clock!(machine);

const AF: (&str, &str) = ("af", r#"{"agency":"AF"}"#);
const FK: (&str, &str) = ("fk", r#"{"agency":"FK"}"#);
const SO: (&str, &str) = ("so", r#"{"agency":"SO"}"#);

fn broken_adapter() -> DemoTarget {
    DemoTarget::new(ADAPTER, guest("undeclared-import"))
}

fn whole_adapter() -> DemoTarget {
    DemoTarget::new(ADAPTER, guest("honest"))
}

/// The ids of what is withheld now.
fn withheld(running: &Running) -> Vec<String> {
    running.edition().withholding().in_force().map(|entry| entry.id.to_string()).collect()
}

/// The digests of the two lists that records name.
fn named(running: &Running) -> (Option<Sha256Digest>, Option<Sha256Digest>) {
    let identity = running.edition().identity(&"arbetsmarknad".parse().unwrap()).unwrap();
    (identity.tightening, identity.lifted)
}

fn digest(target: &DemoTarget) -> Sha256Digest {
    Sha256Digest::of(&target.bytes)
}

/// Waits until the set of this version was refused.
async fn refuses(running: &Running, version: u64) -> Status {
    let is_refused = |status: &Status| {
        let newest = &status.attempts[0];
        newest.trust_version == Some(version) && matches!(newest.outcome, Outcome::Refused { .. })
    };
    running.until("refusing it", is_refused).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tightening_takes_effect_though_a_broken_adapter_is_published_with_it() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    let before = running.edition();
    let first = running.board.status().active;
    let first = (first.trust_version, first.fingerprint);
    setting.repository.replace_all(&[broken_adapter(), tightening()]).unwrap();
    let status = refuses(&running, 2).await;
    assert_eq!(status.attempts[0].tightening_applied, ["2026-11-22-af", "2026-11-22-csn"]);
    let in_advance = status.active.in_advance.unwrap();
    assert_eq!((in_advance.trust_version, in_advance.entries.len()), (2, 2));
    assert_eq!((status.active.trust_version, status.active.fingerprint), first);
    // Everything else is what it was.
    let after = running.edition();
    let sha256 = |edition: &ssbtx_broker::Edition| edition.adapter(AgencyId::AF).unwrap().identity().sha256;
    assert_eq!((sha256(&after), after.trust_version()), (sha256(&before), 1));
    assert_eq!(named(&running), (Some(digest(&tightening())), None));
    let answer = running.ask().await.unwrap();
    assert!(
        matches!(answer.parts[0].outcome, ssbtx_core::Outcome::NotPermitted { .. }),
        "{:?}",
        answer.parts[0].outcome.state()
    );
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tightening_takes_effect_though_a_broken_adapter_was_published_before_it() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    setting.repository.replace(&broken_adapter()).unwrap();
    refuses(&running, 2).await;
    assert!(withheld(&running).is_empty());
    setting.repository.replace(&tightening()).unwrap();
    refuses(&running, 3).await;
    assert_eq!(withheld(&running), ["2026-11-22-af", "2026-11-22-csn"]);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tightening_stays_in_effect_when_a_broken_adapter_is_published_after_it() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    setting.repository.replace(&withholding(&[AF])).unwrap();
    running.moves_on_from(1).await;
    setting.repository.replace(&broken_adapter()).unwrap();
    let status = refuses(&running, 3).await;
    assert_eq!((withheld(&running), status.active.in_advance), (vec!["af".to_owned()], None));
    // And grows, though the adapter is still broken.
    setting.repository.replace(&withholding(&[AF, FK])).unwrap();
    let status = refuses(&running, 4).await;
    assert_eq!(withheld(&running), ["af", "fk"]);
    assert_eq!(status.active.in_advance.unwrap().entries, ["fk"]);
    assert_eq!(status.attempts[0].tightening_applied, ["fk"]);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tightening_takes_effect_for_whatever_reason_its_set_is_refused() {
    let csn = DemoTarget::new("adapters/csn/adapter.wasm", components::read("adapters/csn/adapter.wasm"));
    let no_grant = DemoTarget::new("adapters/af/arbetsmarknad.grant.json", NO_GRANT);
    for (wrong, stage) in [
        (broken_adapter(), Stage::Admitted),
        (DemoTarget::new(ADAPTER, guest("loops-in-describe")), Stage::Admitted),
        (csn, Stage::Admitted),
        (policy_that_breaks_its_word(), Stage::Tested),
        (no_grant, Stage::Tested),
    ] {
        let mut setting = Setting::new();
        let running = setting.begin(machine::now).await;
        setting.repository.replace_all(&[wrong.clone(), withholding(&[AF])]).unwrap();
        let status = refuses(&running, 2).await;
        assert_eq!(
            (status.attempts[0].outcome.stage(), withheld(&running)),
            (stage, vec!["af".to_owned()]),
            "{}",
            wrong.name
        );
        running.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tightening_does_not_wait_for_the_examination_of_its_set() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    setting
        .repository
        .replace_all(&[DemoTarget::new(ADAPTER, guest("loops-in-describe")), withholding(&[AF])])
        .unwrap();
    let status = running.until("tightened", |status| status.active.in_advance.is_some()).await;
    assert_eq!(status.attempts.len(), 1, "it was examined first: {:?}", status.attempts);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tightening_takes_effect_though_the_disk_takes_nothing() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    // Where the files that are to come would be made.
    let in_the_way = ["current.next", "withheld-in-advance.json.next"].map(|name| setting.state().join(name));
    for place in &in_the_way {
        fs::create_dir(place).unwrap();
    }
    setting.repository.replace(&withholding(&[AF])).unwrap();
    let status = refuses(&running, 2).await;
    assert_eq!((status.attempts[0].outcome.stage(), withheld(&running)), (Stage::Kept, vec!["af".to_owned()]));
    for place in &in_the_way {
        fs::remove_dir(place).unwrap();
    }
    let status = running.moves_on_from(1).await;
    assert_eq!((status.active.in_advance, withheld(&running)), (None, vec!["af".to_owned()]));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_set_lifts_nothing() {
    let mut setting = Setting::new();
    setting.repository.replace_all(&[withholding(&[AF, FK]), lifting(&["fk"])]).unwrap();
    let running = setting.begin(machine::now).await;
    assert_eq!(withheld(&running), ["af"]);
    // What is lifted and still listed.
    let (list, lifted) = (withholding(&[AF, FK, SO]), lifting(&["af", "fk"]));
    setting.repository.replace_all(&[broken_adapter(), list.clone(), lifted.clone()]).unwrap();
    refuses(&running, 3).await;
    assert_eq!(withheld(&running), ["af", "so"]);
    assert_eq!(named(&running), (Some(digest(&list)), Some(digest(&lifting(&["fk"])))));
    // What is lifted and listed no longer.
    setting.repository.replace(&withholding(&[SO])).unwrap();
    refuses(&running, 4).await;
    assert_eq!(withheld(&running), ["af", "so"]);
    // Repaired, it lifts.
    setting.repository.replace(&whole_adapter()).unwrap();
    let status = running.moves_on_from(2).await;
    assert_eq!((withheld(&running), status.active.in_advance), (vec!["so".to_owned()], None));
    assert_eq!(named(&running), (Some(digest(&withholding(&[SO]))), Some(digest(&lifted))));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_set_without_what_a_refused_one_withheld_is_refused_until_it_is_lifted() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    setting.repository.replace_all(&[broken_adapter(), withholding(&[AF, FK])]).unwrap();
    refuses(&running, 2).await;
    let before = running.edition();
    setting.repository.replace_all(&[whole_adapter(), withholding(&[FK])]).unwrap();
    let refused = |status: &Status| status.attempts[0].outcome.stage() == Stage::Verified;
    running.until("refusing the looser one", refused).await;
    let (_, reason) = running.refused().await;
    assert_eq!(reason, "tightening `af` is gone or changed, expected that it stands or that governance has lifted it");
    assert!(Arc::ptr_eq(&before, &running.edition()));
    setting.repository.replace(&lifting(&["af"])).unwrap();
    running.moves_on_from(1).await;
    assert_eq!(withheld(&running), ["fk"]);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repaired_set_takes_over_what_was_withheld_in_advance() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    setting.repository.replace_all(&[broken_adapter(), withholding(&[AF])]).unwrap();
    refuses(&running, 2).await;
    setting.repository.replace_all(&[whole_adapter(), policy_that_promises("it is repaired")]).unwrap();
    let status = running.moves_on_from(1).await;
    assert_eq!((status.active.in_advance, withheld(&running)), (None, vec!["af".to_owned()]));
    assert!(!setting.state().join("withheld-in-advance.json").exists());
    running.until("freeing the others", |status| status.editions_alive == 1).await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_set_that_withholds_nothing_more_leaves_the_edition_alone() {
    let mut setting = Setting::with(&[honest(), vec![withholding(&[AF])]].concat());
    let running = setting.begin(machine::now).await;
    let before = running.edition();
    setting.repository.replace_all(&[broken_adapter(), withholding(&[AF, FK]), lifting(&["fk"])]).unwrap();
    let status = refuses(&running, 2).await;
    assert!(Arc::ptr_eq(&before, &running.edition()));
    assert!(status.attempts[0].tightening_applied.is_empty());
    assert!(!setting.state().join("withheld-in-advance.json").exists());
    running.stop().await;
}

/// A grant under which the honest policy opens too much.
const NO_GRANT: &str =
    r#"{"kind":"ssbtx-grant","version":1,"agency":"AF","role":"arbetsmarknad","bases":[],"entries":[]}"#;

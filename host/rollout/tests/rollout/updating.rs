//! A set that is right is taken over while the host runs, and nothing is done twice.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use ssbtx_core::AgencyId;
use ssbtx_rollout::{ComponentRole, Origin, Outcome, Stage, TrustState, Watch};

use crate::clock::clock;
use crate::stage::Setting;
use crate::targets::{policy_that_promises, tightening};

clock!(machine);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_set_goes_through_every_stage_and_is_active() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    setting.repository.replace(&policy_that_promises("something new")).unwrap();
    let status = running.moves_on_from(1).await;
    let stages: Vec<Stage> = status.attempts[0].passed.iter().map(|passed| passed.stage).collect();
    assert_eq!(stages, Stage::ALL);
    assert_eq!((&status.attempts[0].outcome, status.attempts[0].trust_version), (&Outcome::Active, Some(2)));
    assert_eq!(running.edition().trust_version(), 2);
    let cases: Vec<_> = status.active.components.iter().map(|one| (one.role, one.name.as_str(), one.cases)).collect();
    assert_eq!(cases, [(ComponentRole::Adapter, "AF", Some(0)), (ComponentRole::Policy, "arbetsmarknad", Some(1))]);
    assert_eq!((status.trust.state, status.source.watch), (TrustState::Valid, Watch::Running));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_component_with_equal_bytes_is_not_compiled_again() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    let before = running.edition();
    setting.repository.replace(&policy_that_promises("something new")).unwrap();
    running.moves_on_from(1).await;
    let after = running.edition();
    let catalogue = |edition: &ssbtx_broker::Edition| Arc::clone(edition.adapter(AgencyId::AF).unwrap().catalogue());
    assert!(Arc::ptr_eq(&catalogue(&before), &catalogue(&after)), "the adapter was described again");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_set_that_is_signed_anew_is_renewed_and_not_swapped() {
    let mut setting = Setting::new();
    setting.repository.document_mut("timestamp").unwrap().set("expires", in_hours(24).to_string());
    setting.repository.publish_next(&["timestamp"]).unwrap();
    let running = setting.begin(machine::now).await;
    let (edition, before) = (running.edition(), running.board.status());
    setting.repository.document_mut("timestamp").unwrap().set("expires", in_hours(48).to_string());
    setting.repository.renew_timestamp().unwrap();
    let after = running.until("renewed", |status| status.attempts[0].outcome == Outcome::Renewed).await;
    assert!(Arc::ptr_eq(&edition, &running.edition()), "another edition is active");
    assert!(after.trust.expires > before.trust.expires, "{} and {}", before.trust.expires, after.trust.expires);
    assert_eq!(after.active.trust_version, before.active.trust_version);
    assert_ne!(after.active.fingerprint, before.active.fingerprint);
    assert_eq!(after.editions_alive, 1);
    running.stop().await;
    // And it is what a host comes back on.
    let (hidden, running) = (setting.hide_repository(), setting.begin(machine::now).await);
    assert_eq!(running.board.status().trust.expires, after.trust.expires);
    setting.show_repository(&hidden);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edition_is_freed_with_the_last_that_uses_it() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    let used = running.edition();
    for promise in ["one", "two", "three"] {
        let version = running.edition().trust_version();
        setting.repository.replace(&policy_that_promises(promise)).unwrap();
        running.moves_on_from(version).await;
    }
    running.until("freeing what nobody uses", |status| status.editions_alive == 2).await;
    drop(used);
    running.until("freeing the first edition", |status| status.editions_alive == 1).await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tightening_is_active_and_tells_what_it_withholds_and_what_there_is_not() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    setting.repository.replace(&tightening()).unwrap();
    let status = running.moves_on_from(1).await;
    let entries = status.active.tightening.unwrap().entries;
    let told: Vec<_> =
        entries.iter().map(|one| (one.id.as_str(), one.kind, one.what.as_str(), one.matches, one.lifted)).collect();
    assert_eq!(
        told,
        [("2026-11-22-af", "agency", "AF", true, false), ("2026-11-22-csn", "agency", "CSN", false, false)]
    );
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_status_is_json_that_names_everything_by_its_digest() {
    let setting = Setting::new();
    let running = setting.begin(machine::now).await;
    let status = running.until("watching", |status| status.source.watch == Watch::Running).await;
    let json = serde_json::to_value(&status).unwrap();
    assert_eq!(json["trust"]["state"], "valid");
    assert_eq!(json["active"]["origin"], "source");
    assert_eq!(json["active"]["trustVersion"], 1);
    for (place, length) in [
        ("/active/fingerprint", 64),
        ("/active/components/0/sha256", 64),
        ("/active/components/1/review/sha256", 64),
        ("/active/grants/0/sha256", 64),
    ] {
        assert_eq!(json.pointer(place).and_then(|digest| digest.as_str()).map(str::len), Some(length), "{place}");
    }
    assert_eq!(json["attempts"][0]["result"], "active");
    assert_eq!(json["attempts"][0]["passed"][0]["stage"], "fetched");
    assert_eq!(json["totals"], serde_json::json!([{ "stage": "active", "result": "active", "count": 1 }]));
    let roles: Vec<&str> =
        json["trust"]["roles"].as_array().unwrap().iter().map(|role| role["name"].as_str().unwrap()).collect();
    for role in ["root", "targets", "snapshot", "timestamp", "governance", "af"] {
        assert!(roles.contains(&role), "{roles:?}");
    }
    assert_eq!(status.active.origin, Origin::Source);
    running.stop().await;
    assert_eq!(status.editions_alive, 1);
}

fn in_hours(hours: i64) -> Timestamp {
    // Metadata knows no fraction of a second.
    Timestamp::from_second((Timestamp::now() + SignedDuration::from_hours(hours)).as_second()).unwrap()
}

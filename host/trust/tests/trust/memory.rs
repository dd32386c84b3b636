//! What was kept is not gone back on.

use std::fs;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use ssbtx_stage::repository::{DemoKey, Document};
use ssbtx_trust::{KeptFault, NotTrusted, load};

use crate::stage::{Stage, adapter};

/// A newer set is kept; then the source offers the old documents of some roles again, properly signed.
async fn rolled_back(roles: &[&str], raised: &[&str]) -> NotTrusted {
    let mut stage = Stage::new();
    let old: Vec<(String, Document)> =
        roles.iter().map(|role| ((*role).to_owned(), stage.repository.document(role).unwrap().clone())).collect();
    stage.publish(&["af", "governance", "targets"]);
    stage.load_and_keep().await;
    for (role, document) in old {
        stage.repository.add_document(&role, document);
    }
    for role in raised {
        let next = stage.repository.document(role).unwrap().version() + 1;
        stage.repository.document_mut(role).unwrap().set("version", next);
    }
    stage.repository.publish().unwrap();
    stage.refusal().await
}

#[tokio::test]
async fn no_role_goes_back() {
    for (role, raised) in [
        ("timestamp", &[][..]),
        ("snapshot", &["timestamp"]),
        ("targets", &["snapshot", "timestamp"]),
        ("governance", &["snapshot", "timestamp"]),
        ("af", &["snapshot", "timestamp"]),
    ] {
        let refusal = rolled_back(&[role], raised).await;
        assert!(matches!(refusal, NotTrusted::RolledBack { .. }), "{role}: {refusal:?}");
    }
}

#[tokio::test]
async fn a_whole_repository_does_not_go_back() {
    let refusal = rolled_back(&["af", "governance", "targets", "snapshot", "timestamp"], &[]).await;
    assert!(matches!(refusal, NotTrusted::RolledBack { .. }), "{refusal:?}");
}

#[tokio::test]
async fn a_role_does_not_leave_the_snapshot() {
    let mut stage = Stage::kept().await;
    stage.repository.withdraw_document("csn");
    stage.publish(&[]);
    let refusal = stage.refusal().await;
    assert!(matches!(refusal, NotTrusted::RolledBack { .. }), "{refusal:?}");
}

#[tokio::test]
async fn other_content_under_a_version_that_was_kept_is_refused() {
    for role in ["af", "governance", "targets"] {
        let mut stage = Stage::kept().await;
        stage.repository.document_mut(role).unwrap().set("expires", "2099-01-01T00:00:00Z");
        stage.publish(&[]);
        let refusal = stage.refusal().await;
        assert!(
            matches!(&refusal, NotTrusted::Kept(KeptFault::Forked { role: of, version: 1 }) if of == role),
            "{role}: {refusal:?}"
        );
    }
}

#[tokio::test]
async fn one_more_signature_on_the_same_content_is_no_other_content() {
    let mut stage = Stage::kept().await;
    stage.repository.document_mut("governance").unwrap().signers.push("governance-3".to_owned());
    stage.publish(&[]);
    load(&stage.settings).await.unwrap();
}

#[tokio::test]
async fn a_delegation_does_not_go_back_when_the_key_of_the_snapshot_is_replaced() {
    // `tough` forgets the old snapshot then, and with it the version of every other role.
    let mut stage = Stage::new();
    let old = stage.repository.document("af").unwrap().clone();
    stage.publish_adapter("a newer adapter");
    stage.load_and_keep().await;
    stage.repository.add_key("snapshot-2", DemoKey::generate().unwrap());
    stage.repository.assign("snapshot", &["snapshot-2"], 1).unwrap();
    stage.repository.document_mut("snapshot").unwrap().signers = vec!["snapshot-2".to_owned()];
    stage.publish(&["root"]);
    assert_eq!(adapter(&load(&stage.settings).await.unwrap()), b"a newer adapter");
    stage.repository.add_document("af", old);
    stage.publish(&[]);
    let refusal = stage.refusal().await;
    assert!(
        matches!(&refusal, NotTrusted::Kept(KeptFault::Older { role, found: 1, kept: 2 }) if role == "af"),
        "{refusal:?}"
    );
}

#[tokio::test]
async fn a_load_that_fails_changes_nothing_that_is_remembered() {
    let mut stage = Stage::kept().await;
    let old = stage.repository.document("timestamp").unwrap().clone();
    stage.publish_adapter("a newer adapter");
    // Timestamp, snapshot and all other metadata are in order; the adapter is not.
    let file = stage.repository.target_file(crate::stage::ADAPTER).unwrap();
    let bytes = fs::read(&file).unwrap();
    fs::write(&file, "altered").unwrap();
    let refusal = stage.refusal().await;
    assert!(matches!(refusal, NotTrusted::Tampered { .. }), "{refusal:?}");
    fs::write(&file, bytes).unwrap();
    load(&stage.settings).await.unwrap();
    // Nothing newer was kept, so what was kept may still be served.
    stage.repository.add_document("timestamp", old);
    stage.repository.document_mut("snapshot").unwrap().set("version", 1);
    stage.repository.document_mut("af").unwrap().set("version", 1);
    stage
        .repository
        .list("af", &ssbtx_stage::repository::DemoTarget::new(crate::stage::ADAPTER, "an adapter"))
        .unwrap();
    stage.repository.publish().unwrap();
    load(&stage.settings).await.unwrap();
}

#[tokio::test]
async fn a_set_that_was_loaded_but_not_kept_is_not_remembered() {
    let mut stage = Stage::kept().await;
    let old = stage.repository.document("timestamp").unwrap().clone();
    stage.publish(&[]);
    load(&stage.settings).await.unwrap();
    stage.repository.document_mut("snapshot").unwrap().set("version", 1);
    stage.repository.add_document("timestamp", old);
    stage.repository.publish().unwrap();
    load(&stage.settings).await.unwrap();
}

#[tokio::test]
async fn the_same_set_may_be_loaded_and_kept_again() {
    let stage = Stage::kept().await;
    stage.load_and_keep().await;
    stage.load_and_keep().await;
    let names = fs::read_dir(stage.state()).unwrap().count();
    assert_eq!(names, 3, "the lock, the link and one set");
}

#[tokio::test]
async fn a_clock_that_stands_days_before_the_last_good_load_is_not_believed() {
    let mut stage = Stage::kept().await;
    stage.settings.now = || Timestamp::now() - SignedDuration::from_hours(24);
    for refusal in
        [stage.refusal().await, stage.copy.recall(&stage.settings, std::time::Duration::ZERO).await.unwrap_err()]
    {
        assert!(matches!(refusal, NotTrusted::Kept(KeptFault::ClockWentBack { .. })), "{refusal:?}");
    }
}

#[tokio::test]
async fn a_clock_that_was_set_right_by_seconds_is_believed() {
    let mut stage = Stage::kept().await;
    stage.settings.now = || Timestamp::now() - SignedDuration::from_secs(30);
    load(&stage.settings).await.unwrap();
}

#[tokio::test]
async fn the_hosts_own_clock_has_a_word_on_expiry_too() {
    let mut stage = Stage::new();
    stage.settings.now = || "2100-01-01T00:00:00Z".parse().unwrap();
    let refusal = stage.refusal().await;
    assert!(matches!(&refusal, NotTrusted::Expired { role, .. } if role == "root"), "{refusal:?}");
}

#[tokio::test]
async fn a_damaged_memory_is_no_missing_memory() {
    for file in [
        "metadata/timestamp.json",
        "metadata/1.snapshot.json",
        "metadata/1.governance.json",
        "metadata/1.tightening.json",
        "loaded",
    ] {
        for damage in [|file: &Path| fs::write(file, ""), |file: &Path| fs::remove_file(file)] {
            let stage = Stage::kept().await;
            damage(&stage.state().join("current").join(file)).unwrap();
            for refusal in [
                stage.refusal().await,
                stage.copy.recall(&stage.settings, std::time::Duration::ZERO).await.unwrap_err(),
            ] {
                assert!(
                    matches!(&refusal, NotTrusted::Kept(KeptFault::Damaged { file: damaged }) if damaged == file),
                    "{file}: {refusal:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn an_agency_that_nobody_delegates_to_any_longer_is_not_missed() {
    let mut stage = Stage::kept().await;
    let targets = stage.repository.document_mut("targets").unwrap();
    let roles = targets.signed.pointer_mut("/delegations/roles").unwrap().as_array_mut().unwrap();
    roles.retain(|role| role["name"] != "so");
    let keys: Vec<String> = roles
        .iter()
        .flat_map(|role| role["keyids"].as_array().unwrap())
        .map(|id| id.as_str().unwrap().into())
        .collect();
    let listed = targets.signed.pointer_mut("/delegations/keys").unwrap().as_object_mut().unwrap();
    listed.retain(|id, _| keys.contains(id));
    stage.publish(&["targets"]);
    assert!(stage.load_and_keep().await.roles().iter().all(|role| role.name != "so"));
    stage.publish(&[]);
    stage.load_and_keep().await;
    stage.lose_source();
    stage.copy.recall(&stage.settings, std::time::Duration::ZERO).await.unwrap();
}

#[tokio::test]
async fn a_memory_without_any_root_is_damaged() {
    let stage = Stage::kept().await;
    fs::remove_file(stage.state().join("current/metadata/1.root.json")).unwrap();
    assert!(matches!(stage.refusal().await, NotTrusted::Kept(KeptFault::Damaged { .. })));
}

//! What a host has seen it does not forget: nothing goes back, and nothing is put together from two versions.

use std::fs;

use ssbtx_stage::repository::{DemoKey, DemoTarget, Document};
use ssbtx_trust::{KeptFault, Mismatch, NotTrusted, SignatureFault};

use super::{AF_ADAPTER, Defect, Ground, LIFTED, POLICY, TIGHTENING, assert_refused, defects, lifted, withheld};

defects! {
    "rolled-back" => a_repository_older_than_one_seen_before_is_refused_by_a_host_that_remembers,
    "rolled-back-snapshot" => an_older_snapshot_under_a_new_timestamp_is_refused,
    "rolled-back-targets" => older_targets_under_a_new_snapshot_are_refused,
    "rolled-back-delegation" => an_agencys_older_metadata_under_a_new_snapshot_is_refused,
    "rolled-back-governance" => governances_older_metadata_under_a_new_snapshot_is_refused,
    "rolled-back-tightening" => what_was_withheld_does_not_come_back_with_older_metadata,
    "vanished-delegation" => a_delegation_that_was_seen_before_cannot_vanish_from_the_snapshot,
    "rolled-back-root" => a_host_that_has_seen_a_root_does_not_go_back_to_the_one_before,
    "forked" => another_set_under_the_same_version_is_refused,
    "mixed-delegation" => a_delegation_of_one_version_with_the_snapshot_of_another_is_refused,
    "mixed-snapshot" => the_snapshot_of_one_version_with_the_timestamp_of_another_is_refused,
    "mixed-component" => an_older_component_in_the_place_of_a_newer_is_refused,
    "tightening-taken-back" => a_withholding_that_is_gone_without_having_been_lifted_is_refused,
}

async fn a_repository_older_than_one_seen_before_is_refused_by_a_host_that_remembers(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let older = document(&defect, "timestamp");
    defect.repository.renew_timestamp().unwrap();
    defect.remember().await;
    defect.repository.add_document("timestamp", older);
    assert_refused!(defect.refusal_once_published().await, NotTrusted::RolledBack { .. });
}

async fn an_older_snapshot_under_a_new_timestamp_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let older = document(&defect, "snapshot");
    let policy = defect.another(POLICY);
    defect.repository.replace(&policy).unwrap();
    defect.remember().await;
    defect.repository.add_document("snapshot", older);
    defect.repository.renew_timestamp().unwrap();
    assert_refused!(defect.refusal().await, NotTrusted::RolledBack { .. });
}

async fn older_targets_under_a_new_snapshot_are_refused(ground: &mut Ground) {
    goes_back(ground.defect().await, "targets").await;
}

async fn an_agencys_older_metadata_under_a_new_snapshot_is_refused(ground: &mut Ground) {
    goes_back(ground.defect().await, "af").await;
}

async fn governances_older_metadata_under_a_new_snapshot_is_refused(ground: &mut Ground) {
    goes_back(ground.defect().await, "governance").await;
}

async fn what_was_withheld_does_not_come_back_with_older_metadata(ground: &mut Ground) {
    goes_back(ground.defect().await, "tightening").await;
}

async fn a_delegation_that_was_seen_before_cannot_vanish_from_the_snapshot(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.remember().await;
    let targets = defect.repository.document_mut("targets").unwrap();
    let roles = targets.signed["delegations"]["roles"].as_array_mut().unwrap();
    roles.retain(|role| role["name"] != "tightening");
    defect.repository.withdraw_document("tightening");
    defect.repository.publish_next(&["targets"]).unwrap();
    assert_refused!(defect.refusal().await, NotTrusted::RolledBack { .. });
}

async fn a_host_that_has_seen_a_root_does_not_go_back_to_the_one_before(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let older = ["root", "timestamp"].map(|role| (role, document(&defect, role)));
    // The key of the timestamp was stolen, and replaced.
    defect.repository.add_key("timestamp-2", DemoKey::generate().unwrap());
    defect.repository.assign("timestamp", &["timestamp-2"], 1).unwrap();
    defect.signed_by("timestamp", &["timestamp-2"]);
    defect.repository.publish_next(&["root"]).unwrap();
    defect.remember().await;
    // The thief hides the root that says so, and goes on from the one before.
    fs::remove_file(defect.repository.metadata_file("root").unwrap()).unwrap();
    let version = defect.repository.document("timestamp").unwrap().version();
    for (role, document) in older {
        defect.repository.add_document(role, document);
    }
    defect.repository.document_mut("timestamp").unwrap().set("version", version + 1);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Signatures(SignatureFault::WrongKey { role, .. }) if role == "timestamp"
    );
}

async fn another_set_under_the_same_version_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.remember().await;
    defect.repository.list("af", &DemoTarget::new(AF_ADAPTER, "another adapter of the same version")).unwrap();
    defect.repository.publish().unwrap();
    assert_refused!(defect.refusal().await, NotTrusted::Kept(KeptFault::Forked { version: 1, .. }));
}

async fn a_delegation_of_one_version_with_the_snapshot_of_another_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let older = fs::read(defect.repository.metadata_file("af").unwrap()).unwrap();
    defect.repository.replace(&DemoTarget::new(AF_ADAPTER, "a newer adapter")).unwrap();
    fs::write(defect.repository.metadata_file("af").unwrap(), older).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Tampered { file, mismatch: Mismatch::Digest { .. } | Mismatch::Longer { .. } }
            if file == "metadata/2.af.json"
    );
}

async fn the_snapshot_of_one_version_with_the_timestamp_of_another_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let older = fs::read(defect.repository.metadata_file("snapshot").unwrap()).unwrap();
    defect.repository.replace(&DemoTarget::new(AF_ADAPTER, "a newer adapter")).unwrap();
    fs::write(defect.repository.metadata_file("snapshot").unwrap(), older).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Tampered { file, mismatch: Mismatch::Digest { .. } | Mismatch::Longer { .. } }
            if file == "metadata/2.snapshot.json"
    );
}

async fn an_older_component_in_the_place_of_a_newer_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let older = fs::read(defect.repository.target_file(AF_ADAPTER).unwrap()).unwrap();
    defect.repository.replace(&DemoTarget::new(AF_ADAPTER, "a newer adapter")).unwrap();
    fs::write(defect.repository.target_file(AF_ADAPTER).unwrap(), older).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Tampered { file, .. } if file.ends_with(AF_ADAPTER)
    );
}

async fn a_withholding_that_is_gone_without_having_been_lifted_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.repository.replace(&DemoTarget::new(TIGHTENING, withheld("2026-11-22-af"))).unwrap();
    defect.remember().await;
    // One person may withhold; to open again takes governance's threshold.
    defect.repository.replace(&DemoTarget::new(TIGHTENING, withheld("2026-11-23-other"))).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Kept(KeptFault::Loosened { id }) if id.as_str() == "2026-11-22-af"
    );
    defect.repository.replace(&DemoTarget::new(LIFTED, lifted("2026-11-22-af"))).unwrap();
    defect.trusted().await;
}

/// Publishes two versions of a role, lets the host see the second, and serves the first again under a newer snapshot.
async fn goes_back(mut defect: Defect<'_>, role: &str) {
    let older = document(&defect, role);
    defect.repository.publish_next(&[role]).unwrap();
    defect.remember().await;
    defect.repository.add_document(role, older);
    defect.repository.publish_next(&["snapshot"]).unwrap();
    assert_refused!(defect.refusal().await, NotTrusted::RolledBack { .. });
}

fn document(defect: &Defect<'_>, role: &str) -> Document {
    defect.repository.document(role).unwrap().clone()
}

//! What is seen is the old repository or the new one, and nothing that a host would refuse.

use std::fs;

use serde_json::{Value, json};

use super::specimens::{ADAPTER, POLICY, Somebody, Stage, copy, load, policy};
use crate::{Change, ChangeFault, Edit, NotPublished, OfflineRole, OnlineKeys, Publication, Repository, Rotation};

fn signed(stage: &Stage, name: &str, bytes: &[u8]) -> Change {
    let mut change = stage.new_policy(name, bytes);
    for person in &stage.governance[..2] {
        change.sign_all(person).unwrap();
    }
    change
}

#[tokio::test]
async fn a_change_that_was_overtaken_is_refused_with_both_versions() {
    let stage = Stage::with_a_policy().await;
    let (first, second) = (signed(&stage, "first", b"policy 2"), signed(&stage, "second", b"policy 3"));
    stage.publish(&first).await.unwrap();
    let refused = stage.publish(&second).await.unwrap_err();
    insta::assert_snapshot!(refused, @"role `governance` of the repository is at version 3, the change was drafted against version 2");
    assert_eq!(stage.policy().await, b"policy 2");
}

#[tokio::test]
async fn a_policy_is_not_published_over_an_adapter_that_it_was_not_reviewed_against() {
    let stage = Stage::with_a_policy().await;
    let proposed = signed(&stage, "policy", b"policy 2");
    let mut renewal = stage.change("renewal");
    renewal.renew("af".parse().unwrap(), &stage.terms()).unwrap();
    renewal.sign_all(&stage.af).unwrap();
    stage.publish(&renewal).await.unwrap();
    drop(stage.stage(&proposed).await.expect("an agency that renews its metadata overtakes no review"));

    let mut adapter = stage.change("adapter");
    adapter.put_target(&ADAPTER.parse().unwrap(), b"adapter 2", &Value::Null, &stage.terms()).unwrap();
    adapter.sign_all(&stage.af).unwrap();
    stage.publish(&adapter).await.unwrap();
    let refused = stage.publish(&proposed).await.unwrap_err();
    assert!(
        matches!(&refused, NotPublished::ReviewedAgainstOther { role, found: 4, expected: 2 } if role == "af"),
        "{refused}"
    );
}

#[tokio::test]
async fn an_agency_publishes_while_a_policy_is_under_way() {
    let stage = Stage::with_a_policy().await;
    let mut adapter = stage.change("adapter");
    adapter.put_target(&ADAPTER.parse().unwrap(), b"adapter 2", &Value::Null, &stage.terms()).unwrap();
    adapter.sign_all(&stage.af).unwrap();
    stage.publish(&signed(&stage, "policy", b"policy 2")).await.unwrap();
    stage.publish(&adapter).await.unwrap();
    assert_eq!(stage.loaded().await.unwrap().version(), 4);
}

#[tokio::test]
async fn what_a_host_would_refuse_is_not_published() {
    let stage = Stage::with_a_policy().await;
    let mut change = stage.change("no-review");
    change.put_target(&POLICY.parse().unwrap(), b"policy 2", &json!({}), &stage.terms()).unwrap();
    for person in &stage.governance[..2] {
        change.sign_all(person).unwrap();
    }
    let refused = stage.publish(&change).await.unwrap_err();
    assert!(matches!(refused, NotPublished::NotTrusted(_)), "{refused}");
    assert_eq!(stage.policy().await, b"policy 1");
    assert!(!stage.repository().join(".publishing").exists(), "nothing is left of the attempt");
}

#[tokio::test]
async fn nobody_publishes_while_somebody_else_does() {
    let stage = Stage::with_a_policy().await;
    let change = signed(&stage, "policy", b"policy 2");
    let staged = stage.stage(&change).await.unwrap();
    assert!(matches!(stage.stage(&change).await, Err(NotPublished::Busy(_))));
    assert_eq!(policy(staged.trusted()), b"policy 2", "it can be looked at before it is seen");
    assert_eq!(stage.policy().await, b"policy 1");
    drop(staged);
    stage.publish(&change).await.unwrap();
}

#[tokio::test]
async fn snapshot_and_timestamp_are_signed_by_their_own_keys_only() {
    let stage = Stage::with_a_policy().await;
    let change = signed(&stage, "policy", b"policy 2");
    let stranger = Somebody::machine();
    for keys in [
        OnlineKeys { snapshot: Some(&stranger), timestamp: &stage.timestamp },
        OnlineKeys { snapshot: None, timestamp: &stage.timestamp },
        OnlineKeys { snapshot: Some(&stage.snapshot), timestamp: &stranger },
    ] {
        let refused = Publication::new(stage.repository(), keys, stage.terms()).stage(&change).await.unwrap_err();
        assert!(matches!(refused, NotPublished::OnlineKey { .. }), "{refused}");
    }
}

#[tokio::test]
async fn a_timestamp_is_renewed_without_the_snapshots_key_until_the_snapshot_nears_its_end() {
    let stage = Stage::with_a_policy().await;
    let keys = OnlineKeys { snapshot: None, timestamp: &stage.timestamp };
    let publication = Publication::new(stage.repository(), keys, stage.terms());
    assert_eq!(publication.stage_renewal().await.unwrap().publish().unwrap().files, ["timestamp.json"]);
    let later = Publication { renew_snapshot_within: jiff::SignedDuration::from_hours(24 * 8), ..publication };
    let refused = later.stage_renewal().await.unwrap_err();
    insta::assert_snapshot!(refused, @"role `snapshot` needs its key");
    let keys = OnlineKeys { snapshot: Some(&stage.snapshot), ..keys };
    let published = Publication { keys, ..later }.stage_renewal().await.unwrap().publish().unwrap();
    assert_eq!(published.files, ["3.snapshot.json", "timestamp.json"]);
    assert_eq!(stage.loaded().await.unwrap().versions().timestamp, 4);
}

#[tokio::test]
async fn a_change_of_nothing_and_a_change_without_a_repository_are_refused() {
    let stage = Stage::with_a_policy().await;
    assert!(matches!(stage.publish(&stage.change("empty")).await, Err(NotPublished::Empty)));
    let change = signed(&stage, "policy", b"policy 2");
    let publication = Publication { repository: stage.path("elsewhere"), ..stage.publication() };
    let refused = publication.stage(&change).await.unwrap_err();
    assert!(matches!(refused, NotPublished::Repository(_)), "{refused}");
}

#[tokio::test]
async fn a_file_that_is_missing_from_the_repository_is_named() {
    let stage = Stage::with_a_policy().await;
    let change = signed(&stage, "policy", b"policy 2");
    let set = stage.loaded().await.unwrap();
    let (_, adapter) = set.adapters().next().unwrap();
    fs::remove_file(stage.repository().join(format!("targets/{}.{ADAPTER}", adapter.digest()))).unwrap();
    let refused = stage.publish(&change).await.unwrap_err();
    insta::assert_snapshot!(refused, @"`adapters/af/adapter.wasm` is listed, but neither in the change nor in the repository");
}

/// Stops after every number of steps, as a power cut does, and looks at what a host finds; then does it again to the end.
async fn is_old_or_new_whenever_it_is_stopped(stage: &Stage, change: &Change, new: u64) {
    let old = stage.loaded().await.unwrap().versions();
    let count = stage.stage(change).await.unwrap().steps().len();
    let mut seen = Vec::new();
    for taken in 0..=count {
        let copied = stage.path(&format!("stopped-{}-{taken}", change.folder().file_name().unwrap().display()));
        copy(&stage.repository(), &copied);
        let publication = Publication { repository: copied.clone(), ..stage.publication() };
        let staged = publication.stage(change).await.unwrap();
        for step in staged.steps().iter().take(taken) {
            step.take().unwrap();
        }
        // A process that is killed tidies nothing, but the system takes its lock away.
        let mess = staged.folder().to_owned();
        let kept = copied.with_extension("kept");
        copy(&mess, &kept);
        drop(staged);
        copy(&kept, &mess);
        let set = load(&copied).await.unwrap_or_else(|error| panic!("after {taken} steps: {error}"));
        let is_new = set.version() == new;
        assert!(is_new || set.versions() == old, "after {taken} steps: {:?}", set.versions());
        seen.push(is_new);
        if !is_new {
            publication.stage(change).await.unwrap().publish().unwrap();
        }
        assert_eq!(load(&copied).await.unwrap().version(), new, "after {taken} steps and once more");
    }
    assert!(!seen[0] && seen[count] && seen.is_sorted(), "{seen:?}");
}

#[tokio::test]
async fn a_policy_is_published_whole_or_not_at_all_whenever_it_is_stopped() {
    let stage = Stage::with_a_policy().await;
    let mut change = signed(&stage, "policy", b"policy 2");
    change.put_target(&ADAPTER.parse().unwrap(), b"adapter 2", &Value::Null, &stage.terms()).unwrap();
    change.sign_all(&stage.af).unwrap();
    is_old_or_new_whenever_it_is_stopped(&stage, &change, 3).await;
}

#[tokio::test]
async fn a_root_that_moves_every_key_is_published_whole_or_not_at_all_whenever_it_is_stopped() {
    let mut stage = Stage::with_a_policy().await;
    let mut change = stage.change("rotation");
    let machine = Somebody::machine();
    for (role, goes, comes) in [
        ("timestamp", &stage.timestamp.public, machine.public.clone()),
        ("targets", &stage.officers[0].public, Somebody::called("Ny Root").public),
    ] {
        let edit = Edit { add: vec![comes], remove: vec![goes.id().as_str().parse().unwrap()], threshold: None };
        Rotation { role: role.parse().unwrap(), edit }.enter(&mut change, &stage.terms()).unwrap();
    }
    assert_eq!(change.roles().collect::<Vec<_>>(), [OfflineRole::Root, OfflineRole::Targets]);
    for officer in &stage.officers[1..] {
        change.sign_all(officer).unwrap();
    }
    stage.timestamp = machine;
    is_old_or_new_whenever_it_is_stopped(&stage, &change, 3).await;
}

#[test]
fn a_folder_without_a_change_and_one_that_holds_something_else_are_told_apart() {
    let stage = Stage::new();
    assert!(matches!(Change::open(stage.folder.path()), Err(ChangeFault::NoChange(_))));
    fs::write(stage.path("something"), "else").unwrap();
    let taken = stage.founding().draft(stage.folder.path(), &stage.terms()).unwrap_err();
    assert!(taken.to_string().ends_with("is not empty"), "{taken}");
    assert!(Repository::open(stage.folder.path()).is_err());
}

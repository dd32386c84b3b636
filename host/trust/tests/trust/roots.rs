//! The newest root that is known is where trust begins.

use std::fs;
use std::time::Duration;

use ssbtx_stage::repository::DemoKey;
use ssbtx_trust::{KeptFault, NotTrusted, load};

use crate::stage::Stage;

/// Replaces one officer's key, keeping the threshold of the two others.
fn rotate(stage: &mut Stage, officer: &str) {
    stage.repository.add_key(officer, DemoKey::of_person(officer).unwrap());
    for role in ["root", "targets"] {
        stage.repository.assign(role, &["root-1", "root-2", officer], 2).unwrap();
    }
    let targets = stage.repository.document_mut("targets").unwrap();
    targets.signers = vec!["root-1".to_owned(), "root-2".to_owned()];
    stage.publish(&["root", "targets"]);
}

fn root_file(stage: &Stage, version: u64) -> std::path::PathBuf {
    stage.repository.directory().join(format!("metadata/{version}.root.json"))
}

#[tokio::test]
async fn every_root_of_the_chain_is_kept_and_a_load_begins_at_the_newest() {
    let mut stage = Stage::kept().await;
    rotate(&mut stage, "root-4");
    stage.load_and_keep().await;
    rotate(&mut stage, "root-5");
    stage.load_and_keep().await;
    for version in 1..=3 {
        assert!(stage.state().join(format!("current/metadata/{version}.root.json")).is_file());
    }
    // The source need not have the way to where the host already is.
    for version in 1..=3 {
        fs::remove_file(root_file(&stage, version)).unwrap();
    }
    assert_eq!(load(&stage.settings).await.unwrap().versions().root, 3);
    stage.lose_source();
    assert_eq!(stage.copy.recall(&stage.settings, Duration::ZERO).await.unwrap().versions().root, 3);
}

#[tokio::test]
async fn a_newer_root_that_is_held_back_makes_no_difference_to_a_host_that_knows_it() {
    let mut stage = Stage::new();
    rotate(&mut stage, "root-4");
    stage.load_and_keep().await;
    fs::remove_file(root_file(&stage, 2)).unwrap();
    assert_eq!(load(&stage.settings).await.unwrap().versions().root, 2);
}

#[tokio::test]
async fn a_trusted_root_that_the_operator_renewed_joins_the_kept_chain() {
    let mut stage = Stage::kept().await;
    rotate(&mut stage, "root-4");
    let second = fs::read(root_file(&stage, 2)).unwrap();
    // Newer than what is kept.
    stage.settings.trusted_root.clone_from(&second);
    assert_eq!(stage.load_and_keep().await.versions().root, 2);
    rotate(&mut stage, "root-5");
    stage.load_and_keep().await;
    // In the middle of what is kept.
    assert_eq!(load(&stage.settings).await.unwrap().versions().root, 3);
    // The newest that is kept.
    stage.settings.trusted_root = fs::read(root_file(&stage, 3)).unwrap();
    assert_eq!(load(&stage.settings).await.unwrap().versions().root, 3);
}

#[tokio::test]
async fn a_kept_root_that_does_not_descend_from_the_trusted_one_is_refused() {
    let mut stage = Stage::kept().await;
    let stranger = Stage::new();
    for newer in [false, true] {
        if newer {
            rotate(&mut stage, "root-4");
            stage.load_and_keep().await;
        }
        let mut settings = stage.settings.clone();
        settings.trusted_root = stranger.repository.root_bytes().to_vec();
        settings.source = stranger.settings.source.clone();
        for refusal in
            [load(&settings).await.unwrap_err(), stage.copy.recall(&settings, Duration::ZERO).await.unwrap_err()]
        {
            let kept = if newer { 2 } else { 1 };
            assert!(
                matches!(&refusal, NotTrusted::Kept(KeptFault::ForeignRoot { kept: k, trusted: 1 }) if *k == kept),
                "{refusal:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_chain_with_a_missing_root_proves_nothing() {
    let mut stage = Stage::kept().await;
    rotate(&mut stage, "root-4");
    rotate(&mut stage, "root-5");
    stage.load_and_keep().await;
    fs::remove_file(stage.state().join("current/metadata/2.root.json")).unwrap();
    let refusal = stage.refusal().await;
    assert!(matches!(refusal, NotTrusted::Kept(KeptFault::ForeignRoot { kept: 3, trusted: 1 })), "{refusal:?}");
}

#[tokio::test]
async fn a_kept_root_before_the_trusted_one_is_not_judged() {
    let mut stage = Stage::kept().await;
    let everybody = |role: &str| [1, 2, 3].map(|number| format!("{role}-{number}"));
    for (role, people) in [("root", "root"), ("targets", "root"), ("governance", "governance")] {
        let people = everybody(people);
        stage.repository.assign(role, &people.each_ref().map(String::as_str), 3).unwrap();
        stage.repository.document_mut(role).unwrap().signers = people.to_vec();
    }
    stage.publish(&["root", "targets", "governance"]);
    stage.load_and_keep().await;
    // Root 1 asked for two officers.
    stage.settings.minimum_policy_signers = 3.try_into().unwrap();
    assert!(matches!(stage.refusal().await, NotTrusted::Structure(_)));
    stage.settings.trusted_root = fs::read(root_file(&stage, 2)).unwrap();
    stage.load_and_keep().await;
    assert!(stage.state().join("current/metadata/1.root.json").is_file(), "it is kept all the same");
}

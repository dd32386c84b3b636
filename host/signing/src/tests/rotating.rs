//! Keys are lost, replaced and counted differently, and hosts that began at the first root follow.

use super::specimens::{Somebody, Stage};
use crate::{
    Change, Delegating, Edit, InvalidDelegation, InvalidHolders, InvalidRotation, NotPublished, NotSigned, OfflineRole,
    PublicKey, Rotation, SignatureRefused, Standing,
};

fn replaced(goes: &PublicKey, comes: &PublicKey) -> Edit {
    Edit { add: vec![comes.clone()], remove: vec![goes.id().as_str().parse().unwrap()], threshold: None }
}

fn rotated(stage: &Stage, name: &str, edit: &Edit) -> Change {
    let mut change = stage.change(name);
    for role in ["root", "targets"] {
        Rotation { role: role.parse().unwrap(), edit: edit.clone() }.enter(&mut change, &stage.terms()).unwrap();
    }
    change
}

#[tokio::test]
async fn an_officer_who_lost_a_key_is_given_another_without_signing_with_the_old_one() {
    let mut stage = Stage::with_a_policy().await;
    let new = Somebody::called("Olle Root");
    let mut change = rotated(&stage, "lost", &replaced(&stage.officers[0].public, &new.public));
    for officer in &stage.officers[1..] {
        change.sign_all(officer).unwrap();
    }
    let required = change.required().unwrap();
    assert_eq!(required[0].standing, Standing::Before);
    assert!(required.iter().all(crate::Required::is_met), "two of the old three are two of the new three");
    stage.publish(&change).await.unwrap();
    assert_eq!(stage.loaded().await.unwrap().versions().root, 2);

    // From now on the new key counts and the lost one does not.
    let lost = std::mem::replace(&mut stage.officers[0], new);
    let mut next = stage.change("next");
    next.renew(OfflineRole::Root, &stage.terms()).unwrap();
    let refused = next.sign_all(&lost).unwrap_err();
    assert!(matches!(refused, NotSigned::Refused(SignatureRefused::NotOfRole { .. })), "{refused}");
    for officer in &stage.officers[..2] {
        next.sign_all(officer).unwrap();
    }
    stage.publish(&next).await.unwrap();
    assert_eq!(stage.loaded().await.unwrap().versions().root, 3);
}

#[tokio::test]
async fn a_new_root_needs_the_old_officers_and_the_new_ones() {
    let stage = Stage::with_a_policy().await;
    let new = ["Nils Root", "Nina Root"].map(Somebody::called);
    let mut change = stage.change("all-new");
    let edit = Edit {
        add: new.iter().map(|one| one.public.clone()).collect(),
        remove: stage.officers.iter().map(|one| one.public.id().as_str().parse().unwrap()).collect(),
        threshold: None,
    };
    Rotation { role: "root".parse().unwrap(), edit }.enter(&mut change, &stage.terms()).unwrap();
    for officer in &new {
        change.sign_all(officer).unwrap();
    }
    let refused = stage.publish(&change).await.unwrap_err();
    assert!(
        matches!(&refused, NotPublished::TooFew { role, found: 0, expected: 2, .. } if role == "root"),
        "{refused}"
    );
    for officer in &stage.officers[..2] {
        change.sign_all(officer).unwrap();
    }
    stage.publish(&change).await.unwrap();
    assert_eq!(stage.loaded().await.unwrap().versions().root, 2);
}

#[tokio::test]
async fn a_threshold_that_rises_is_met_before_it_is_published() {
    let stage = Stage::with_a_policy().await;
    let mut change = rotated(&stage, "three", &Edit { threshold: Some(3), ..Edit::default() });
    for officer in &stage.officers[..2] {
        change.sign_all(officer).unwrap();
    }
    let refused = stage.publish(&change).await.unwrap_err();
    insta::assert_snapshot!(refused, @"role `root` is signed by 2 of 3 persons; not yet by Oskar Root");
    change.sign_all(&stage.officers[2]).unwrap();
    stage.publish(&change).await.unwrap();
    assert_eq!(stage.loaded().await.unwrap().versions().targets, 2, "targets are signed anew by three");
    let mut too_many = stage.change("four");
    let edit = Edit { threshold: Some(4), ..Edit::default() };
    let refused = Rotation { role: "root".parse().unwrap(), edit }.enter(&mut too_many, &stage.terms()).unwrap_err();
    assert!(matches!(refused, InvalidRotation::Holders(InvalidHolders::Threshold { found: 4, keys: 3, .. })));
}

#[tokio::test]
async fn the_key_of_a_machine_is_exchanged_at_once() {
    let mut stage = Stage::with_a_policy().await;
    let (snapshot, timestamp) = (Somebody::machine(), Somebody::machine());
    let mut change = stage.change("machines");
    for (role, old, new) in [("snapshot", &stage.snapshot, &snapshot), ("timestamp", &stage.timestamp, &timestamp)] {
        let edit = replaced(&old.public, &new.public);
        Rotation { role: role.parse().unwrap(), edit }.enter(&mut change, &stage.terms()).unwrap();
    }
    for officer in &stage.officers[..2] {
        change.sign_all(officer).unwrap();
    }
    let refused = stage.publish(&change).await.unwrap_err();
    assert!(matches!(refused, NotPublished::OnlineKey { .. }), "the old keys are nothing any more: {refused}");
    (stage.snapshot, stage.timestamp) = (snapshot, timestamp);
    stage.publish(&change).await.unwrap();
    assert_eq!(stage.loaded().await.unwrap().version(), 3);
}

#[tokio::test]
async fn who_leaves_governance_leaves_tightening_and_what_they_signed_is_signed_anew() {
    let mut stage = Stage::with_a_policy().await;
    let new = Somebody::called("Disa Exempel");
    let mut change = stage.change("succession");
    let delegating = Delegating {
        delegation: "governance".parse().unwrap(),
        edit: Edit { add: vec![new.public.clone()], remove: vec!["anna exempel".parse().unwrap()], threshold: None },
    };
    delegating.enter(&mut change, &stage.terms()).unwrap();
    let roles: Vec<String> = change.roles().map(OfflineRole::name).collect();
    assert_eq!(roles, ["targets", "governance"], "shadow and tightening are signed by Bo as well, who stays");
    for signer in [&stage.officers[0], &stage.officers[1], &stage.governance[1], &new] {
        change.sign_all(signer).unwrap();
    }
    let told: Vec<String> = change.differences().unwrap().iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|line| line.starts_with("governance: Disa Exempel may sign (key ")), "{told:?}");
    assert!(told.iter().any(|line| line.starts_with("tightening: Anna Exempel may no longer sign")), "{told:?}");
    stage.publish(&change).await.unwrap();
    assert_eq!(stage.policy().await, b"policy 1");

    let anna = std::mem::replace(&mut stage.governance[0], new);
    let mut next = stage.new_policy("next", b"policy 2");
    assert!(next.sign_all(&anna).is_err());
    for person in &stage.governance[..2] {
        next.sign_all(person).unwrap();
    }
    stage.publish(&next).await.unwrap();
    assert_eq!(stage.policy().await, b"policy 2");
}

#[tokio::test]
async fn a_new_agency_signs_the_metadata_that_it_begins_with() {
    let stage = Stage::with_a_policy().await;
    let pm = Somebody::called("Pia Pension");
    let mut change = stage.change("pm");
    let edit = Edit { add: vec![pm.public.clone()], ..Edit::default() };
    Delegating { delegation: "pm".parse().unwrap(), edit }.enter(&mut change, &stage.terms()).unwrap();
    for officer in &stage.officers[..2] {
        change.sign_all(officer).unwrap();
    }
    let refused = stage.publish(&change).await.unwrap_err();
    insta::assert_snapshot!(refused, @"role `pm` is signed by 0 of 1 persons; not yet by Pia Pension");
    change.sign_all(&pm).unwrap();
    stage.publish(&change).await.unwrap();
    assert_eq!(stage.loaded().await.unwrap().versions().targets, 2);
}

#[tokio::test]
async fn nobody_outside_governance_may_tighten() {
    let stage = Stage::with_a_policy().await;
    let mut change = stage.change("stranger");
    let edit = Edit { add: vec![Somebody::called("Sten Stranger").public], ..Edit::default() };
    let delegating = Delegating { delegation: "tightening".parse().unwrap(), edit };
    let refused = delegating.enter(&mut change, &stage.terms()).unwrap_err();
    assert!(matches!(refused, InvalidDelegation::NotOfGovernance { .. }), "{refused}");
    assert_eq!(change.roles().count(), 0, "the change is as it was");
}

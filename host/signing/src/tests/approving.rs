//! Only those sign whom a role belongs to, each person once, and what was signed is what is published.

use std::fs;

use super::specimens::{POLICY, Somebody, Stage, copy, review};
use crate::{Change, ChangeFault, NotPublished, NotSigned, OfflineRole, PublicKey, SignatureRefused};

fn governance() -> OfflineRole {
    "governance".parse().unwrap()
}

#[tokio::test]
async fn two_approvals_on_two_copies_become_one_change_by_copying() {
    let stage = Stage::with_a_policy().await;
    stage.new_policy("proposed", b"policy 2");
    for (copy_name, person) in [("at-anna", &stage.governance[0]), ("at-asa", &stage.governance[2])] {
        copy(&stage.path("proposed"), &stage.path(copy_name));
        Change::open(&stage.path(copy_name)).unwrap().sign(governance(), person).unwrap();
    }
    copy(&stage.path("at-anna/signatures"), &stage.path("proposed/signatures"));
    assert!(matches!(
        stage.publish(&Change::open(&stage.path("proposed")).unwrap()).await,
        Err(NotPublished::TooFew { found: 1, expected: 2, .. })
    ));
    copy(&stage.path("at-asa/signatures"), &stage.path("proposed/signatures"));
    let change = Change::open(&stage.path("proposed")).unwrap();
    let required = change.required().unwrap();
    let signed: Vec<String> = required[0].signed.iter().map(PublicKey::holder).collect();
    assert!(required[0].is_met() && signed.len() == 2 && signed.contains(&"Åsa Exempel".to_owned()), "{signed:?}");
    assert_eq!(required[0].open().map(PublicKey::holder).collect::<Vec<_>>(), ["Bo Exempel"]);
    stage.publish(&change).await.unwrap();
    assert_eq!(stage.policy().await, b"policy 2");
}

#[tokio::test]
async fn a_key_that_is_not_of_the_role_does_not_sign() {
    let stage = Stage::with_a_policy().await;
    let mut change = stage.new_policy("proposed", b"policy 2");
    for stranger in [&stage.af, &stage.officers[0], &stage.snapshot] {
        let refused = change.sign(governance(), stranger).unwrap_err();
        assert!(matches!(refused, NotSigned::Refused(SignatureRefused::NotOfRole { .. })), "{refused}");
    }
    assert!(!stage.path("proposed/signatures").exists());
}

#[tokio::test]
async fn a_person_does_not_sign_twice() {
    let stage = Stage::with_a_policy().await;
    let mut change = stage.new_policy("proposed", b"policy 2");
    change.sign(governance(), &stage.governance[2]).unwrap();
    let refused = change.sign(governance(), &stage.governance[2]).unwrap_err();
    insta::assert_snapshot!(refused, @"`Åsa Exempel` has signed role `governance` already");
}

#[tokio::test]
async fn a_signature_that_was_put_there_by_hand_is_refused_when_it_is_published() {
    let stage = Stage::with_a_policy().await;
    let mut change = stage.new_policy("proposed", b"policy 2");
    change.sign(governance(), &stage.governance[0]).unwrap();
    change.sign(governance(), &stage.governance[1]).unwrap();
    let folder = stage.path("proposed/signatures/governance");
    let file = |somebody: &Somebody| folder.join(format!("{}.json", somebody.public.id()));

    // Over other content: that of the first change.
    let anna = &stage.governance[0];
    let first = stage.path("first-policy/signatures/governance").join(format!("{}.json", anna.public.id()));
    let right = fs::read(file(anna)).unwrap();
    fs::copy(first, file(anna)).unwrap();
    let refused = stage.publish(&Change::open(&stage.path("proposed")).unwrap()).await.unwrap_err();
    insta::assert_snapshot!(refused, @"signature by `Anna Exempel` does not fit the content of role `governance`");
    fs::write(file(anna), right).unwrap();

    // By somebody of another role.
    let theirs = format!("{{\"keyid\":\"{}\",\"sig\":\"{}\"}}", stage.af.public.id(), "ab".repeat(64));
    fs::write(file(&stage.af), &theirs).unwrap();
    let refused = stage.publish(&Change::open(&stage.path("proposed")).unwrap()).await.unwrap_err();
    assert!(
        matches!(&refused, NotPublished::Change(ChangeFault::Signature(SignatureRefused::NotOfRole { .. }))),
        "{refused}"
    );
    fs::remove_file(file(&stage.af)).unwrap();

    // One signature under another's name.
    fs::copy(file(anna), file(&stage.governance[2])).unwrap();
    assert!(matches!(Change::open(&stage.path("proposed")), Err(ChangeFault::NoSignature { .. })));
    fs::remove_file(file(&stage.governance[2])).unwrap();

    stage.publish(&Change::open(&stage.path("proposed")).unwrap()).await.unwrap();
}

#[tokio::test]
async fn what_somebody_has_signed_is_not_edited() {
    let stage = Stage::with_a_policy().await;
    let mut change = stage.new_policy("proposed", b"policy 2");
    change.sign(governance(), &stage.governance[0]).unwrap();
    let edited = change.put_target(&POLICY.parse().unwrap(), b"policy 3", &review(), &stage.terms());
    assert!(matches!(edited, Err(ChangeFault::Signed { .. })));
}

#[tokio::test]
async fn a_target_that_was_exchanged_in_the_folder_is_refused() {
    let stage = Stage::with_a_policy().await;
    let mut change = stage.new_policy("proposed", b"policy 2");
    for person in &stage.governance[..2] {
        change.sign(governance(), person).unwrap();
    }
    fs::write(stage.path("proposed/targets").join(POLICY), b"policy X").unwrap();
    let refused = stage.publish(&change).await.unwrap_err();
    assert!(matches!(refused, NotPublished::Change(ChangeFault::TargetDiffers { .. })), "{refused}");
}

#[tokio::test]
async fn metadata_that_was_edited_in_the_folder_fits_no_signature() {
    let stage = Stage::with_a_policy().await;
    let mut change = stage.new_policy("proposed", b"policy 2");
    for person in &stage.governance[..2] {
        change.sign(governance(), person).unwrap();
    }
    let path = stage.path("proposed/metadata/governance.json");
    let text = fs::read_to_string(&path).unwrap().replace("\"length\": 8", "\"length\": 9");
    fs::write(&path, text).unwrap();
    let refused = stage.publish(&Change::open(&stage.path("proposed")).unwrap()).await.unwrap_err();
    assert!(
        matches!(refused, NotPublished::Change(ChangeFault::Signature(SignatureRefused::DoesNotFit { .. }))),
        "{refused}"
    );
}

#[tokio::test]
async fn a_change_that_skips_versions_or_repeats_one_is_not_opened() {
    let stage = Stage::with_a_policy().await;
    let path = stage.path("proposed/metadata/governance.json");
    stage.new_policy("proposed", b"policy 2");
    let drafted = fs::read_to_string(&path).unwrap();
    let refused = ["2", "4", "18446744073709551615"].map(|version| {
        fs::write(&path, drafted.replace("\"version\": 3", &format!("\"version\": {version}"))).unwrap();
        Change::open(&stage.path("proposed")).unwrap_err().to_string()
    });
    insta::assert_snapshot!(refused.join("\n"), @r"
    version of role `governance` in the change is `2`, expected `3`
    version of role `governance` in the change is `4`, expected `3`
    version of role `governance` in the change is `18446744073709551615`, expected `3`
    ");
}

#[tokio::test]
async fn a_change_tells_what_it_changes() {
    let stage = Stage::with_a_policy().await;
    let change = stage.new_policy("proposed", b"policy 2");
    let told: Vec<String> = change.differences().unwrap().iter().map(ToString::to_string).collect();
    assert!(told[0].starts_with("governance: version 3 after 2, valid until "), "{told:?}");
    assert!(told[1].starts_with("governance: replaces policies/arbetsmarknad/policy.wasm, sha256 "), "{told:?}");
    assert_eq!(told.len(), 2);
}

#[tokio::test]
async fn a_change_is_not_drafted_from_metadata_that_nobody_signed() {
    let stage = Stage::with_a_policy().await;
    let path = stage.repository().join("metadata/2.governance.json");
    let text = fs::read_to_string(&path).unwrap().replace("\"length\": 8", "\"length\": 9");
    fs::write(&path, text).unwrap();
    let repository = crate::Repository::open(&stage.repository()).unwrap();
    let refused = Change::create(&stage.path("forged"), &repository).unwrap_err();
    insta::assert_snapshot!(refused, @"metadata of role `governance` is not signed as it must be");
}

#[tokio::test]
async fn who_signs_can_ask_that_the_change_descends_from_a_root_that_they_know() {
    let stage = Stage::with_a_policy().await;
    let change = stage.new_policy("proposed", b"policy 2");
    let root = fs::read(stage.repository().join("metadata/1.root.json")).unwrap();
    let base = change.base().unwrap();
    assert!(base.verify(Some(&root)).is_ok());
    let other = Stage::founded().await;
    let others = fs::read(other.repository().join("metadata/1.root.json")).unwrap();
    insta::assert_snapshot!(base.verify(Some(&others)).unwrap_err(), @"repository does not descend from the trusted root");
}

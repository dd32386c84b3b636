//! Who signed, and how many.

use std::fs;

use serde_json::Value;
use ssbtx_stage::repository::DemoKey;
use ssbtx_trust::{Delegation, Mismatch, NotTrusted, SignatureFault, StructureFault};

use super::{Defect, Ground, assert_refused, defects};

defects! {
    "unsigned" => a_policy_that_nobody_signed_is_refused,
    "no-signatures-member" => metadata_without_a_place_for_signatures_is_unsigned,
    "stripped-signature" => a_signature_that_was_stripped_from_a_file_makes_it_another_file,
    "one-signature-on-a-policy" => a_policy_needs_two_persons_of_governance,
    "one-signature-on-a-root" => a_new_root_needs_two_officers,
    "stranger-beside-an-officer" => a_signature_of_a_stranger_beside_a_right_one_does_not_make_two,
    "wrong-key" => an_adapter_that_a_stranger_signed_is_refused,
    "adapter-signed-with-anothers-key" => an_adapter_that_another_agency_signed_is_refused,
    "policy-signed-with-an-agencys-key" => a_policy_signed_with_the_key_of_an_agency_is_refused,
    "same-key-twice" => a_policy_signed_twice_by_one_key_is_refused,
    "same-key-under-two-ids" => one_public_key_under_two_key_ids_does_not_count_twice_for_a_policy,
    "same-root-key-under-two-ids" => one_public_key_under_two_key_ids_does_not_count_twice_for_a_root,
    "same-root-key-under-two-ids-then-not" => a_root_in_the_middle_of_the_chain_counts_keys_rightly_too,
    "agency-key-in-governance" => a_key_of_an_agency_cannot_stand_for_a_person_of_governance,
    "governance-threshold-of-one" => a_repository_that_asks_for_one_signer_of_policies_is_refused,
    "targets-threshold-of-one" => one_officer_who_could_replace_governance_is_too_few,
    "root-threshold-of-one" => one_officer_who_could_replace_all_roles_is_too_few,
    "tampered-metadata" => metadata_changed_after_it_was_signed_is_refused,
    "anothers-root" => a_repository_under_another_root_is_refused,
    "unsigned-trusted-root" => a_trusted_root_that_its_own_officers_did_not_sign_is_refused,
}

async fn a_policy_that_nobody_signed_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.signed_by("governance", &[]);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Signatures(SignatureFault::Unsigned { role }) if role == "governance"
    );
}

async fn metadata_without_a_place_for_signatures_is_unsigned(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    edit(&defect, "timestamp", |file| {
        file.as_object_mut().unwrap().remove("signatures");
    });
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Signatures(SignatureFault::Unsigned { role }) if role == "timestamp"
    );
}

async fn a_signature_that_was_stripped_from_a_file_makes_it_another_file(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    edit(&defect, "governance", |file| {
        file["signatures"].as_array_mut().unwrap().pop();
    });
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Tampered { file, mismatch: Mismatch::Digest { .. } } if file == "metadata/1.governance.json"
    );
}

async fn a_policy_needs_two_persons_of_governance(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.signed_by("governance", &["governance-3"]);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Signatures(SignatureFault::BelowThreshold { role, found: 1, expected: 2 }) if role == "governance"
    );
}

async fn a_new_root_needs_two_officers(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.repository.document_mut("root").unwrap().set("version", 2);
    defect.signed_by("root", &["root-1"]);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Signatures(SignatureFault::BelowThreshold { role, found: 1, expected: 2 }) if role == "root"
    );
}

async fn a_signature_of_a_stranger_beside_a_right_one_does_not_make_two(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.repository.add_key("stranger", DemoKey::generate().unwrap());
    defect.signed_by("governance", &["governance-1", "stranger"]);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Signatures(SignatureFault::BelowThreshold { role, found: 1, expected: 2 }) if role == "governance"
    );
}

async fn an_adapter_that_a_stranger_signed_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let stranger = DemoKey::generate().unwrap();
    let id = stranger.id();
    defect.repository.add_key("stranger", stranger);
    defect.signed_by("af", &["stranger"]);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Signatures(SignatureFault::WrongKey { role, key_id }) if role == "af" && *key_id == id
    );
}

async fn an_adapter_that_another_agency_signed_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.signed_by("af", &["csn"]);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Signatures(SignatureFault::WrongKey { role, .. }) if role == "af"
    );
}

async fn a_policy_signed_with_the_key_of_an_agency_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.signed_by("governance", &["af", "csn"]);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Signatures(SignatureFault::WrongKey { role, .. }) if role == "governance"
    );
}

async fn a_policy_signed_twice_by_one_key_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let id = defect.repository.key("governance-1").unwrap().id();
    defect.signed_by("governance", &["governance-1", "governance-1"]);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Signatures(SignatureFault::SignedTwice { role, key_id }) if role == "governance" && *key_id == id
    );
}

async fn one_public_key_under_two_key_ids_does_not_count_twice_for_a_policy(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let again = defect.repository.key("governance-1").unwrap().under_another_id();
    defect.repository.add_key("governance-1-again", again);
    defect.repository.assign("governance", &["governance-1", "governance-1-again", "governance-2"], 2).unwrap();
    defect.signed_by("governance", &["governance-1", "governance-1-again"]);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Signatures(SignatureFault::OneKeyTwoIds { role, .. }) if role == "targets"
    );
}

async fn one_public_key_under_two_key_ids_does_not_count_twice_for_a_root(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let again = defect.repository.key("root-1").unwrap().under_another_id();
    defect.repository.add_key("root-1-again", again);
    defect.repository.assign("root", &["root-1", "root-1-again", "root-2"], 2).unwrap();
    let root = defect.repository.document_mut("root").unwrap();
    root.set("version", 2);
    defect.signed_by("root", &["root-1", "root-1-again", "root-2"]);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Signatures(SignatureFault::OneKeyTwoIds { role, .. }) if role == "root"
    );
}

async fn a_root_in_the_middle_of_the_chain_counts_keys_rightly_too(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let again = defect.repository.key("root-1").unwrap().under_another_id();
    defect.repository.add_key("root-1-again", again);
    let sound = defect.repository.document("root").unwrap().clone();
    defect.repository.assign("root", &["root-1", "root-1-again"], 2).unwrap();
    defect.repository.document_mut("root").unwrap().set("version", 2);
    defect.signed_by("root", &["root-1", "root-1-again", "root-2"]);
    defect.repository.publish().unwrap();
    // One officer and a friend take over; this last root is in order when it is looked at alone.
    defect.repository.add_document("root", sound);
    defect.repository.add_key("friend", DemoKey::generate().unwrap());
    defect.repository.assign("root", &["root-1", "friend"], 2).unwrap();
    defect.repository.document_mut("root").unwrap().set("version", 3);
    defect.signed_by("root", &["root-1", "root-1-again", "friend"]);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Signatures(SignatureFault::OneKeyTwoIds { role, .. }) if role == "root"
    );
}

async fn a_key_of_an_agency_cannot_stand_for_a_person_of_governance(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.repository.assign("governance", &["governance-1", "governance-2", "af"], 2).unwrap();
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Structure(StructureFault::SharedKey { first: Delegation::Governance, .. })
    );
}

async fn a_repository_that_asks_for_one_signer_of_policies_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.repository.assign("governance", &["governance-1", "governance-2", "governance-3"], 1).unwrap();
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Structure(StructureFault::WeakRole { role, found: 1, expected: 2 }) if role == "governance"
    );
}

async fn one_officer_who_could_replace_governance_is_too_few(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.repository.assign("targets", &["root-1", "root-2", "root-3"], 1).unwrap();
    defect.repository.document_mut("root").unwrap().set("version", 2);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Structure(StructureFault::WeakRole { role, found: 1, expected: 2 }) if role == "targets"
    );
}

async fn one_officer_who_could_replace_all_roles_is_too_few(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.repository.assign("root", &["root-1", "root-2", "root-3"], 1).unwrap();
    defect.repository.document_mut("root").unwrap().set("version", 2);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Structure(StructureFault::WeakRole { role, found: 1, expected: 2 }) if role == "root"
    );
}

async fn metadata_changed_after_it_was_signed_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    edit(&defect, "timestamp", |file| file["signed"]["version"] = 7.into());
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Signatures(SignatureFault::DoesNotFit { role }) if role == "timestamp"
    );
}

async fn a_repository_under_another_root_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.settings.trusted_root = Defect::none().settings.trusted_root;
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Signatures(SignatureFault::WrongKey { role, .. }) if role == "timestamp"
    );
}

async fn a_trusted_root_that_its_own_officers_did_not_sign_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let mut root: Value = serde_json::from_slice(&defect.settings.trusted_root).unwrap();
    root["signatures"].as_array_mut().unwrap().pop();
    defect.settings.trusted_root = serde_json::to_vec(&root).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Signatures(SignatureFault::BelowThreshold { role, found: 1, expected: 2 }) if role == "root"
    );
}

/// Changes a file behind the back of everybody who signs.
fn edit(defect: &Defect<'_>, role: &str, change: impl FnOnce(&mut Value)) {
    let path = defect.repository.metadata_file(role).unwrap();
    let mut file = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    change(&mut file);
    fs::write(path, serde_json::to_vec_pretty(&file).unwrap()).unwrap();
}

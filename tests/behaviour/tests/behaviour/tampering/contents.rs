//! What properly signed files say.

use serde_json::{Value, json};
use ssbtx_core::AgencyId;
use ssbtx_stage::repository::DemoTarget;
use ssbtx_trust::{ContentFault, CustomFault, Mismatch, NotTrusted, SignatureFault};

use super::{AF_ADAPTER, AF_GRANT, Ground, LIFTED, POLICY, TIGHTENING, assert_refused, defects, grant};

defects! {
    "grant-of-another-agency" => a_grant_in_the_name_of_another_agency_is_refused,
    "grant-for-another-role" => a_grant_for_another_role_than_its_name_says_is_refused,
    "malformed-grant" => a_grant_that_cannot_be_read_is_not_passed_over,
    "grant-with-unknown-member" => a_grant_with_a_member_that_the_host_does_not_know_is_refused,
    "malformed-tightening" => a_list_of_what_is_withheld_that_cannot_be_read_is_not_passed_over,
    "malformed-lifted" => a_list_of_what_is_lifted_that_cannot_be_read_is_refused,
    "policy-without-review" => a_policy_that_was_signed_without_a_review_is_refused,
    "review-without-digest" => a_policy_whose_review_is_no_digest_is_refused,
    "unknown-custom-member" => custom_metadata_that_the_host_does_not_know_is_refused,
    "custom-on-another-file" => custom_metadata_on_anything_but_a_policy_is_refused,
    "altered-review" => a_review_that_was_exchanged_after_signing_makes_the_signatures_void,
    "tampered-grant" => a_grant_with_one_byte_changed_is_refused,
}

async fn a_grant_in_the_name_of_another_agency_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.repository.replace(&DemoTarget::new(AF_GRANT, grant(AgencyId::CSN, "ekonomiskt-bistand"))).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Content(ContentFault::AnothersGrant { agency: AgencyId::AF, found_agency: AgencyId::CSN, .. })
    );
}

async fn a_grant_for_another_role_than_its_name_says_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.repository.replace(&DemoTarget::new(AF_GRANT, grant(AgencyId::AF, "arbetsmarknad"))).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Content(ContentFault::AnothersGrant { role, found_role, .. })
            if role.as_str() == "ekonomiskt-bistand" && found_role.as_str() == "arbetsmarknad"
    );
}

async fn a_grant_that_cannot_be_read_is_not_passed_over(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.repository.replace(&DemoTarget::new(AF_GRANT, "{}")).unwrap();
    assert_refused!(defect.refusal().await, NotTrusted::Content(ContentFault::Grant { agency: AgencyId::AF, .. }));
}

async fn a_grant_with_a_member_that_the_host_does_not_know_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let mut more: Value = serde_json::from_slice(&grant(AgencyId::AF, "ekonomiskt-bistand")).unwrap();
    more["exceptOnSundays"] = true.into();
    defect.repository.replace(&DemoTarget::new(AF_GRANT, more.to_string())).unwrap();
    assert_refused!(defect.refusal().await, NotTrusted::Content(ContentFault::Grant { .. }));
}

async fn a_list_of_what_is_withheld_that_cannot_be_read_is_not_passed_over(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.repository.replace(&DemoTarget::new(TIGHTENING, r#"{"kind":"ssbtx-tightening","version":2}"#)).unwrap();
    assert_refused!(defect.refusal().await, NotTrusted::Content(ContentFault::Tightening { .. }));
}

async fn a_list_of_what_is_lifted_that_cannot_be_read_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.repository.replace(&DemoTarget::new(LIFTED, "*")).unwrap();
    assert_refused!(defect.refusal().await, NotTrusted::Content(ContentFault::Lifted { .. }));
}

async fn a_policy_that_was_signed_without_a_review_is_refused(ground: &mut Ground) {
    for custom in
        ground.variants([None, Some(json!({ "ssbtx": {} })), Some(json!({ "ssbtx": { "review": "ab".repeat(32) } }))])
    {
        let mut defect = ground.defect().await;
        let policy = DemoTarget { custom, ..DemoTarget::new(POLICY, "open everything") };
        defect.repository.replace(&policy).unwrap();
        assert_refused!(
            defect.refusal().await,
            NotTrusted::Content(ContentFault::Custom { target, fault: CustomFault::Missing }) if target == POLICY
        );
    }
}

async fn a_policy_whose_review_is_no_digest_is_refused(ground: &mut Ground) {
    for review in ground.variants(["see the minutes", "", &"AB".repeat(32)]) {
        let mut defect = ground.defect().await;
        defect.repository.replace(&DemoTarget::new(POLICY, "open everything").reviewed(review, None)).unwrap();
        assert_refused!(
            defect.refusal().await,
            NotTrusted::Content(ContentFault::Custom { fault: CustomFault::NoDigest { member: "review" }, .. })
        );
    }
}

async fn custom_metadata_that_the_host_does_not_know_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let mut policy = DemoTarget::new(POLICY, "open everything");
    policy.custom.as_mut().unwrap()["ssbtx"]["valid-until"] = "2026-12-31".into();
    defect.repository.replace(&policy).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Content(ContentFault::Custom { fault: CustomFault::Unknown { member }, .. })
            if member == "valid-until"
    );
}

async fn custom_metadata_on_anything_but_a_policy_is_refused(ground: &mut Ground) {
    for name in ground.variants([AF_ADAPTER, AF_GRANT, TIGHTENING, LIFTED, super::SHADOW]) {
        let mut defect = ground.defect().await;
        let mut target = super::targets().into_iter().find(|target| target.name == name).unwrap();
        target.custom = DemoTarget::new(POLICY, "").custom;
        defect.repository.replace(&target).unwrap();
        assert_refused!(
            defect.refusal().await,
            NotTrusted::Content(ContentFault::Custom { target, fault: CustomFault::Unknown { .. } }) if target == name
        );
    }
}

async fn a_review_that_was_exchanged_after_signing_makes_the_signatures_void(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    // Whoever can sign the snapshot can pin another file, but not sign it.
    let governance = defect.repository.document_mut("governance").unwrap();
    let mut forged = governance.signed.clone();
    forged["targets"][POLICY]["custom"]["ssbtx"]["review"] = "ab".repeat(32).into();
    governance.forged = Some(forged);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Signatures(SignatureFault::DoesNotFit { role }) if role == "governance"
    );
}

async fn a_grant_with_one_byte_changed_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let path = defect.repository.target_file(AF_GRANT).unwrap();
    let widened = std::fs::read_to_string(&path).unwrap().replace("\"AF\"", "\"FK\"");
    std::fs::write(path, widened).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Tampered { file, mismatch: Mismatch::Digest { .. } } if file.ends_with(AF_GRANT)
    );
}

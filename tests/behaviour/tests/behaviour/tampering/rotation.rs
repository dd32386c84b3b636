//! Keys come and go: a signature counts from when its key is the role's until it is not.

use ssbtx_stage::repository::{DemoKey, DemoTarget};
use ssbtx_trust::{NotTrusted, SignatureFault};

use super::{AF_ADAPTER, Ground, POLICY, assert_refused, defects};

defects! {
    "key-not-yet-trusted" => a_person_who_is_not_yet_of_governance_does_not_count,
    "key-no-longer-trusted" => a_person_who_has_left_governance_does_not_count,
    "raised-threshold" => two_persons_are_too_few_once_governance_takes_three,
    "lost-agency-key" => an_agencys_lost_key_does_not_count_after_it_was_replaced,
    "officer-no-longer-trusted" => an_officer_who_has_left_does_not_count,
    "officers-not-yet-trusted" => officers_who_appoint_themselves_do_not_count,
    "new-officers-have-not-signed" => a_root_whose_new_officers_have_not_signed_is_refused,
    "timestamp-signed-by-an-officer" => an_officer_does_not_sign_in_the_place_of_the_timestamps_key,
    "stolen-timestamp-key" => the_timestamps_key_does_not_count_after_it_was_replaced,
}

async fn a_person_who_is_not_yet_of_governance_does_not_count(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.repository.add_key("governance-4", DemoKey::of_person("Doris Exempel").unwrap());
    defect.signed_by("governance", &["governance-1", "governance-4"]);
    let policy = defect.another(POLICY);
    defect.repository.replace(&policy).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Signatures(SignatureFault::BelowThreshold { role, found: 1, expected: 2 }) if role == "governance"
    );
    // The same signatures count once targets says who she is.
    defect.repository.appoint(&["governance-1", "governance-2", "governance-4"], 2).unwrap();
    defect.repository.publish_next(&["targets"]).unwrap();
    assert_eq!(defect.trusted().await.policies().next().unwrap().1.bytes(), policy.bytes);
}

async fn a_person_who_has_left_governance_does_not_count(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.repository.add_key("governance-4", DemoKey::of_person("Doris Exempel").unwrap());
    defect.repository.appoint(&["governance-1", "governance-3", "governance-4"], 2).unwrap();
    // Signed when governance-2 was one of them: whoever leaves takes the signatures along, so that nothing outlives a stolen key.
    defect.repository.publish_next(&["targets"]).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Signatures(SignatureFault::BelowThreshold { role, found: 1, expected: 2 }) if role == "governance"
    );
    defect.signed_by("governance", &["governance-1", "governance-4"]);
    defect.repository.publish_next(&["governance"]).unwrap();
    defect.trusted().await;
}

async fn two_persons_are_too_few_once_governance_takes_three(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.repository.appoint(&["governance-1", "governance-2", "governance-3"], 3).unwrap();
    defect.repository.publish_next(&["targets"]).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Signatures(SignatureFault::BelowThreshold { role, found: 2, expected: 3 }) if role == "governance"
    );
    defect.signed_by("governance", &["governance-1", "governance-2", "governance-3"]);
    defect.repository.publish_next(&["governance"]).unwrap();
    defect.trusted().await;
}

async fn an_agencys_lost_key_does_not_count_after_it_was_replaced(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.repository.add_key("af-2", DemoKey::of_person("Disa Exempel").unwrap());
    defect.repository.assign("af", &["af-2"], 1).unwrap();
    defect.signed_by("af", &["af-2"]);
    defect.repository.publish_next(&["targets", "af"]).unwrap();
    defect.trusted().await;
    defect.signed_by("af", &["af"]);
    defect.repository.replace(&DemoTarget::new(AF_ADAPTER, "by whoever found the key")).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Signatures(SignatureFault::WrongKey { role, .. }) if role == "af"
    );
}

async fn an_officer_who_has_left_does_not_count(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    for role in ["root", "targets"] {
        defect.repository.assign(role, &["root-1", "root-2"], 2).unwrap();
    }
    // Targets are still signed by officers 2 and 3.
    defect.repository.publish_next(&["root"]).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Signatures(SignatureFault::BelowThreshold { role, found: 1, expected: 2 }) if role == "targets"
    );
    defect.signed_by("targets", &["root-1", "root-2"]);
    defect.repository.publish_next(&["targets"]).unwrap();
    defect.trusted().await;
}

async fn officers_who_appoint_themselves_do_not_count(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    for (name, person) in [("root-4", "Lo Prov"), ("root-5", "Mio Prov")] {
        defect.repository.add_key(name, DemoKey::of_person(person).unwrap());
    }
    defect.repository.assign("root", &["root-4", "root-5"], 2).unwrap();
    defect.signed_by("root", &["root-4", "root-5"]);
    defect.repository.publish_next(&["root"]).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Signatures(SignatureFault::WrongKey { role, .. }) if role == "root"
    );
    // With the officers before them it is a rotation.
    defect.signed_by("root", &["root-1", "root-2", "root-4", "root-5"]);
    defect.repository.publish().unwrap();
    assert_eq!(defect.trusted().await.versions().root, 2);
}

async fn a_root_whose_new_officers_have_not_signed_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    for (name, person) in [("root-4", "Lo Prov"), ("root-5", "Mio Prov")] {
        defect.repository.add_key(name, DemoKey::of_person(person).unwrap());
    }
    defect.repository.assign("root", &["root-4", "root-5"], 2).unwrap();
    defect.repository.publish_next(&["root"]).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Signatures(SignatureFault::WrongKey { role, .. }) if role == "root"
    );
}

async fn an_officer_does_not_sign_in_the_place_of_the_timestamps_key(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.signed_by("timestamp", &["root-1"]);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Signatures(SignatureFault::WrongKey { role, .. }) if role == "timestamp"
    );
}

async fn the_timestamps_key_does_not_count_after_it_was_replaced(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.repository.add_key("timestamp-2", DemoKey::generate().unwrap());
    defect.repository.assign("timestamp", &["timestamp-2"], 1).unwrap();
    defect.repository.publish_next(&["root"]).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Signatures(SignatureFault::WrongKey { role, .. }) if role == "timestamp"
    );
    defect.signed_by("timestamp", &["timestamp-2"]);
    defect.repository.renew_timestamp().unwrap();
    defect.trusted().await;
}

//! A threshold counts persons, and who may withhold is one of them.

use ssbtx_stage::repository::DemoKey;
use ssbtx_trust::{Delegation, NotTrusted, SignatureFault, StructureFault};

use super::{Defect, Ground, assert_refused, defects};

defects! {
    "same-person-with-two-keys" => a_person_of_governance_with_two_keys_counts_once,
    "same-officer-with-two-keys" => an_officer_with_two_keys_counts_once,
    "same-officer-with-two-keys-then-not" => a_root_in_the_middle_of_the_chain_counts_persons_rightly_too,
    "key-without-person" => a_key_that_names_no_person_is_refused_wherever_a_person_signs,
    "unreadable-person" => a_name_that_only_looks_like_another_is_no_persons_name,
    "accent-taken-apart" => an_accent_that_was_taken_apart_after_signing_does_not_make_one_person_two,
    "tightening-signed-by-an-outsider" => only_a_person_of_governance_may_withhold,
    "tightening-key-of-an-outsider" => withholding_cannot_be_given_to_a_key_that_is_none_of_governances,
    "shadow-key-of-an-outsider" => shadows_cannot_be_given_to_a_key_that_is_none_of_governances,
}

async fn a_person_of_governance_with_two_keys_counts_once(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let another = DemoKey::of_person(" anna  EXEMPEL").unwrap();
    defect.repository.add_key("governance-1-spare", another);
    defect.repository.appoint(&["governance-1", "governance-1-spare", "governance-2"], 2).unwrap();
    defect.signed_by("governance", &["governance-1", "governance-1-spare"]);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Signatures(SignatureFault::SamePerson { role, .. }) if role == "governance"
    );
}

async fn an_officer_with_two_keys_counts_once(ground: &mut Ground) {
    for role in ground.variants(["root", "targets"]) {
        let mut defect = ground.defect().await;
        defect.repository.add_key("root-1-spare", DemoKey::of_person("åsa prov").unwrap());
        defect.repository.assign(role, &["root-1", "root-1-spare", "root-2", "root-3"], 2).unwrap();
        defect.repository.document_mut("root").unwrap().set("version", 2);
        assert_refused!(
            defect.refusal_once_published().await,
            NotTrusted::Signatures(SignatureFault::SamePerson { role: found, .. }) if found == role
        );
    }
}

async fn a_root_in_the_middle_of_the_chain_counts_persons_rightly_too(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let sound = defect.repository.document("root").unwrap().clone();
    defect.repository.add_key("root-1-spare", DemoKey::of_person("Åsa Prov").unwrap());
    defect.repository.assign("root", &["root-1", "root-1-spare"], 2).unwrap();
    defect.repository.document_mut("root").unwrap().set("version", 2);
    defect.signed_by("root", &["root-1", "root-1-spare", "root-2"]);
    defect.repository.publish().unwrap();
    // One officer alone brings in a friend; this last root is in order when it is looked at alone.
    defect.repository.add_document("root", sound);
    defect.repository.add_key("friend", DemoKey::of_person("En Vän").unwrap());
    defect.repository.assign("root", &["root-1", "friend"], 2).unwrap();
    defect.repository.document_mut("root").unwrap().set("version", 3);
    defect.signed_by("root", &["root-1", "root-1-spare", "friend"]);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Signatures(SignatureFault::SamePerson { role, .. }) if role == "root"
    );
}

async fn a_key_that_names_no_person_is_refused_wherever_a_person_signs(ground: &mut Ground) {
    for role in ground.variants(["governance", "af", "root", "targets"]) {
        let mut defect = ground.defect().await;
        defect.repository.add_key("nobodys", DemoKey::generate().unwrap());
        let keys: &[&str] = match role {
            "governance" => &["governance-1", "governance-2", "nobodys"],
            "af" => &["af", "nobodys"],
            _ => &["root-1", "root-2", "root-3", "nobodys"],
        };
        defect.repository.assign(role, keys, if role == "af" { 1 } else { 2 }).unwrap();
        defect.repository.document_mut("root").unwrap().set("version", 2);
        let id = defect.repository.key("nobodys").unwrap().id();
        assert_refused!(
            defect.refusal_once_published().await,
            NotTrusted::Signatures(SignatureFault::NoPerson { key_id, .. }) if *key_id == id
        );
    }
}

async fn a_name_that_only_looks_like_another_is_no_persons_name(ground: &mut Ground) {
    for name in ground.variants(["Anna\u{200b} Exempel", "Anna\u{a0}Exempel", "", "<anna@exempel>"]) {
        let mut defect = ground.defect().await;
        defect.repository.add_key("other", DemoKey::of_person(name).unwrap());
        defect.repository.appoint(&["governance-1", "governance-2", "other"], 2).unwrap();
        assert_refused!(defect.refusal_once_published().await, NotTrusted::Signatures(SignatureFault::NoPerson { .. }));
    }
}

async fn an_accent_that_was_taken_apart_after_signing_does_not_make_one_person_two(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    for name in ["asa-1", "asa-2"] {
        defect.repository.add_key(name, DemoKey::of_person("Åsa Exempel").unwrap());
    }
    defect.repository.appoint(&["asa-1", "asa-2"], 2).unwrap();
    for role in ["governance", "shadow", "tightening"] {
        defect.signed_by(role, &["asa-1", "asa-2"]);
    }
    // Signatures and key ids are over text in Unicode's composed form, so they hold for both ways to write the letter.
    let targets = defect.repository.document_mut("targets").unwrap();
    targets.forged = Some(serde_json::from_str(&targets.signed.to_string().replacen('Å', "A\u{30a}", 1)).unwrap());
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Signatures(SignatureFault::NoPerson { role, .. }) if role == "targets"
    );
}

async fn only_a_person_of_governance_may_withhold(ground: &mut Ground) {
    for signer in ground.variants(["stranger", "af", "root-1"]) {
        let mut defect = ground.defect().await;
        defect.repository.add_key("stranger", DemoKey::of_person("En Främling").unwrap());
        defect.signed_by("tightening", &[signer]);
        let id = defect.repository.key(signer).unwrap().id();
        assert_refused!(
            defect.refusal_once_published().await,
            NotTrusted::Signatures(SignatureFault::WrongKey { role, key_id }) if role == "tightening" && *key_id == id
        );
    }
}

#[tokio::test]
async fn any_one_person_of_governance_may_withhold_or_propose_a_shadow() {
    for signer in ["governance-1", "governance-2", "governance-3"] {
        let mut defect = Defect::none();
        defect.signed_by("tightening", &[signer]);
        defect.signed_by("shadow", &[signer]);
        defect.repository.publish().unwrap();
        defect.trusted().await;
    }
}

async fn withholding_cannot_be_given_to_a_key_that_is_none_of_governances(ground: &mut Ground) {
    for key in ground.variants(["stranger", "af"]) {
        let mut defect = ground.defect().await;
        refuses_foreign_key(&mut defect, Delegation::Tightening, key).await;
    }
}

async fn shadows_cannot_be_given_to_a_key_that_is_none_of_governances(ground: &mut Ground) {
    for key in ground.variants(["stranger", "csn"]) {
        let mut defect = ground.defect().await;
        refuses_foreign_key(&mut defect, Delegation::Shadow, key).await;
    }
}

async fn refuses_foreign_key(defect: &mut Defect<'_>, delegation: Delegation, key: &str) {
    defect.repository.add_key("stranger", DemoKey::of_person("En Främling").unwrap());
    let role = delegation.to_string();
    defect.repository.assign(&role, &["governance-1", "governance-2", "governance-3", key], 1).unwrap();
    let id = defect.repository.key(key).unwrap().id();
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Structure(StructureFault::ForeignKey { delegation: found, key_id })
            if *found == delegation && *key_id == id
    );
}

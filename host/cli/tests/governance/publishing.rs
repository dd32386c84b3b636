//! `ssbtx policy publish`.

use std::fs;

use ssbtx_core::Sha256Digest;
use ssbtx_stage::components::read;
use ssbtx_trust::ReviewMark;

use crate::office::{Office, POLICY, WIDE, copy, terms};

#[test]
fn a_policy_that_persons_and_agencies_signed_on_machines_of_their_own_is_published() {
    let office = Office::of_two();
    office.propose("change", &read(WIDE)).done();
    for (folder, role, key) in [
        ("at-bo", "governance", "bo"),
        ("at-af", "af", "af"),
        ("at-cia", "governance", "cia"),
        ("at-miv", "miv", "miv"),
    ] {
        copy(&office.path("change"), &office.path(folder));
        office.approve(folder, role, key).done();
    }
    let missing = office.publish("change");
    assert_eq!(missing.code, Some(1), "{missing:#?}");
    assert!(missing.said.contains("2 saknas av · 2 missing of: Anna Exempel, Bo Exempel, Cia Exempel"), "{missing:#?}");
    for folder in ["at-miv", "at-af", "at-bo"] {
        copy(&office.path(folder), &office.path("change"));
    }
    let missing = office.publish("change");
    assert!(missing.said.contains("1 saknas av · 1 missing of: Anna Exempel, Cia Exempel"), "{missing:#?}");
    assert_eq!(office.policy_in_force(), read(POLICY), "nothing is published before everybody has signed");
    copy(&office.path("at-cia"), &office.path("change"));
    office.publish("change").done();
    assert_eq!(office.policy_in_force(), read(WIDE));
}

#[test]
fn a_policy_without_the_agencys_grant_is_not_published() {
    let office = Office::open();
    let mut change = office.change("change");
    let mark = ReviewMark { review: Sha256Digest::of(b"a review"), previous: Some(Sha256Digest::of(&read(POLICY))) };
    change.put_target(&POLICY.parse().unwrap(), &read(WIDE), &mark.to_custom(), &terms()).unwrap();
    for name in ["anna", "bo"] {
        change.sign_all(office.signer(name)).unwrap();
    }
    let refused = office.publish("change");
    assert_ne!(refused.code, Some(0), "{refused:#?}");
    assert_eq!(office.policy_in_force(), read(POLICY));

    // With the review of a right proposal, but without what it asks of the agencies.
    let (office, proposed) = (Office::open(), Office::proposed(&read(WIDE)));
    let custom = {
        let right = ssbtx_signing::Change::open(&proposed.path("change")).unwrap();
        right.targets("governance".parse().unwrap()).into_iter().find(|listed| listed.name == POLICY).unwrap().custom
    };
    let mut change = office.change("change");
    change.put_target(&POLICY.parse().unwrap(), &read(WIDE), &custom, &terms()).unwrap();
    copy(&proposed.path("change/review"), &office.path("change/review"));
    for name in ["anna", "bo"] {
        office.approve("change", "governance", name).done();
    }
    office.publish("change").refused("that agencies have not granted");
    assert_eq!(office.policy_in_force(), read(POLICY));
}

#[test]
fn a_change_that_is_not_there_is_no_refusal() {
    Office::empty(&[]).publish("change").not_done("`change` holds no change");
}

#[test]
fn a_change_that_was_overtaken_is_not_published() {
    let office = Office::proposed(&crate::office::same_in_other_bytes());
    copy(&office.path("change"), &office.path("first"));
    fs::rename(office.path("change"), office.path("second")).unwrap();
    for change in ["first", "second"] {
        for name in ["anna", "bo"] {
            office.approve(change, "governance", name).done();
        }
    }
    office.publish("first").done();
    office.publish("second").refused("was drafted against version");
}

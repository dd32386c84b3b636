//! `ssbtx policy propose` and `status`.

use std::fs;

use serde_json::json;
use ssbtx_core::Sha256Digest;
use ssbtx_stage::components::read;

use crate::office::{Office, WIDE, same_in_other_bytes};

#[test]
fn a_proposal_carries_its_review_and_says_who_must_sign() {
    let office = Office::of_two();
    let said = office.propose("change", &read(WIDE)).done().said;
    assert!(said.contains("Nytt medgivande behövs av · a new grant is needed of: AF, MIV"), "{said}");
    assert!(said.contains("governance: 0 av 2"), "{said}");
    let review = fs::read(office.path("change/review/review.json")).unwrap();
    let page = fs::read_to_string(office.path("change/review/review.html")).unwrap();
    assert!(page.contains("<html lang=\"sv\""));
    let metadata = fs::read_to_string(office.path("change/metadata/governance.json")).unwrap();
    assert!(metadata.contains(&Sha256Digest::of(&review).to_string()), "the review's digest is signed");

    let status = office.run(&["status", "change", "--format", "json"]);
    assert_eq!(status.code, Some(1), "nobody has signed yet: {status:?}");
    let roles: Vec<_> =
        status.json()["signatures"].as_array().unwrap().iter().map(|role| role["role"].clone()).collect();
    assert_eq!(roles, [json!("governance"), json!("af"), json!("miv")]);
}

#[test]
fn a_policy_that_opens_nothing_new_asks_no_agency() {
    let office = Office::open();
    let said = office.propose("change", &same_in_other_bytes()).done().said;
    assert!(said.contains("Inget nytt medgivande behövs"), "{said}");
    assert!(said.contains("Ingen av dem skiljer sig."), "{said}");
}

#[test]
fn a_policy_that_opens_what_nobody_can_grant_is_refused() {
    // Pensionsmyndigheten's data is in Försäkringskassan's base service, and nobody signs for Pensionsmyndigheten here.
    let office = Office::with(&["fk"]);
    office.propose("change", &read(WIDE)).refused("policy opens elements of `PM`");
}

#[test]
fn a_policy_of_another_role_is_not_proposed_for_this_one() {
    let office = Office::open();
    office
        .propose("change", &read("policies/ekonomiskt-bistand/policy.wasm"))
        .refused("policy is of role `ekonomiskt-bistand`");
}

#[test]
fn a_policy_that_does_not_do_as_it_says_is_not_proposed() {
    let office = Office::open();
    office.propose("change", &read("guests/policy-unknown-basis.wasm")).refused("names basis 1, policy declares 1");
    office.propose("change", &read("guests/undeclared-import.wasm")).refused("admit the proposed policy");
    assert!(!office.path("change").exists(), "half a change is none");
}

#[test]
fn the_policy_in_force_is_not_proposed_again() {
    let office = Office::open();
    office.propose("change", &read(crate::office::POLICY)).refused("policy is the one in force");
}

#[test]
fn nothing_is_written_over() {
    let office = Office::open();
    fs::create_dir(office.path("change")).unwrap();
    fs::write(office.path("change/mine"), "").unwrap();
    office.propose("change", &same_in_other_bytes()).not_done("`change` is not empty");
}

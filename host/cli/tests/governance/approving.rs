//! `ssbtx policy approve`: what is signed is what was seen, and what was seen can be repeated.

use std::fs;

use serde_json::Value;
use ssbtx_stage::components::read;

use crate::office::{AF, Office, WIDE, copy, same_in_other_bytes, terms};

#[test]
fn whoever_approves_sees_the_review_and_is_asked() {
    let office = Office::proposed(&read(WIDE));
    let arguments = ["approve", "change", "--key", "anna", "--passphrase-file", "passphrase"];
    for answer in ["nej\n", "\n", ""] {
        let ended = office.answering(&arguments, answer);
        assert_eq!(ended.code, Some(1), "{ended:#?}");
        assert!(ended.said.contains("Inget är underskrivet"), "{ended:#?}");
        assert!(!office.path("change/signatures").exists());
    }
    let ended = office.answering(&arguments, "ja\n").done();
    for words in ["Granskning av policy för rollen arbetsmarknad", "SHA-256 för granskningen", "Anna Exempel"] {
        assert!(ended.said.contains(words), "{words}: {ended:#?}");
    }
}

#[test]
fn an_agency_sees_what_it_lets_through_and_what_of_it_is_new() {
    let office = Office::of_two();
    office.propose("change", &read(WIDE)).done();
    let ended = office.approve("change", "af", "af").done();
    for words in ["Arbetsförmedlingen (AF) låter rollen arbetsmarknad se", "Nytt mot medgivandet i kraft", "Förnamn"]
    {
        assert!(ended.said.contains(words), "{words}: {ended:#?}");
    }
    assert!(!ended.said.contains("MIV/"), "another agency's data is not its to grant: {ended:#?}");
}

#[test]
fn one_person_counts_once_and_a_stranger_not_at_all() {
    let office = Office::proposed(&same_in_other_bytes());
    office.approve("change", "governance", "anna").done();
    office.approve("change", "governance", "anna").refused("`Anna Exempel` has signed role `governance` already");
    office.approve("change", "governance", "af").refused("is not one of role `governance`");
    office.approve("change", "af", "af").not_done("the change asks nothing of `af`");
}

#[test]
fn a_review_that_was_touched_up_is_refused() {
    let office = Office::proposed(&read(WIDE));
    let path = office.path("change/review/review.json");
    let text = fs::read_to_string(&path).unwrap();
    let changed = text.replacen("\"changed\": ", "\"changed\": 1", 1);
    assert_ne!(changed, text);
    fs::write(&path, changed).unwrap();
    office.approve("change", "governance", "anna").refused("repeated it is");
}

#[test]
fn another_review_than_the_one_whose_digest_is_signed_is_refused() {
    let office = Office::proposed(&same_in_other_bytes());
    // A right review, of another proposal.
    copy(&Office::proposed(&read(WIDE)).path("change/review"), &office.path("change/review"));
    office.approve("change", "governance", "anna").refused("repeated it is");
    // The same review, with another digest beside the policy.
    let office = Office::proposed(&same_in_other_bytes());
    let path = office.path("change/metadata/governance.json");
    let mut metadata: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let custom = metadata.pointer_mut("/targets/policies~1arbetsmarknad~1policy.wasm/custom/ssbtx/review").unwrap();
    *custom = "0".repeat(64).into();
    fs::write(&path, metadata.to_string()).unwrap();
    office
        .approve("change", "governance", "anna")
        .refused("what is to be signed beside `policies/arbetsmarknad/policy.wasm`");
}

#[test]
fn a_review_against_other_adapters_or_another_policy_than_those_in_force_is_refused() {
    for name in ["adapters/af/adapter.wasm", "policies/arbetsmarknad/policy.wasm"] {
        let office = Office::proposed(&read(WIDE));
        let path = office.path("change/review/in-force").join(name);
        fs::write(&path, [fs::read(&path).unwrap().as_slice(), &[0, 2, 1, b'x']].concat()).unwrap();
        office.approve("change", "governance", "anna").refused(&format!("digest of `{name}` is"));
        fs::remove_file(path).unwrap();
        office.approve("change", "governance", "anna").not_done("is not there");
    }
}

#[test]
fn another_policy_than_the_one_that_is_listed_is_refused() {
    let office = Office::proposed(&same_in_other_bytes());
    fs::write(office.path("change/targets/policies/arbetsmarknad/policy.wasm"), read(WIDE)).unwrap();
    office.approve("change", "governance", "anna").refused("is not what role `governance` lists");
}

#[test]
fn whoever_signs_signs_nothing_that_was_not_shown() {
    let office = Office::proposed(&same_in_other_bytes());
    let mut change = ssbtx_signing::Change::open(&office.path("change")).unwrap();
    let lifted = br#"{"kind":"ssbtx-lifted","version":1,"lifted":[]}"#;
    change.put_target(&"policies/lifted.json".parse().unwrap(), lifted, &Value::Null, &terms()).unwrap();
    office.approve("change", "governance", "anna").refused("expected one target");

    let office = Office::proposed(&read(WIDE));
    let mut change = ssbtx_signing::Change::open(&office.path("change")).unwrap();
    let adapter = [read(AF).as_slice(), &[0, 2, 1, b'x']].concat();
    change.put_target(&AF.parse().unwrap(), &adapter, &Value::Null, &terms()).unwrap();
    office.approve("change", "af", "af").refused("expected one target");
}

#[test]
fn a_grant_of_more_than_the_policy_needs_is_refused() {
    let office = Office::proposed(&read(WIDE));
    let path = office.path("change/targets/adapters/af/arbetsmarknad.grant.json");
    let text = fs::read_to_string(&path).unwrap().replacen("AF/Svar/Fornamn", "AF/Svar/Fornamn2", 1);
    let mut change = ssbtx_signing::Change::open(&office.path("change")).unwrap();
    let name = "adapters/af/arbetsmarknad.grant.json".parse().unwrap();
    change.put_target(&name, text.as_bytes(), &Value::Null, &terms()).unwrap();
    office.approve("change", "af", "af").refused("is not the smallest grant that the proposed policy needs");
}

#[test]
fn a_change_against_a_repository_of_strangers_is_refused_by_the_root_that_is_trusted() {
    let (office, strangers) = (Office::proposed(&same_in_other_bytes()), Office::empty(&[]));
    let approve = |root: String| {
        let arguments =
            ["approve", "change", "--key", "anna", "--passphrase-file", "passphrase", "--yes", "--root", &root];
        office.run(&arguments)
    };
    let root = |office: &Office| office.repository().join("metadata/1.root.json").to_str().unwrap().to_owned();
    approve(root(&strangers)).refused("does not descend from the trusted root");
    approve(root(&office)).done();
}

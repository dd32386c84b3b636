//! `ssbtx policy replay`.

use std::fs;

use serde_json::{Value, json};
use ssbtx_core::{
    AcceptedPending, AcceptedScope, Context, Decision, Lifted, Relation, Restrictions, Sha256Digest, Tightening,
};
use ssbtx_runtime::{Candidate, SandboxSettings, Workbench};
use ssbtx_stage::components::{self, read};

use crate::office::{AF, Ended, Office, POLICY, WIDE, wait};

/// A line of the log about a question to Arbetsförmedlingen, as a host with the office's repository writes it.
fn line(office: &Office) -> Value {
    let set = office.trusted();
    let grant = set.grants().find(|file| file.agency().as_str() == "AF").unwrap();
    let workbench = Workbench::new(SandboxSettings::default()).unwrap();
    let policy = wait(workbench.policy(&Candidate::new(read(POLICY)))).unwrap();
    let adapter = wait(workbench.adapter(&Candidate::new(read(AF)))).unwrap();
    let context = Context {
        role: policy.role().clone(),
        purpose: "arendehandlaggning".parse().unwrap(),
        relation: Relation::Subject,
        consents: Vec::new(),
        protected_identity: false,
        asked_on: "2026-03-01".parse().unwrap(),
    };
    let accepted = AcceptedPending::default().with("ssbtx-arbetsmarknad".parse().unwrap(), AcceptedScope::EveryDataset);
    let restrictions = Restrictions::new([grant.grant().clone()], &Tightening::default(), &Lifted::default());
    let verdicts = wait(policy.decide(&context, adapter.catalogue())).unwrap();
    let (catalogue, sha256) = (adapter.catalogue(), adapter.identity().sha256);
    let decision =
        Decision::within(catalogue, &verdicts, policy.bases(), &accepted, &context, sha256, &restrictions).unwrap();
    json!({ "sequence": 7, "previous": "", "hash": "", "record": {
        "kind": "question",
        "question": "0197c0de-0000-7000-8000-000000000001",
        "role": "arbetsmarknad",
        "caseworker": "somebody who asked",
        "context": {
            "purpose": "arendehandlaggning", "relation": "subject", "consents": [], "protectedIdentity": false,
            "askedOn": "2026-03-01",
        },
        "edition": {
            "trustVersion": set.version(),
            "policy": { "name": "arbetsmarknad", "version": "1", "sha256": policy.identity().sha256.to_string() },
            "tightening": null,
            "lifted": null,
            "grants": { "AF": grant.digest().to_string() },
        },
        "acceptedPending": [{ "basis": "ssbtx-arbetsmarknad", "datasets": null }],
        "agencies": [
            { "agency": "AF", "adapter": { "version": "1", "sha256": sha256.to_string() }, "mask": decision.mask().digest().to_string() },
            { "agency": "CSN", "adapter": null, "mask": null },
        ],
    }})
}

fn replay(office: &Office, lines: &[&Value], more: &[&str]) -> Ended {
    let texts: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let file = office.file("records.jsonl", texts.join("\n").as_bytes());
    office.run(&[&["replay", &file, "--repository", "repository"], more].concat())
}

#[test]
fn a_record_agrees_with_the_components_that_it_names_also_after_others_came() {
    let office = Office::proposed(&read(WIDE));
    let line = line(&office);
    let ended = replay(&office, &[&line], &[]).done();
    assert!(ended.said.contains("7 0197c0de-0000-7000-8000-000000000001: stämmer · agrees"), "{ended:#?}");
    assert!(ended.said.contains("1 frågor: 1 stämmer, 0 stämmer inte, 0 kan inte räknas om"), "{ended:#?}");
    assert!(!ended.said.contains("somebody who asked"), "who asked is not shown: {ended:#?}");
    for (role, key) in [("governance", "anna"), ("governance", "bo"), ("af", "af")] {
        office.approve("change", role, key).done();
    }
    office.publish("change").done();
    replay(&office, &[&line], &[]).done();
}

#[test]
fn a_record_that_was_decided_otherwise_is_found_and_one_whose_policy_is_gone_is_named() {
    let office = Office::open();
    let right = line(&office);
    let mut wrong = right.clone();
    wrong["record"]["context"]["protectedIdentity"] = json!(true);
    let ended = replay(&office, &[&right, &wrong], &["--format", "json"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    let told = ended.json();
    assert_eq!((&told["agree"], &told["disagree"]), (&json!(1), &json!(1)));
    assert_eq!(told["records"][1]["agencies"][0]["result"], "disagrees");

    let mut gone = right.clone();
    gone["record"]["edition"]["policy"]["sha256"] = json!(Sha256Digest::of(b"gone").to_string());
    let ended = replay(&office, &[&right, &gone], &[]);
    assert_eq!(ended.code, Some(2), "{ended:#?}");
    assert!(ended.said.contains("kan inte räknas om"), "{ended:#?}");
    assert!(
        ended.said.contains(&format!("policy `{}` is not in the repository", Sha256Digest::of(b"gone"))),
        "{ended:#?}"
    );
}

#[test]
fn under_another_policy_it_tells_what_would_have_been_opened_and_closed() {
    let office = Office::open();
    let line = line(&office);
    let wide = components::path(WIDE);
    let ended = replay(&office, &[&line, &line], &["--under", wide.to_str().unwrap(), "--format", "json"]).done();
    let told = ended.json();
    let departures = told["under"]["departures"].as_array().unwrap();
    assert!(
        departures.iter().all(|departure| departure["change"] == "opened" && departure["questions"] == 2),
        "{told:#}"
    );
    assert!(departures.iter().any(|departure| departure["dataset"] == "a-kassa"), "{told:#}");
    let same = components::path(POLICY);
    let ended = replay(&office, &[&line], &["--under", same.to_str().unwrap()]).done();
    assert!(ended.said.contains("Ingenting hade öppnats eller stängts"), "{ended:#?}");
    let other = components::path("policies/ekonomiskt-bistand/policy.wasm");
    let ended = replay(&office, &[&line], &["--under", other.to_str().unwrap()]).done();
    assert!(ended.said.contains("1 frågor från andra roller"), "{ended:#?}");
}

#[test]
fn what_is_no_record_is_not_passed_over() {
    let office = Office::open();
    let mut old = line(&office);
    old["record"].as_object_mut().unwrap().remove("context");
    replay(&office, &[&old], &[]).not_done("read record 7");
    replay(&office, &[&json!({ "sequence": 1 })], &[]).not_done("is no line of an audit log");
    replay(&office, &[&json!({ "kind": "recovered" })], &[]).not_done("there is no record of a question");
    fs::create_dir(office.path("log")).unwrap();
    fs::write(office.path("log/audit-000000000001.jsonl"), format!("{old}\n")).unwrap();
    office.run(&["replay", "log", "--repository", "repository"]).not_done("verify the audit log");
}

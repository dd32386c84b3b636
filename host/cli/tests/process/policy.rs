//! Promises of the commands with which governance looks at a policy.

use std::fs;
use std::process::{Command, Output};

use ssbtx_cases::{cases_of, with_cases};
use ssbtx_stage::components;

fn ssbtx(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ssbtx")).arg("policy").args(arguments).output().unwrap()
}

fn path(target: &str) -> String {
    components::path(target).to_str().unwrap().to_owned()
}

fn policy(role: &str) -> String {
    path(&format!("policies/{role}/policy.wasm"))
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_review_of_two_equal_policies_says_that_nothing_differs_and_writes_its_page() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("review.html");
    let (policy, adapters) = (policy("arbetsmarknad"), path("adapters"));
    let html = page.to_str().unwrap();
    let ended = ssbtx(&["review", &policy, &policy, "--adapters", &adapters, "--today", "2026-03-01", "--html", html]);
    assert_eq!(ended.status.code(), Some(0), "{}", told(&ended));
    assert!(said(&ended).contains("Ingen av dem skiljer sig."), "{}", said(&ended));
    assert!(fs::read_to_string(page).unwrap().contains("<html lang=\"sv\""));
}

#[test]
fn the_first_policy_of_a_role_is_told_in_json() {
    let (policy, adapters) = (policy("arbetsmarknad"), path("adapters"));
    let ended = ssbtx(&["review", "--first", &policy, "--adapters", &adapters, "--format", "json"]);
    assert_eq!(ended.status.code(), Some(0), "{}", told(&ended));
    let review: serde_json::Value = serde_json::from_slice(&ended.stdout).unwrap();
    assert_eq!(review["role"], "arbetsmarknad");
    assert!(review["old"].is_null() && review["changed"].as_u64().unwrap() > 0);
}

#[test]
fn a_policy_that_is_in_order_passes_its_check_and_one_that_is_not_is_refused() {
    let adapters = path("adapters");
    let ended = ssbtx(&["check", &policy("ekonomiskt-bistand"), "--adapters", &adapters]);
    assert_eq!(ended.status.code(), Some(0), "{}{}", said(&ended), told(&ended));
    let ended = ssbtx(&["check", &path("guests/policy-unknown-basis.wasm"), "--adapters", &adapters]);
    assert_eq!(ended.status.code(), Some(1));
    assert!(told(&ended).contains("names basis 1, policy declares 1"), "{}", told(&ended));
    let ended = ssbtx(&["check", &path("guests/undeclared-import.wasm"), "--adapters", &adapters]);
    assert_eq!(ended.status.code(), Some(1));
    assert!(told(&ended).starts_with("Refused: admit the policy"), "{}", told(&ended));
}

#[test]
fn a_policy_runs_the_cases_that_it_carries_and_one_that_breaks_them_is_refused() {
    let adapters = path("adapters");
    let ended = ssbtx(&["check", &policy("arbetsmarknad"), "--adapters", &adapters, "--format", "json"]);
    assert_eq!(ended.status.code(), Some(0), "{}{}", said(&ended), told(&ended));
    let check: serde_json::Value = serde_json::from_slice(&ended.stdout).unwrap();
    assert!(check["cases"].as_u64().unwrap() > 0, "{check:#}");

    let folder = tempfile::tempdir().unwrap();
    let mixed = folder.path().join("policy.wasm");
    let of_another_role = cases_of(&components::read("policies/ekonomiskt-bistand/policy.wasm")).unwrap();
    let bytes = with_cases(&components::read("policies/arbetsmarknad/policy.wasm"), &of_another_role).unwrap();
    fs::write(&mixed, bytes).unwrap();
    let ended = ssbtx(&["check", mixed.to_str().unwrap(), "--adapters", &adapters]);
    assert_eq!(ended.status.code(), Some(1), "{}", said(&ended));
    assert!(told(&ended).contains("run the cases that the policy carries"), "{}", told(&ended));
}

#[test]
fn what_cannot_be_read_is_no_finding() {
    let ended = ssbtx(&["check", "no-such-file.wasm", "--adapters", &path("adapters")]);
    assert_eq!(ended.status.code(), Some(2), "{}", told(&ended));
    let ended = ssbtx(&["review", &policy("arbetsmarknad"), "--adapters", &path("adapters")]);
    assert_eq!(ended.status.code(), Some(2), "{}", told(&ended));
}

#[test]
fn an_explanation_names_the_provision_and_tells_by_its_end_whether_it_is_disclosed() {
    let (policy, adapters) = (policy("ekonomiskt-bistand"), path("adapters"));
    let explain = |element: &str, on: &str| {
        ssbtx(&["explain", &policy, "--adapters", &adapters, "--element", element, "--on", on])
    };
    let ended = explain("AF/Svar/Fornamn", "2026-03-01");
    assert_eq!(ended.status.code(), Some(0), "{}", told(&ended));
    assert!(said(&ended).contains("15 kap. 11 §"), "{}", said(&ended));
    assert_eq!(explain("AF/Svar/Fornamn", "2025-06-30").status.code(), Some(1), "not in force before 1 July 2025");
    assert_eq!(explain("AF/Svar/Nothing", "2026-03-01").status.code(), Some(2));
}

//! What components carry.

use ssbtx_core::Sha256Digest;
use ssbtx_self_test::{cases_of, test_adapter, test_policy};
use ssbtx_stage::components;

use crate::{adapter, json_of, policy, with};

#[tokio::test]
async fn every_component_of_a_host_carries_cases_and_passes_them() {
    let mut catalogues = Vec::new();
    for target in components::TARGETS {
        let bytes = components::read(target);
        let cases = cases_of(&bytes).unwrap();
        assert!(cases.len() >= 4, "`{target}` carries {} cases; run `cargo xtask plugins`", cases.len());
        if target.starts_with("adapters/") {
            let adapter = adapter(&bytes).await;
            test_adapter(&adapter, &cases).await.unwrap();
            catalogues.push(adapter.catalogue().clone());
        }
    }
    for target in components::TARGETS.into_iter().filter(|target| target.starts_with("policies/")) {
        let bytes = components::read(target);
        test_policy(&policy(&bytes).await, &cases_of(&bytes).unwrap(), &catalogues).await.unwrap();
    }
}

#[test]
fn every_adapter_promises_an_answer_nothing_found_a_refusal_and_a_reply_that_never_comes() {
    for target in components::TARGETS.into_iter().filter(|target| target.starts_with("adapters/")) {
        let cases = json_of(target);
        let states: Vec<&str> = cases["adapter"]
            .as_array()
            .unwrap()
            .iter()
            .map(|case| case["expected"]["state"].as_str().unwrap())
            .collect();
        for state in ["answered", "nothing-found", "failed", "timed-out"] {
            assert!(states.contains(&state), "`{target}` has no case that is `{state}`");
        }
    }
}

#[tokio::test]
async fn a_component_that_carries_no_cases_passes() {
    let bytes = components::read("guests/honest.wasm");
    let cases = cases_of(&bytes).unwrap();
    assert!(cases.is_empty(), "a test's guest carries none");
    test_adapter(&adapter(&bytes).await, &cases).await.unwrap();
    let bytes = components::read("guests/policy-honest.wasm");
    test_policy(&policy(&bytes).await, &cases_of(&bytes).unwrap(), &[]).await.unwrap();
}

#[tokio::test]
async fn the_digest_that_is_signed_covers_the_cases() {
    let carrying = components::read("adapters/miv/adapter.wasm");
    let mut altered = json_of("adapters/miv/adapter.wasm");
    altered["adapter"][0]["promise"] = "something else".into();
    let altered = with(&carrying, &altered);
    assert_ne!(Sha256Digest::of(&carrying), Sha256Digest::of(&altered));
    assert_eq!(adapter(&altered).await.identity().sha256, Sha256Digest::of(&altered));
}

//! Policies that do not do what their authors wrote down.

use serde_json::{Value, json};
use ssbtx_self_test::SelfTestFailed;

use crate::{json_of, policy_with, told};

const ARBETSMARKNAD: &str = "policies/arbetsmarknad/policy.wasm";
const MIV: &str = "adapters/miv/adapter.wasm";

/// One case about Migrationsverket that holds, with one value changed.
fn case(pointer: &str, value: Value) -> Value {
    let mut case = json!({
        "promise": "names are not needed", "agency": "MIV", "purpose": "arendehandlaggning", "relation": "subject", "consents": [],
        "protectedIdentity": false, "askedOn": "2026-01-01", "elements": ["response/fornamn"], "expected": { "withhold": "not-needed" },
    });
    *case.pointer_mut(pointer).unwrap() = value;
    json!({ "kind": "ssbtx-cases", "version": 1, "policy": [case] })
}

async fn failed_with(pointer: &str, value: Value) -> String {
    told(policy_with(ARBETSMARKNAD, &case(pointer, value), MIV).await)
}

#[tokio::test]
async fn a_case_that_does_not_hold_is_told_by_its_promise_its_element_and_both_verdicts() {
    policy_with(ARBETSMARKNAD, &case("/promise", json!("as it is")), MIV).await.unwrap();
    assert_eq!(
        failed_with("/expected", json!({ "disclose": "ssbtx-arbetsmarknad" })).await,
        "case `names are not needed` does not hold: \
         verdict on `MIV/response/fornamn` is `withhold: not-needed`, expected `disclose: ssbtx-arbetsmarknad`"
    );
    assert_eq!(
        failed_with("/elements/0", json!("response/svarCollection/svar/tomDatum")).await,
        "case `names are not needed` does not hold: verdict on `MIV/response/svarCollection/svar/tomDatum` is \
         `disclose: ssbtx-arbetsmarknad`, expected `withhold: not-needed`"
    );
    assert_eq!(
        failed_with("/elements/0", json!("response/*")).await,
        "case `names are not needed` does not hold: \
         verdict on `MIV/response/korrelationsid` is `withhold: no-legal-basis`, expected `withhold: not-needed`"
    );
}

#[tokio::test]
async fn a_case_about_an_element_that_the_catalogue_does_not_have_does_not_hold() {
    assert_eq!(
        failed_with("/elements/0", json!("response/fornamnet")).await,
        "case `names are not needed` does not hold: catalogue of `MIV` has no element `response/fornamnet`"
    );
}

#[tokio::test]
async fn a_case_about_a_base_service_without_an_adapter_is_passed_over() {
    policy_with(ARBETSMARKNAD, &case("/agency", json!("AF")), MIV).await.unwrap();
}

#[tokio::test]
async fn a_policy_that_does_not_decide_fails_its_case() {
    assert_eq!(
        failed_with("/purpose", json!("nyfikenhet")).await,
        "case `names are not needed` does not hold: policy gives no decision: policy refuses: the role has no such purpose"
    );
}

#[tokio::test]
async fn a_policy_that_behaves_otherwise_than_its_cases_say_is_refused() {
    let cases = json_of(ARBETSMARKNAD);
    for (policy, expected) in [
        ("policies/ekonomiskt-bistand/policy.wasm", "expected `disclose: ssbtx-arbetsmarknad`"),
        ("guests/policy-honest.wasm", "` does not hold: "),
        ("guests/policy-unknown-basis.wasm", "` does not hold: "),
        ("guests/policy-traps.wasm", "policy gives no decision: "),
        ("guests/policy-loops.wasm", "policy gives no decision: "),
        ("guests/policy-miscounts.wasm", "policy gives no decision: "),
    ] {
        let told = told(policy_with(policy, &cases, MIV).await);
        assert!(told.contains(expected), "{policy}: {told}");
    }
}

#[tokio::test]
async fn a_policy_that_carries_the_cases_of_an_adapter_is_refused() {
    let failed = policy_with(ARBETSMARKNAD, &json_of(MIV), MIV).await.unwrap_err();
    assert!(matches!(failed, SelfTestFailed::Kind { .. }));
}

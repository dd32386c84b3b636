//! Adapters that do not do what their authors wrote down.

use serde_json::{Value, json};
use ssbtx_self_test::SelfTestFailed;

use crate::{adapter_with, json_of, told};

const MIV: &str = "adapters/miv/adapter.wasm";

/// Migrationsverket's case of this name, alone.
fn case(promise: &str) -> Value {
    let mut cases = json_of(MIV);
    let all = cases["adapter"].as_array().unwrap().clone();
    cases["adapter"] = all.into_iter().filter(|case| case["promise"] == promise).collect();
    assert_eq!(cases["adapter"].as_array().unwrap().len(), 1, "{promise}");
    cases
}

const ANSWERED: &str = "what is known of a person is answered";
const REFUSED: &str = "a refusal by the base service is a failure";
const SILENT: &str = "a reply that never comes is no answer";

/// How Migrationsverket's adapter fails a case of its own in which one value is another.
async fn failed_with(promise: &str, pointer: &str, value: Value) -> String {
    let mut cases = case(promise);
    *cases["adapter"][0].pointer_mut(pointer).unwrap() = value;
    told(adapter_with(MIV, &cases).await)
}

#[tokio::test]
async fn a_case_that_does_not_hold_is_told_by_its_promise_and_by_what_differs_without_a_value() {
    assert_eq!(
        failed_with(SILENT, "/replies/0/text", json!("unreachable")).await,
        "case `a reply that never comes is no answer` does not hold: state is `failed`, expected `timed-out`"
    );
    assert_eq!(
        failed_with(REFUSED, "/expected/failure/code", json!("MIV-1")).await,
        "case `a refusal by the base service is a failure` does not hold: failure is `BT MIV-500`, expected `BT MIV-1`"
    );
    assert_eq!(
        failed_with(ANSWERED, "/expected/document/response/svarCollection/svar/0/tomDatum", json!("2030-01-01")).await,
        "case `what is known of a person is answered` does not hold: \
         document is not the expected one at `/response/svarCollection/svar/0/tomDatum`"
    );
}

#[tokio::test]
async fn an_adapter_that_asks_for_more_or_less_than_was_recorded_fails_its_case() {
    assert_eq!(
        failed_with(ANSWERED, "/replies", json!([])).await,
        "case `what is known of a person is answered` does not hold: question comes to no outcome: reply 1 is not recorded"
    );
    let twice = json!([{ "text": "timed-out" }, { "text": "timed-out" }]);
    assert_eq!(
        failed_with(SILENT, "/replies", twice).await,
        "case `a reply that never comes is no answer` does not hold: adapter left 1 recorded replies unused"
    );
}

#[tokio::test]
async fn an_adapter_that_behaves_otherwise_than_its_cases_say_is_refused() {
    for (guest, expected) in [
        ("guests/honest.wasm", "document is not the expected one at `/"),
        (
            "guests/wrong-element.wasm",
            "question comes to no outcome: adapter failed, and a host would answer `SSBT-107`",
        ),
        ("guests/trap.wasm", "question comes to no outcome: adapter failed, and a host would answer `SSBT-106`"),
        (
            "guests/endless-loop.wasm",
            "question comes to no outcome: adapter failed, and a host would answer `SSBT-106`",
        ),
        ("adapters/tns/adapter.wasm", "state is `failed`, expected `answered`"),
    ] {
        let told = told(adapter_with(guest, &case(ANSWERED)).await);
        assert!(told.contains("case `what is known of a person is answered` does not hold: "), "{guest}: {told}");
        assert!(told.contains(expected), "{guest}: {told}");
    }
}

#[tokio::test]
async fn an_adapter_that_carries_the_cases_of_a_policy_is_refused() {
    let failed = adapter_with(MIV, &json_of("policies/arbetsmarknad/policy.wasm")).await.unwrap_err();
    assert!(matches!(failed, SelfTestFailed::Kind { .. }));
    assert_eq!(failed.to_string(), "component carries cases of a component that is `policy`, and is `adapter`");
}

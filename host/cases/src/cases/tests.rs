//! What cases are, and what they are not.

use serde_json::{Value, json};

use super::{CaseKind, Cases};
use crate::file::RelationFile;
use crate::policy_case::ExpectedVerdict;

fn policy_case() -> Value {
    json!({
        "promise": "names are not needed", "agency": "AF", "purpose": "arendehandlaggning", "relation": "subject", "consents": ["b", "a", "b"],
        "protectedIdentity": true, "askedOn": "2026-01-01", "elements": ["Svar/Fornamn", "Svar/*/@a"], "expected": { "withhold": "not-needed" },
    })
}

fn adapter_case() -> Value {
    json!({
        "promise": "a person is answered",
        "question": {
            "person": "197701172392",
            "period": { "from": "2026-01-01", "to": "2026-02-28" },
            "requester": { "organisationNumber": "162020000001", "name": "Exempelkommun", "caseworker": "hand01" },
            "caseId": "2026-0017", "purpose": "Ekonomiskt bistånd", "askedOn": "2026-03-01",
        },
        "replies": [{ "text": "HTTP/1.1 200 OK\n\n<a/>" }, { "base64": "SFRUUC8xLjEgMjAwIE9LCgr/" }, { "text": "timed-out" }],
        "expected": { "state": "answered", "marksProtection": false, "document": { "a": 1 } },
    })
}

fn of(kind: &str, cases: &[Value]) -> Value {
    json!({ "kind": "ssbtx-cases", "version": 1, kind: cases })
}

/// The error that this gives, with its causes.
#[track_caller]
fn refused(cases: &Value) -> String {
    let error = Cases::parse(cases.to_string().as_bytes()).unwrap_err();
    let mut told = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        told = format!("{told}: {error}");
        cause = error.source();
    }
    told
}

/// The error after one place of the one case of this kind has another value.
fn refused_with(kind: &str, case: Value, pointer: &str, value: Value) -> String {
    let mut case = case;
    *case.pointer_mut(pointer).unwrap() = value;
    refused(&of(kind, &[case]))
}

#[test]
fn ok_policy() {
    let json = of("policy", &[policy_case()]).to_string();
    let cases = Cases::parse(json.as_bytes()).unwrap();
    assert_eq!((cases.kind(), cases.len(), cases.as_json()), (Some(CaseKind::Policy), 1, json.as_bytes()));
    let [case] = cases.policy() else { panic!("there is one case") };
    let context = case.context(&"arbetsmarknad".parse().unwrap());
    assert_eq!(context.consents, ["a".parse().unwrap(), "b".parse().unwrap()], "in order, each once");
    assert!(context.protected_identity);
    assert_eq!(case.elements().len(), 2);
    assert!(matches!(case.expected(), ExpectedVerdict::Withhold(reason) if reason.label() == "not-needed"));
}

#[test]
fn ok_adapter() {
    let cases = Cases::parse(of("adapter", &[adapter_case()]).to_string().as_bytes()).unwrap();
    assert_eq!((cases.kind(), cases.len()), (Some(CaseKind::Adapter), 1));
    let [case] = cases.adapter() else { panic!("there is one case") };
    assert_eq!((case.promise().as_str(), case.replies().len()), ("a person is answered", 3));
}

#[test]
fn a_list_without_cases_is_no_cases() {
    let cases = Cases::parse(of("policy", &[]).to_string().as_bytes()).unwrap();
    assert_eq!((cases.kind(), cases.is_empty()), (None, true));
}

#[test]
fn every_relation_and_reason_of_the_contract_can_be_written() {
    for relation in ["subject", "household-adult", "household-child"] {
        assert!(serde_json::from_value::<RelationFile>(json!(relation)).is_ok(), "{relation}");
    }
    for reason in ["no-legal-basis", "not-needed", "protected-identity", "consent-missing", "wrong-relation"] {
        let mut case = policy_case();
        case["expected"]["withhold"] = json!(reason);
        let cases = Cases::parse(of("policy", &[case]).to_string().as_bytes()).unwrap();
        let [case] = cases.policy() else { panic!("there is one case") };
        assert!(matches!(case.expected(), ExpectedVerdict::Withhold(found) if found.label() == reason), "{reason}");
    }
}

#[test]
fn err_form() {
    let form = "cases are not of the form `ssbtx-cases`, version 1, with either `policy` or `adapter`";
    for other in [
        json!({ "kind": "ssbtx-cases", "version": 2, "policy": [] }),
        json!({ "kind": "ssbtx-grant", "version": 1, "policy": [] }),
        json!({ "kind": "ssbtx-cases", "version": 1 }),
        json!({ "kind": "ssbtx-cases", "version": 1, "policy": [], "adapter": [] }),
        json!({ "version": 1 }),
        json!([]),
    ] {
        assert_eq!(refused(&other), form, "{other}");
    }
}

#[test]
fn err_shape() {
    assert_eq!(Cases::parse(b"\x00asm").unwrap_err().to_string(), "cases are not in their form at line 1, column 1");
    let unknown = of("policy", &[]).to_string().replace("\"version\"", "\"annat\":1,\"version\"");
    assert!(
        Cases::parse(unknown.as_bytes()).unwrap_err().to_string().starts_with("cases are not in their form at line 1")
    );
    let nested = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    assert!(Cases::parse(nested.as_bytes()).unwrap_err().to_string().starts_with("cases are not in their form"));
    let nested = of("adapter", &[]).to_string().replace("[]", &nested);
    assert!(Cases::parse(nested.as_bytes()).unwrap_err().to_string().starts_with("cases are not in their form"));
}

#[test]
fn err_limits() {
    let spaces = " ".repeat(super::MOST_BYTES + 1);
    assert_eq!(
        Cases::parse(spaces.as_bytes()).unwrap_err().to_string(),
        "cases have 1048577 bytes, expected at most 1048576"
    );
    let many = vec![policy_case(); super::MOST_CASES + 1];
    assert_eq!(refused(&of("policy", &many)), "cases have 513 cases, expected at most 512");
    let mut wide = policy_case();
    wide["elements"] = json!(vec!["*"; super::MOST_ELEMENTS + 1]);
    assert_eq!(refused(&of("policy", &[wide])), "cases have 8193 paths of elements, expected at most 8192");
}

#[test]
fn err_policy_case() {
    let refused_with = |pointer: &str, value: Value| refused_with("policy", policy_case(), pointer, value);
    assert_eq!(
        refused_with("/promise", json!(" ")),
        "case 1 is none: promise is not 1 to 200 bytes on one line, without white space around it"
    );
    assert_eq!(
        refused_with("/agency", json!("af")),
        "case 1 is none: agency id is not 1 to 8 characters `A`–`Z` and `0`–`9`"
    );
    assert_eq!(refused_with("/elements", json!([])), "case 1 is none: it names no element");
    assert!(refused_with("/elements/0", json!("/a")).starts_with("case 1 is none: path of an element is not"));
    assert!(
        refused_with("/expected", json!({ "disclose": "A B" }))
            .starts_with("case 1 is none: purpose, consent or basis")
    );
    assert!(refused_with("/expected", json!({ "withhold": "a-whim" })).starts_with("cases are not in their form"));
    assert!(refused_with("/askedOn", json!("i dag")).starts_with("cases are not in their form"));
}

#[test]
fn err_adapter_case() {
    let refused_with = |pointer: &str, value: Value| refused_with("adapter", adapter_case(), pointer, value);
    assert_eq!(
        refused_with("/question/person", json!("x")),
        "case 1 is none: its question is none: `person` may not be tried with: \
         there is an identity number that is none of Skatteverket's published test numbers"
    );
    assert!(
        refused_with("/replies/1", json!({ "base64": "?" })).contains("its reply 2 is none: recording is not base64")
    );
    assert!(
        refused_with("/replies/0", json!({ "text": "hej" })).contains("its reply 1 is none: recording begins with")
    );
    assert_eq!(
        refused_with("/expected/state", json!("timed-out")),
        "case 1 is none: expected outcome is `timed-out` and has what no such outcome has"
    );
    let mut undated = adapter_case();
    undated["question"].as_object_mut().unwrap().remove("askedOn");
    assert_eq!(refused(&of("adapter", &[undated])), "case 1 is none: its question is none: `askedOn` is missing");
}

#[test]
fn nobody_but_a_published_test_person_is_found_in_cases_however_the_number_is_spelt() {
    let stranger = crate::sample::identity_number_of_nobody();
    let told = "cases may not be tried with: there is an identity number that is none of Skatteverket's published test numbers";
    let person = refused_with("adapter", adapter_case(), "/question/person", json!(stranger));
    assert_eq!(person, told);
    let escaped = of("adapter", &[adapter_case()]).to_string();
    let escaped = escaped.replace("a person is answered", &format!("\\u0032{}", stranger.strip_prefix('2').unwrap()));
    assert_eq!(Cases::parse(escaped.as_bytes()).unwrap_err().to_string(), "cases may not be tried with");
    let encoded = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, format!("HTTP/1.1 200 OK\n\n{stranger}"));
    let hidden = refused_with("adapter", adapter_case(), "/replies/0", json!({ "base64": encoded }));
    assert!(hidden.starts_with("case 1 is none: its reply 1 is none: recording may not be tried with"), "{hidden}");
}

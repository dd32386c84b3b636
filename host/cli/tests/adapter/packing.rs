//! `ssbtx adapter pack`, and what `check` makes of it.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use ssbtx_stage::components;

use crate::{adapter, json, on, trial};

/// A folder with one case of Migrationsverket's adapter, of which this is the expected outcome.
fn folder_of_cases(at: &Path, expected: &str) -> String {
    let (question, replies) = trial();
    let case = at.join("cases/a-permit-is-answered");
    fs::create_dir_all(case.join("replies")).unwrap();
    fs::copy(question, at.join("cases/question.json")).unwrap();
    fs::copy(Path::new(&replies).join("1.http"), case.join("replies/1.http")).unwrap();
    fs::write(case.join("expected.json"), expected).unwrap();
    at.join("cases").to_str().unwrap().to_owned()
}

/// What `try` prints for that case.
fn outcome() -> String {
    let (question, replies) = trial();
    let arguments = ["--question", &question, "--replies", &replies, "--format", "json"];
    let (_, result) = json(&on("try", "adapters/miv/adapter.wasm", &arguments));
    result["outcome"].to_string()
}

/// Packs Migrationsverket's adapter with a case of this outcome, then checks it.
fn checked(expected: &str) -> (Option<i32>, Value) {
    let folder = tempfile::tempdir().unwrap();
    let packed = folder.path().join("packed.wasm").to_str().unwrap().to_owned();
    let cases = folder_of_cases(folder.path(), expected);
    let (code, report) =
        json(&on("pack", "adapters/miv/adapter.wasm", &["--cases", &cases, "-o", &packed, "--format", "json"]));
    assert_eq!((code, &report["cases"]), (Some(0), &json!(["a permit is answered"])));
    let (code, found) = json(&adapter(folder.path(), &["check", &packed, "--format", "json"]));
    assert_eq!(found["sha256"], report["sha256"]);
    (code, found)
}

#[test]
fn what_try_prints_is_what_a_case_expects() {
    let (code, found) = checked(&outcome());
    assert_eq!((code, &found["cases"]), (Some(0), &json!(1)));
    assert!(!found["findings"].to_string().contains("case"), "{found}");
}

#[test]
fn a_case_that_does_not_hold_is_a_fault_and_ends_with_1() {
    let (code, found) = checked(&outcome().replace("2026-09-01", "2026-09-02"));
    assert_eq!((code, &found["findings"][0]["rule"]), (Some(1), &json!("case-broken")));
    let text = found["findings"][0]["text"].as_str().unwrap();
    assert!(
        text.starts_with("case `a permit is answered` does not hold: document is not the expected one at"),
        "{text}"
    );
    assert!(!text.contains("2026-09"), "it quotes a value: {text}");
}

#[test]
fn an_adapter_without_cases_is_warned_of_and_one_with_what_are_no_cases_is_at_fault() {
    let (code, found) = json(&on("check", "guests/honest.wasm", &["--format", "json"]));
    assert_eq!((code, &found["cases"]), (Some(0), &json!(0)));
    assert!(found["findings"].to_string().contains(r#"{"level":"warning","place":"","rule":"no-cases""#), "{found}");
    let folder = tempfile::tempdir().unwrap();
    let hostile = folder.path().join("hostile.wasm");
    // A custom section of 15 bytes: its name, of eleven, and three that are no JSON.
    let section = [&[0, 15, 11][..], b"ssbtx:cases", b"{]}"].concat();
    fs::write(&hostile, [components::read("guests/honest.wasm"), section].concat()).unwrap();
    let (code, found) = json(&adapter(folder.path(), &["check", "hostile.wasm", "--format", "json"]));
    assert_eq!(code, Some(1));
    assert!(found["findings"].to_string().contains("cases are not in their form at line 1, column 2"), "{found}");
}

#[test]
fn nothing_is_packed_about_anybody_but_a_published_test_person() {
    let folder = tempfile::tempdir().unwrap();
    let cases = folder_of_cases(folder.path(), &outcome());
    let question = folder.path().join("cases/question.json");
    fs::write(&question, fs::read_to_string(&question).unwrap().replace("197701172392", "197701172393")).unwrap();
    let packed = folder.path().join("packed.wasm");
    let output = on("pack", "adapters/miv/adapter.wasm", &["--cases", &cases, "-o", packed.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("`person` may not be tried with") && !told.contains("1977"), "{told}");
    assert!(!packed.exists());
}

//! `ssbtx adapter try`.

use std::fs;

use serde_json::json;

use crate::{json, on, trial};

#[test]
fn an_answer_is_shown_as_json_v1_has_it_with_what_the_catalogue_does_not_know() {
    let (question, replies) = trial();
    let arguments = ["--question", &question, "--replies", &replies, "--format", "json"];
    let (code, result) = json(&on("try", "adapters/miv/adapter.wasm", &arguments));
    assert_eq!(code, Some(0));
    assert_eq!(result["requests"][0]["path"], json!("/ssbtek/1"));
    let outcome = &result["outcome"];
    assert_eq!(outcome["state"], json!("answered"));
    assert_eq!((&outcome["unknownElements"], &outcome["marksProtection"]), (&json!(1), &json!(false)));
    assert_eq!(outcome["document"]["response"]["svarCollection"]["svar"][0]["tomDatum"], json!("2026-09-01"));
}

#[test]
fn a_reply_that_is_not_recorded_ends_with_2_after_the_request_is_shown_and_written() {
    let (question, _) = trial();
    let folder = tempfile::tempdir().unwrap();
    let requests = folder.path().join("requests");
    let arguments = ["--question", &question, "--requests", requests.to_str().unwrap()];
    let output = on("try", "adapters/miv/adapter.wasm", &arguments);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stdout).unwrap().contains("POST /ssbtek/1 HTTP/1.1"));
    assert!(String::from_utf8(output.stderr).unwrap().contains("reply 1 is not recorded"));
    let written = fs::read_to_string(requests.join("1.http")).unwrap();
    assert!(written.starts_with("POST /ssbtek/1 HTTP/1.1\r\n") && written.contains("findByPersonnummer"), "{written}");
}

#[test]
fn a_base_service_that_does_not_answer_is_an_outcome() {
    let (question, _) = trial();
    for (reply, state) in [("timed-out", "timed-out"), ("unreachable", "failed"), ("HTTP/1.1 503 Busy\n\n", "failed")] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("1.http"), reply).unwrap();
        let replies = folder.path().to_str().unwrap();
        let arguments = ["--question", &question, "--replies", replies, "--format", "json"];
        let (code, result) = json(&on("try", "adapters/miv/adapter.wasm", &arguments));
        assert_eq!((code, &result["outcome"]["state"]), (Some(0), &json!(state)), "{reply}");
    }
}

#[test]
fn an_adapter_that_breaks_its_contract_ends_with_1_and_the_code_that_a_host_answers_with() {
    let (question, replies) = trial();
    for (guest, code) in [("guests/wrong-element.wasm", "SSBT-107"), ("guests/endless-loop.wasm", "SSBT-106")] {
        let output = on("try", guest, &["--question", &question, "--replies", &replies]);
        assert_eq!(output.status.code(), Some(1), "{guest}");
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains(&format!("a host would answer `{code}`")), "{text}");
    }
}

#[test]
fn nobody_but_a_published_test_person_is_tried_with_and_no_number_is_quoted() {
    let (question, replies) = trial();
    let folder = tempfile::tempdir().unwrap();
    let replaced = |path: &str| fs::read_to_string(path).unwrap().replace("197701172392", "197701172393");
    let other = folder.path().join("question.json");
    fs::write(&other, replaced(&question)).unwrap();
    let output =
        on("try", "adapters/miv/adapter.wasm", &["--question", other.to_str().unwrap(), "--replies", &replies]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("`person` may not be tried with") && !told.contains("1977"), "{told}");
}

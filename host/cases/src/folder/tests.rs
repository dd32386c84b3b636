//! Cases as an author writes them.

use std::fs;
use std::path::Path;

use super::{NotRead, adapter_cases};

const QUESTION: &str = r#"{
  "person": "197701172392", "period": { "from": "2026-01-01", "to": "2026-02-28" },
  "requester": { "organisationNumber": "162020000001", "name": "A \" b", "caseworker": "hand01" },
  "caseId": "1", "purpose": "Ekonomiskt bistånd", "askedOn": "2026-03-01"
}"#;
const EXPECTED: &str =
    r#"{ "agency": "AF", "state": "answered", "marksProtection": false, "document": { "a": "b  \\\" c" } }"#;

fn write(folder: &Path, path: &str, content: &[u8]) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

#[test]
fn a_folder_is_a_case_named_by_what_it_promises_in_the_order_of_names() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    write(at, "question.json", QUESTION.as_bytes());
    write(at, "b-comes-second/question.json", QUESTION.replace("\"1\"", "\"2\"").as_bytes());
    write(at, "b-comes-second/expected.json", EXPECTED.as_bytes());
    write(at, "a-comes-first/expected.json", EXPECTED.as_bytes());
    write(at, "a-comes-first/replies/1.http", b"HTTP/1.1 200 OK\n\n<a/>");
    write(at, "a-comes-first/replies/2.http", b"HTTP/1.1 200 OK\n\n\xff");
    let cases = adapter_cases(at).unwrap();
    let told: Vec<_> = cases.adapter().iter().map(|case| (case.promise().as_str(), case.replies().len())).collect();
    assert_eq!(told, [("a comes first", 2), ("b comes second", 0)]);
    let json = std::str::from_utf8(cases.as_json()).unwrap();
    assert!(json.contains(r#""document":{"a":"b  \\\" c"}"#) && json.contains(r#""name":"A \" b""#), "{json}");
    assert!(json.contains(r#""base64":"#) && !json.contains(r#""agency""#), "{json}");
}

#[test]
fn what_is_not_there_or_not_as_it_should_be_is_told_by_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    assert!(matches!(adapter_cases(&at.join("gone")), Err(NotRead::Unreadable { .. })));
    assert!(matches!(adapter_cases(at), Err(NotRead::NoCase(_))));
    write(at, "a/expected.json", EXPECTED.as_bytes());
    assert!(matches!(adapter_cases(at), Err(NotRead::Unreadable { path, .. }) if path.ends_with("question.json")));
    write(at, "question.json", b"{");
    assert!(matches!(adapter_cases(at), Err(NotRead::NotJson { path, .. }) if path.ends_with("question.json")));
    write(at, "question.json", QUESTION.replace("2392", "2393").as_bytes());
    assert!(matches!(adapter_cases(at), Err(NotRead::Invalid { .. })));
    write(at, "question.json", QUESTION.as_bytes());
    write(at, "a/expected.json", b"{}");
    assert!(matches!(adapter_cases(at), Err(NotRead::Outcome { path, .. }) if path.ends_with("a/expected.json")));
}

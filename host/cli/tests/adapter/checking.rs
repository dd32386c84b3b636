//! `ssbtx adapter check`.

use serde_json::json;

use crate::{json, on};

#[test]
fn an_adapter_in_order_ends_with_0_and_is_told_by_its_digest_limits_and_findings() {
    let (code, found) = json(&on("check", "adapters/miv/adapter.wasm", &["--format", "json"]));
    assert_eq!(code, Some(0));
    assert_eq!((&found["agency"], &found["upstreams"]), (&json!("MIV"), &json!(["base-service"])));
    assert_eq!(found["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(found["uses"][0]["most"], json!(4_194_304));
    assert_eq!(found["findings"][1]["rule"], json!("taken-along"));
    assert_eq!(found.get("changes"), None);
}

#[test]
fn a_component_that_no_host_admits_ends_with_1_and_says_why() {
    for (guest, reason) in [
        ("guests/undeclared-import.wasm", "component imports `now`, expected no import"),
        ("guests/broken-catalogue.wasm", "element 3 `Datum` has no parent before it"),
        ("guests/loops-in-describe.wasm", "it ran longer than it may"),
        ("guests/policy-honest.wasm", "component exports `ssbtx:policy/field-filter@1.0.0`"),
    ] {
        let output = on("check", guest, &[]);
        assert_eq!(output.status.code(), Some(1), "{guest}");
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.starts_with("not admitted: ") && text.contains(reason), "{text}");
        let (code, found) = json(&on("check", guest, &["--format", "json"]));
        assert!(code == Some(1) && found["failed"].as_str().unwrap().contains(reason), "{found}");
    }
}

#[test]
fn an_adapter_changes_nothing_against_itself_and_everything_against_another() {
    let component = ssbtx_stage::components::path("adapters/miv/adapter.wasm");
    let against = |component: &str| {
        let old = component.to_owned();
        json(&on("check", "adapters/miv/adapter.wasm", &["--format", "json", "--against", &old]))
    };
    let (code, same) = against(component.to_str().unwrap());
    assert_eq!((code, &same["changes"]), (Some(0), &json!([])));
    let (code, other) = against(ssbtx_stage::components::path("adapters/tns/adapter.wasm").to_str().unwrap());
    assert_eq!(other["changes"][0], json!({ "kind": "agency", "place": "", "old": "TNS", "new": "MIV" }));
    // Both are of version 1.0.0, and a catalogue that changed is not.
    assert_eq!((code, &other["findings"][0]["rule"]), (Some(1), &json!("version-unchanged")));
}

#[test]
fn a_file_that_is_not_there_ends_with_2() {
    let output = crate::adapter(std::path::Path::new("."), &["check", "no-such.wasm"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("Error: read the component `no-such.wasm`"));
}

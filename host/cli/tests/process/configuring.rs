//! What the operator is told of a configuration, without a host.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::place::Place;

fn config(command: &str, file: &Path, more: &[&str]) -> Output {
    let arguments = ["config", command, "--config", file.to_str().unwrap()];
    Command::new(env!("CARGO_BIN_EXE_ssbtx")).args(arguments).args(more).output().unwrap()
}

#[test]
fn a_configuration_is_shown_with_origins_and_without_what_is_secret() {
    let place = Place::new();
    let file = place.configuration(None);
    let shown = config("show", &file, &["--format", "json"]);
    assert!(shown.status.success(), "{}", String::from_utf8_lossy(&shown.stderr));
    let shown = String::from_utf8(shown.stdout).unwrap();
    let told: serde_json::Value = serde_json::from_str(&shown).unwrap();
    let key = |name: &str| told["keys"].as_array().unwrap().iter().find(|one| one["key"] == name).unwrap().clone();
    let at = |line: usize| format!("{}:{line}", file.display());
    assert_eq!(
        key("listen.address"),
        serde_json::json!({ "key": "listen.address", "value": "127.0.0.1:0", "origin": at(4) })
    );
    assert_eq!(key("listen.max-connections")["origin"], "default");
    assert_eq!(key("sandbox.call-time-ms")["value"], 200);
    assert_eq!(key("consumer[0].organisation-number")["value"], "162020000001");
    let subject_key = fs::read_to_string(place.path().join("subject.key")).unwrap();
    assert!(!shown.contains(&subject_key) && !shown.contains("PRIVATE"), "{shown}");
    let text = String::from_utf8(config("show", &file, &[]).stdout).unwrap();
    assert!(text.lines().any(|line| line.starts_with("listen.drain-ms = 0 ") && line.ends_with(&at(9))), "{text}");
}

#[test]
fn a_check_tells_every_fault_of_both_files_and_ends_with_one() {
    let place = Place::new();
    let file = place.configuration(None);
    let checked = config("check", &file, &[]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("drain-ms = 0", "drain-ms = -1").replace("[log]", "[logs]")).unwrap();
    let consumers = place.path().join("consumers.toml");
    let text = fs::read_to_string(&consumers).unwrap();
    fs::write(&consumers, text.replacen("role = ", "rolle = ", 1)).unwrap();
    let checked = config("check", &file, &[]);
    let told = String::from_utf8(checked.stderr).unwrap();
    assert_eq!(checked.status.code(), Some(1));
    for part in [
        ": 4 faults:",
        "ssbtx.toml:9: listen.drain-ms: `-1` is not 0 to",
        ": logs: unknown key",
        ".rolle: unknown key",
        "certificate[0].role: missing",
    ] {
        assert!(told.contains(part), "`{part}` is not in\n{told}");
    }
}

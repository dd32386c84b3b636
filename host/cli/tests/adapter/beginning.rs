//! `ssbtx adapter new`.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;
use ssbtx_stage::components;

use crate::{adapter, json};

#[test]
fn a_new_adapter_builds_passes_its_tests_is_admitted_and_answers() {
    let copy = workspace_of_its_own();
    let output = adapter(&copy, &["new", "XX", "--name", "Exempelmyndigheten"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));

    cargo(&copy, &["fmt", "--check", "--package", "ssbtx-adapter-exempelmyndigheten"]);
    cargo(&copy, &["test", "--offline", "--quiet", "--package", "ssbtx-adapter-exempelmyndigheten"]);
    cargo(&copy, &["run", "--offline", "--quiet", "--package", "xtask", "--", "plugins"]);

    let component = "target/components/adapters/xx/adapter.wasm";
    let (code, found) = json(&adapter(&copy, &["check", component, "--format", "json"]));
    assert_eq!((code, &found["agency"], &found["cases"]), (Some(0), &json!("XX"), &json!(1)));
    assert_eq!(found["findings"].as_array().unwrap().len(), 1, "{found}");
    let [question, replies] = ["question.json", "an-open-matter-is-answered/replies"]
        .map(|name| format!("plugins/exempelmyndigheten/cases/{name}"));
    let arguments = ["try", component, "--question", &question, "--replies", &replies, "--format", "json"];
    let (code, result) = json(&adapter(&copy, &arguments));
    assert_eq!(code, Some(0));
    assert_eq!(result["outcome"]["document"], json!({ "Status": "OPPET", "FranOchMed": "2026-01-12" }));
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("plugins/xx")).unwrap();
    let output = adapter(folder.path(), &["new", "XX"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "Error: `plugins/xx` is there already\n");
    assert_eq!(fs::read_dir(folder.path().join("plugins/xx")).unwrap().count(), 0);
}

/// This workspace with nothing in it but what an adapter is built from, and with what is compiled already.
///
/// Everything is linked but the manifest, the lock file and the components, which are its own.
fn workspace_of_its_own() -> PathBuf {
    let (here, temporary) = (components::workspace(), Path::new(env!("CARGO_TARGET_TMPDIR")));
    let copy = temporary.join("new-adapter");
    if copy.exists() {
        fs::remove_dir_all(&copy).unwrap();
    }
    for folder in ["host", "plugins", "policies", "tests/guests", "own", "target"] {
        fs::create_dir_all(copy.join(folder)).unwrap();
    }
    for path in [
        "wit",
        "rustfmt.toml",
        "host/cases",
        "host/core",
        "plugins/kit",
        "plugins/catalogue-source",
        "plugins/rehearsal",
        "policies/source",
        "tests/published",
    ] {
        symlink(here.join(path), copy.join(path)).unwrap();
    }
    // Elsewhere than in this workspace, so that cargo compiles it anew: it builds the workspace that it was compiled in.
    symlink(here.join("host/xtask"), copy.join("own/xtask")).unwrap();
    for path in ["debug", "guests"] {
        let compiled = temporary.parent().unwrap().join(path);
        fs::create_dir_all(&compiled).unwrap();
        symlink(compiled, copy.join("target").join(path)).unwrap();
    }
    fs::copy(here.join("Cargo.lock"), copy.join("Cargo.lock")).unwrap();
    let manifest = fs::read_to_string(here.join("Cargo.toml")).unwrap();
    let (before, rest) = manifest.split_once("members = [").unwrap();
    let (_, after) = rest.split_once(']').unwrap();
    let manifest = format!("{before}members = [\"own/xtask\", \"plugins/*\"]{after}");
    fs::write(copy.join("Cargo.toml"), manifest).unwrap();
    copy
}

#[track_caller]
fn cargo(folder: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO")).current_dir(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

//! `ssbtx policy new`.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use ssbtx_stage::components;

use crate::office::Ended;

#[test]
fn a_new_policy_builds_passes_its_tests_and_is_closed_but_for_its_example() {
    let copy = workspace_of_its_own();
    let new = ["new", "budgetradgivning", "--title", "Budget- och skuldrådgivning", "--example", "AF/inskrivning"];
    let ended = policy(&copy, &new).done();
    assert!(ended.said.contains("policies/budgetradgivning: crate ssbtx-policy-budgetradgivning"), "{ended:#?}");

    cargo(&copy, &["fmt", "--check", "--package", "ssbtx-policy-budgetradgivning"]);
    cargo(&copy, &["test", "--offline", "--quiet", "--package", "ssbtx-policy-budgetradgivning"]);
    cargo(&copy, &["run", "--offline", "--quiet", "--package", "xtask", "--", "plugins"]);

    let component = "target/components/policies/budgetradgivning/policy.wasm";
    let check = policy(&copy, &["check", component, "--adapters", ADAPTERS, "--format", "json"]).done().json();
    assert_eq!(check["role"], "budgetradgivning");
    let services = check["baseServices"].as_array().unwrap();
    assert!(services.iter().all(|tally| tally["disclosed"] == 0), "{check:#}");
    assert!(services.iter().filter(|tally| tally["ifPendingAccepted"] != 0).all(|tally| tally["baseService"] == "AF"));
    let grant = policy(&copy, &["grant", component, "--adapters", ADAPTERS, "--agency", "AF"]).done().said;
    assert!(grant.contains("AF/inskrivning"), "{grant}");
}

#[test]
fn nothing_that_is_there_is_written_over_and_an_example_is_in_a_catalogue() {
    let folder = tempfile::tempdir().unwrap();
    let adapters = components::path("adapters");
    let adapters = adapters.to_str().unwrap();
    policy(folder.path(), &["new", "a", "--adapters", adapters, "--example", "AF/ingenting"])
        .not_done("no catalogue lists the dataset `AF/ingenting`");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    fs::create_dir_all(folder.path().join("policies/a")).unwrap();
    policy(folder.path(), &["new", "a", "--adapters", adapters]).not_done("`policies/a` is there already");
}

/// Where `cargo xtask plugins` puts adapters.
const ADAPTERS: &str = "target/components/adapters";

fn policy(folder: &Path, arguments: &[&str]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ssbtx"));
    Ended::of(&command.current_dir(folder).arg("policy").args(arguments).output().unwrap())
}

/// This workspace with nothing in it but what a policy is built from, and with what is compiled already.
///
/// Everything is linked but the manifest, the lock file and the components, which are its own.
fn workspace_of_its_own() -> PathBuf {
    let (here, temporary) = (components::workspace(), Path::new(env!("CARGO_TARGET_TMPDIR")));
    let copy = temporary.join("new-policy");
    if copy.exists() {
        fs::remove_dir_all(&copy).unwrap();
    }
    for folder in ["host", "plugins", "policies", "tests/guests", "policy-s-own", "target/components"] {
        fs::create_dir_all(copy.join(folder)).unwrap();
    }
    for path in [
        "wit",
        "rustfmt.toml",
        "host/cases",
        "host/core",
        "plugins/catalogue-source",
        "policies/engine",
        "policies/source",
        "policies/rehearsal",
        "tests/published",
    ] {
        symlink(here.join(path), copy.join(path)).unwrap();
    }
    catalogues(&here.join("plugins"), &copy.join("plugins"));
    crate::office::copy(&components::path("adapters"), &copy.join("target/components/adapters"));
    // It builds the workspace that it was compiled in, and cargo tells packages apart by their path within the workspace: so that it is compiled
    // anew it lies where it does in no other workspace that shares what is compiled.
    symlink(here.join("host/xtask"), copy.join("policy-s-own/xtask")).unwrap();
    for path in ["debug", "guests"] {
        let compiled = temporary.parent().unwrap().join(path);
        fs::create_dir_all(&compiled).unwrap();
        symlink(compiled, copy.join("target").join(path)).unwrap();
    }
    fs::copy(here.join("Cargo.lock"), copy.join("Cargo.lock")).unwrap();
    let manifest = fs::read_to_string(here.join("Cargo.toml")).unwrap();
    let (before, rest) = manifest.split_once("members = [").unwrap();
    let (_, after) = rest.split_once(']').unwrap();
    let manifest = format!("{before}members = [\"policy-s-own/xtask\", \"policies/*\"]{after}");
    fs::write(copy.join("Cargo.toml"), manifest).unwrap();
    copy
}

/// What the adapters say that they can disclose, without the adapters: the policy's tests read it, and nothing of it is built.
fn catalogues(from: &Path, to: &Path) {
    for adapter in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let own = to.join(adapter.file_name().unwrap());
        if !adapter.join("catalogue.toml").is_file() || own.exists() {
            continue;
        }
        fs::create_dir(&own).unwrap();
        for file in fs::read_dir(&adapter).unwrap().map(|entry| entry.unwrap().path()) {
            let name = file.file_name().unwrap();
            if name != "Cargo.toml" {
                symlink(&file, own.join(name)).unwrap();
            }
        }
    }
}

#[track_caller]
fn cargo(folder: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO")).current_dir(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

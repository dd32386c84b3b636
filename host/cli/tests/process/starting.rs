//! What would fail at the first question is told before there is one.

use std::path::Path;
use std::process::{Command, Output};

use crate::place::Place;

fn ssbtx(command: &str, configuration: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ssbtx")).arg(command).arg("--config").arg(configuration).output().unwrap()
}

#[test]
fn an_adapter_without_its_upstream_is_told_before_anybody_asks() {
    let place = Place::new();
    let configuration = place.configuration(None);
    for command in ["check", "serve"] {
        let ended = ssbtx(command, &configuration);
        let told = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(!ended.status.success(), "{told}");
        let missing = "`[[upstream]]` is missing for loaded adapters:\n  agency `AF`, name `base-service`";
        assert!(told.contains(missing), "{told}");
    }
    assert!(!place.audit_folder().exists(), "no log is begun for a host that does not start");
}

#[test]
fn a_role_that_no_policy_decides_for_is_told_by_the_check_that_finds_the_rest_in_order() {
    let place = Place::new();
    let ended = ssbtx("check", &place.configuration(Some("127.0.0.1:8443".parse().unwrap())));
    let (said, told) = (String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
    assert!(ended.status.success() && said.ends_with("ssbtx.toml is in order\n"), "{said}{told}");
    assert!(told.contains("\"role\":\"arbetsmarknad\"") && told.contains("no policy decides"), "{told}");
    assert!(!place.audit_folder().exists(), "a check leaves nothing behind");
}

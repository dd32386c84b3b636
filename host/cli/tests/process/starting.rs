//! What would fail at the first question is told before there is one, and what fails later does not stop a host from starting.

use std::path::Path;
use std::process::{Command, Output};

use ssbtx_stage::host::Host;

use crate::place::Place;

fn ssbtx(command: &str, configuration: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ssbtx")).args([command, "--demo", "--config"]).arg(configuration).output().unwrap()
}

#[test]
fn an_adapter_without_its_upstream_is_told_before_anybody_asks() {
    let place = Place::new();
    let configuration = place.configuration(None);
    for command in ["check", "serve"] {
        let ended = ssbtx(command, &configuration);
        let told = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(!ended.status.success(), "{told}");
        let missing = "`[[upstream]]` is missing for adapters: agency `AF`, name `base-service`";
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
    assert!(!place.path().join("state").exists(), "a check leaves nothing behind");
}

#[test]
fn a_host_tells_where_it_serves_and_where_it_can_be_looked_at() {
    let place = Place::new();
    let configuration = place.configuration(Some("127.0.0.1:8443".parse().unwrap()));
    let host = Host::start(&configuration, &place.path().join("host.log")).unwrap();
    assert_ne!(host.address(), host.admin_address().unwrap());
    host.stop().unwrap();
}

#[test]
fn a_host_whose_repository_is_gone_starts_again_on_its_last_good_copy_and_says_so() {
    let place = Place::new();
    let configuration = place.configuration(Some("127.0.0.1:8443".parse().unwrap()));
    let log = place.path().join("host.log");
    Host::start(&configuration, &log).unwrap().stop().unwrap();
    std::fs::remove_dir_all(place.repository.directory()).unwrap();
    let host = Host::start(&configuration, &log).unwrap();
    let logged = host.logged().unwrap();
    for told in ["source gives no set to begin with", "host begins with its last good copy"] {
        assert!(logged.contains(told), "{logged}");
    }
    host.stop().unwrap();
}

#[test]
fn a_host_with_neither_repository_nor_last_good_copy_tells_both_reasons() {
    let place = Place::new();
    let configuration = place.configuration(Some("127.0.0.1:8443".parse().unwrap()));
    std::fs::remove_dir_all(place.repository.directory()).unwrap();
    let ended = ssbtx("serve", &configuration);
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(!ended.status.success(), "{told}");
    for reason in ["the source: source cannot be reached: ", "the last good copy: "] {
        assert!(told.contains(reason), "{told}");
    }
}

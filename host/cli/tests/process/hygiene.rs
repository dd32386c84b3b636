//! A host keeps its memory and its keys to itself, and takes no keys of the demo for real ones.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::Command;

use ssbtx_stage::host::Host;

use crate::place::Place;

#[test]
fn a_host_leaves_no_core_dump_and_lets_no_other_process_read_its_memory() {
    let place = Place::new();
    let host = Host::start(&with_agency(&place), &place.path().join("host.log")).unwrap();
    let process = Path::new("/proc").join(host.process().to_string());
    let limits = fs::read_to_string(process.join("limits")).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{core}");
    // What belongs to a process that may not be dumped belongs to root, whoever runs it: proc(5).
    assert_eq!(fs::metadata(process.join("mem")).unwrap().uid(), 0);
    assert!(host.logged().unwrap().contains("core dumps are off"));
    host.stop().unwrap();
}

#[test]
fn keys_of_the_demo_are_refused_unless_it_is_a_demo() {
    let place = Place::new();
    let configuration = with_agency(&place);
    for command in ["check", "serve"] {
        let ended = Command::new(env!("CARGO_BIN_EXE_ssbtx")).args([command, "--config"]).arg(&configuration).output();
        let ended = ended.unwrap();
        let told = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(!ended.status.success() && told.contains("`--demo`"), "{told}");
        for key in [
            "listen.certificate-chain",
            "listen.client-roots",
            "upstream.AF.base-service.roots",
            "audit.subject-key",
            "trust.root",
        ] {
            assert!(told.contains(&format!("`{key}`")), "{key} in {told}");
        }
    }
    assert!(!place.audit_folder().exists(), "no log is begun for a host that does not start");
}

#[test]
fn a_private_key_that_others_may_read_is_told_with_its_line_and_mode() {
    let place = Place::new();
    let configuration = with_agency(&place);
    for key in [&place.pki.host.key, &place.pki.upstream.key] {
        fs::set_permissions(key, fs::Permissions::from_mode(0o640)).unwrap();
    }
    let told = check(&configuration);
    let line = |key: &str| {
        format!("{key}: `{}` has mode `640`, expected no access for group and others", place.pki.host.key.display())
    };
    assert!(told.contains(&line("listen.private-key")) && told.contains(&line("admin.private-key")), "{told}");
    assert!(told.contains("upstream.key` has mode `640`"), "{told}");
}

#[test]
fn a_file_of_the_configuration_that_everybody_may_write_is_told() {
    let place = Place::new();
    let configuration = with_agency(&place);
    fs::set_permissions(place.path().join("consumers.toml"), fs::Permissions::from_mode(0o666)).unwrap();
    let told = check(&configuration);
    assert!(told.contains("consumers.toml` has mode `666`, expected a file that others cannot write"), "{told}");
}

fn with_agency(place: &Place) -> std::path::PathBuf {
    place.configuration(Some("127.0.0.1:8443".parse().unwrap()))
}

fn check(configuration: &Path) -> String {
    let arguments = ["check", "--demo", "--config"];
    let ended = Command::new(env!("CARGO_BIN_EXE_ssbtx")).args(arguments).arg(configuration).output().unwrap();
    assert!(!ended.status.success());
    String::from_utf8_lossy(&ended.stderr).into_owned()
}

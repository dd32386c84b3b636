//! What is shipped beside the binary: the unit gives the host nothing that it does not need, and the example configuration has no key that is not known.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking; clippy's own exemption does not reach helper functions"
)]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use ssbtx_stage::components::workspace;

#[test]
fn the_unit_exposes_no_more_than_a_service_on_the_network_must() {
    let unit = packaged("systemd/ssbtx.service");
    // The exposure in tenths, of 100: what systemd itself calls "OK" ends at 40.
    let judged = Command::new("systemd-analyze")
        .args(["security", "--offline=true", "--threshold=15", "--no-pager"])
        .arg(&unit)
        .output()
        .unwrap();
    assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stdout));
}

#[test]
fn the_unit_has_no_line_that_systemd_does_not_know() {
    // It names the installed program, which is not on this machine.
    let unit = fs::read_to_string(packaged("systemd/ssbtx.service")).unwrap().replace("/usr/bin/ssbtx", "/bin/true");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ssbtx.service");
    fs::write(&file, unit).unwrap();
    let verified = Command::new("systemd-analyze").args(["verify", "--man=no"]).arg(&file).output().unwrap();
    let told = String::from_utf8_lossy(&verified.stderr);
    assert!(verified.status.success() && !told.contains("Unknown"), "{told}");
}

#[test]
fn the_example_configuration_lacks_nothing_but_the_files_that_it_names() {
    // What a check makes lies in a folder of the installed host's, which a test has no business in.
    let folder = tempfile::tempdir().unwrap();
    for file in EXAMPLES {
        let example = example(file).replace("/var/lib/ssbtx", &folder.path().to_string_lossy());
        fs::write(folder.path().join(file), example).unwrap();
    }
    let check = Command::new(env!("CARGO_BIN_EXE_ssbtx"))
        .args(["config", "check", "--config"])
        .arg(folder.path().join("ssbtx.toml"))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&check.stderr);
    let faults: Vec<_> = told.lines().filter(|line| line.contains(".toml:")).collect();
    assert!(!faults.is_empty(), "{told}");
    for fault in faults {
        assert!(fault.contains("No such file or directory"), "{fault}");
    }
}

#[test]
fn the_guide_tells_of_every_file_and_folder_that_the_example_configuration_names() {
    let guide = fs::read_to_string(workspace().join("docs/operations.md")).unwrap();
    let examples = EXAMPLES.map(example).concat();
    let set = examples.lines().filter(|line| !line.starts_with('#'));
    let texts = set.flat_map(|line| line.split('"').skip(1).step_by(2));
    let named: Vec<&str> = texts.filter(|text| is_file_or_folder(text)).collect();
    assert!(named.len() >= 20, "{named:?}");
    for one in named {
        assert!(guide.contains(&format!("`{one}`")), "`{one}` is not in the guide");
    }
}

fn is_file_or_folder(text: &str) -> bool {
    let ending = text.rsplit_once('.').map(|(_, ending)| ending);
    text.starts_with('/') || ["crl", "json", "key", "pem", "toml"].map(Some).contains(&ending)
}

fn example(file: &str) -> String {
    fs::read_to_string(packaged("etc").join(file)).unwrap()
}

fn packaged(file: &str) -> PathBuf {
    workspace().join("packaging").join(file)
}

const EXAMPLES: [&str; 2] = ["ssbtx.toml", "consumers.toml"];

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
fn the_memory_of_a_host_is_in_pages_of_the_ordinary_size() {
    let place = Place::new();
    let host = Host::start(&with_agency(&place), &place.path().join("host.log")).unwrap();
    let status = fs::read_to_string(Path::new("/proc").join(host.process().to_string()).join("status")).unwrap();
    assert!(status.lines().any(|line| line.split_whitespace().eq(["THP_enabled:", "0"])), "{status}");
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
            "cases.key",
            "trust.root",
        ] {
            assert!(told.contains(&format!("`{key}`")), "{key} in {told}");
        }
    }
    assert!(!place.audit_folder().exists(), "no log is begun for a host that does not start");
}

#[test]
fn a_subject_key_of_the_demo_is_refused_where_it_was_the_one_before_too() {
    let place = Place::new();
    let configuration = with_agency(&place);
    private(&place.path().join("own.key"), &"01".repeat(32));
    let keys = "subject-key = \"own.key\"\noverlapping-subject-key = \"subject.key\"\nearlier-subject-keys = [\"own.key\", \"subject.key\"]";
    replace(&configuration, "subject-key = \"subject.key\"", keys);
    let ended = Command::new(env!("CARGO_BIN_EXE_ssbtx")).args(["check", "--config"]).arg(&configuration).output();
    let told = String::from_utf8_lossy(&ended.unwrap().stderr).into_owned();
    assert!(told.contains("`audit.overlapping-subject-key`, `audit.earlier-subject-keys`, "), "{told}");
    assert!(!told.contains("`audit.subject-key`"), "{told}");
}

#[test]
fn a_private_key_that_others_may_read_is_told_with_its_line_and_mode() {
    let place = Place::new();
    let configuration = with_agency(&place);
    private(&place.path().join("password"), "secret\n");
    for key in [&place.pki.host.key, &place.pki.upstream.key, &place.path().join("password")] {
        fs::set_permissions(key, fs::Permissions::from_mode(0o640)).unwrap();
    }
    let pki = |name: &str| format!("\"{}\"", place.path().join("pki").join(name).display());
    let (roots, chain, key) = (pki("agency-roots.pem"), pki("upstream.pem"), pki("upstream.key"));
    let directory = format!("directory = \"{}\"", place.audit_folder().display());
    replace(&configuration, &directory, "sink = \"postgresql\"");
    let tables = format!(
        "[audit.postgresql]\nhost = \"db.example.se\"\ndatabase = \"ssbtx\"\nuser = \"ssbtx\"\nlog = \"a/1\"\npassword = \"password\"\n\
         roots = {roots}\ncertificate-chain = {chain}\nprivate-key = {key}\n\n\
         [telemetry]\notlp-endpoint = \"https://localhost:4318\"\notlp-roots = {roots}\notlp-certificate-chain = {chain}\n\
         otlp-private-key = {key}\n\n[log]"
    );
    replace(&configuration, "[log]", &tables);
    let told = check(&configuration);
    let line = |key: &str| {
        format!("{key}: `{}` has mode `640`, expected no access for group and others", place.pki.host.key.display())
    };
    assert!(told.contains(&line("listen.private-key")) && told.contains(&line("admin.private-key")), "{told}");
    for key in ["upstream[0].private-key", "audit.postgresql.private-key", "telemetry.otlp-private-key"] {
        let line = format!("{key}: `{}` has mode `640`, expected no access", place.pki.upstream.key.display());
        assert!(told.contains(&line), "{line} in {told}");
    }
    assert!(told.contains("audit.postgresql.password: `"), "{told}");
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

/// Writes a file that its owner alone may read.
fn private(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

/// Replaces a part of a configuration, which must be there.
fn replace(configuration: &Path, part: &str, by: &str) {
    let text = fs::read_to_string(configuration).unwrap();
    assert!(text.contains(part), "`{part}` is not in\n{text}");
    fs::write(configuration, text.replacen(part, by, 1)).unwrap();
}

fn check(configuration: &Path) -> String {
    let arguments = ["check", "--demo", "--config"];
    let ended = Command::new(env!("CARGO_BIN_EXE_ssbtx")).args(arguments).arg(configuration).output().unwrap();
    assert!(!ended.status.success());
    String::from_utf8_lossy(&ended.stderr).into_owned()
}

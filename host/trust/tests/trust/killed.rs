//! A host that is killed comes back.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use ssbtx_stage::repository::{DemoRepository, DemoTarget};
use ssbtx_trust::{LastGood, RepositorySettings, load};
use tempfile::TempDir;

use crate::stage::{ADAPTER, adapter};

/// The folder that a child keeps sets in; nobody else has it set.
const HOME: &str = "SSBTX_TEST_KEEPS_IN";
/// What a child says when it has kept its first set, before the nanoseconds that this took.
const READY: &str = "kept once in ns: ";

#[tokio::test]
async fn a_host_that_is_killed_while_it_keeps_comes_back_on_the_old_or_the_new_set() {
    let home = TempDir::new().unwrap();
    make_two_repositories(home.path());
    let settings = [settings(home.path(), "old"), settings(home.path(), "new")];
    let mut fingerprints = Vec::new();
    for settings in &settings {
        fingerprints.push(load(settings).await.unwrap().fingerprint());
    }
    let mut found = [0, 0];
    for _ in 0..50 {
        let (mut child, once) = child(home.path());
        // Anywhere in the time that keeping four sets takes here: this only picks the point at which the child is killed.
        let nanos = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().subsec_nanos();
        std::thread::sleep(once * (nanos % 4001) / 1000);
        child.kill().unwrap();
        child.wait().unwrap();
        let copy = LastGood::open(home.path().join("state")).unwrap();
        let set = copy.recall(&settings[0], Duration::ZERO).await.unwrap();
        let which = fingerprints.iter().position(|fingerprint| *fingerprint == set.fingerprint()).unwrap();
        assert_eq!(adapter(&set), [&b"old"[..], b"new"][which]);
        found[which] += 1;
    }
    assert!(found.iter().all(|times| *times > 0), "{found:?}: one of the two was never found");
}

/// In a child process, keeps one set and the other in turn until it is killed; elsewhere, nothing.
#[tokio::test]
async fn nothing_is_kept_by_a_process_that_is_not_told_to() {
    let Some(home) = env::var_os(HOME) else { return };
    let home = Path::new(&home);
    let sets = [load(&settings(home, "old")).await.unwrap(), load(&settings(home, "new")).await.unwrap()];
    let copy = LastGood::open(home.join("state")).unwrap();
    let begun = Instant::now();
    copy.keep(&sets[0]).unwrap();
    writeln!(std::io::stdout(), "{READY}{}", begun.elapsed().as_nanos()).unwrap();
    for set in sets.iter().rev().cycle() {
        copy.keep(set).unwrap();
    }
}

/// A child that keeps sets, and how long it takes to keep one.
fn child(home: &Path) -> (Child, Duration) {
    let test = "killed::nothing_is_kept_by_a_process_that_is_not_told_to";
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(HOME, home)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.as_mut().unwrap()).lines().map(Result::unwrap);
    let nanos = lines.find_map(|line| Some(line.split_once(READY)?.1.parse().unwrap()));
    (child, Duration::from_nanos(nanos.unwrap()))
}

fn make_two_repositories(home: &Path) {
    let target = |bytes: &str| DemoTarget::new(ADAPTER, bytes);
    let mut repository = DemoRepository::create(home, &[target("old")]).unwrap();
    copy_folder(&repository.directory(), &home.join("old"));
    repository.list("af", &target("new")).unwrap();
    for role in ["af", "snapshot", "timestamp"] {
        repository.document_mut(role).unwrap().set("version", 2);
    }
    repository.publish().unwrap();
    copy_folder(&repository.directory(), &home.join("new"));
}

fn settings(home: &Path, which: &str) -> RepositorySettings {
    RepositorySettings::new(fs::read(home.join("root.json")).unwrap(), home.join(which))
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

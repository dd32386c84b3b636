//! Persons with keys, and a repository that they made with commands alone.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use ssbtx_stage::components;
use ssbtx_stage::host::binary;
use tempfile::TempDir;

use crate::play::Play;

/// A folder with keys, changes and a repository.
pub(super) struct Office(TempDir);

impl Office {
    /// A repository with an adapter, a policy and the grant that it needs.
    pub(super) fn founded() -> Self {
        // Made once and copied: making a key costs what it should cost to guess its passphrase.
        static FOUNDED: OnceLock<Office> = OnceLock::new();
        let founded = FOUNDED.get_or_init(|| {
            let office = Self(tempfile::tempdir().unwrap());
            office.found();
            office.fill();
            office
        });
        let office = Self(tempfile::tempdir().unwrap());
        copy(founded.0.path(), office.0.path());
        office
    }

    fn found(&self) {
        fs::write(self.path("passphrase"), "inget att dölja för någon\n").unwrap();
        for (file, person) in [
            ("olle", "Olle Root"),
            ("olga", "Olga Root"),
            ("oskar", "Oskar Root"),
            ("anna", "Anna Exempel"),
            ("bo", "Bo Exempel"),
            ("asa", "Åsa Exempel"),
            ("anders", "Anders Förmedlare"),
            ("snapshot", ""),
            ("timestamp", ""),
        ] {
            self.key(file, person);
        }
        self.done(
            "repo init --out founding --root-key olle.pub.json olga.pub.json oskar.pub.json \
             --snapshot-key snapshot.pub.json --timestamp-key timestamp.pub.json \
             --governance anna.pub.json bo.pub.json asa.pub.json --agency af=anders.pub.json",
        );
        self.signed("founding", &["olle", "olga", "anna", "bo", "anders"]);
        self.publish("founding", "repository");
    }

    fn fill(&self) {
        let adapter = components::path("adapters/af/adapter.wasm");
        let adapter = adapter.display();
        self.done(&format!("adapter sign {adapter} --repository repository --out adapter {}", key_of("anders")));
        self.done(&format!("adapter publish adapter --repository repository {ONLINE}"));
        let policy = components::path("policies/arbetsmarknad/policy.wasm");
        let policy = policy.display();
        self.done(&format!("policy propose {policy} --repository repository --role arbetsmarknad --out policy"));
        for (role, key) in [("governance", "anna"), ("governance", "bo"), ("af", "anders")] {
            self.done(&format!("policy approve policy --as {role} --yes {}", key_of(key)));
        }
        self.done(&format!("policy publish policy --repository repository {ONLINE}"));
    }

    /// Makes a key; of a machine where no person is named.
    pub(super) fn key(&self, file: &str, person: &str) {
        let holder = match person {
            "" => "--machine".to_owned(),
            person => format!("--person {}", person.replace(' ', SPACE)),
        };
        self.done(&format!("key new --out {file}.key {holder} --passphrase-file passphrase"));
    }

    pub(super) fn signed(&self, change: &str, keys: &[&str]) {
        for key in keys {
            self.done(&format!("repo sign {change} --yes {}", key_of(key)));
        }
    }

    pub(super) fn publish(&self, change: &str, repository: &str) {
        self.done(&format!("repo publish {change} --repository {repository} {ONLINE}"));
    }

    /// Publishes a role anew, signed by these.
    pub(super) fn renew(&self, role: &str, repository: &str, signers: &[&str]) {
        let change = format!("renewal-of-{repository}");
        self.done(&format!("repo renew {role} --repository {repository} --out {change}"));
        self.signed(&change, signers);
        self.publish(&change, repository);
    }

    /// Neither does the former holder's key sign for the role any more, nor suffice these.
    pub(super) fn cannot_renew(&self, role: &str, signers: &[&str], former: &str) {
        self.done(&format!("repo renew {role} --repository repository --out too-few"));
        for key in signers {
            let (code, told) = self.run(&format!("repo sign too-few --yes {}", key_of(key)));
            assert_eq!(code, Some(i32::from(*key == former)), "{key}: {told}");
        }
        let (code, told) = self.run(&format!("repo publish too-few --repository repository {ONLINE}"));
        assert_eq!(code, Some(1), "{told}");
        assert!(told.contains(&format!("role `{role}` is signed by ")), "{told}");
    }

    /// Signs timestamp and snapshot anew, several times.
    pub(super) fn make_newer(&self, repository: &str) {
        for _ in 0..3 {
            self.done(&format!("repo timestamp {repository} --renew-snapshot-within 8 {ONLINE}"));
        }
    }

    pub(super) fn version(&self, role: &str, repository: &str) -> u64 {
        let status: Value =
            serde_json::from_str(&self.done(&format!("repo status {repository} --format json"))).unwrap();
        let roles = status["roles"].as_array().unwrap();
        roles.iter().find(|known| known["role"] == role).unwrap()["version"].as_u64().unwrap()
    }

    /// Keeps the repository as it is now.
    pub(super) fn keep_a_copy(&self) {
        copy(&self.path("repository"), &self.path("copy"));
    }

    /// Lets a host serve this repository instead of the play's own.
    pub(super) fn take_the_place_of(&self, play: &mut Play) {
        play.host.kill().unwrap();
        fs::remove_dir_all(play.folder().join("state")).unwrap();
        fs::copy(self.path("root.json"), play.folder().join("trust/root.json")).unwrap();
        fs::rename(play.repository.directory(), play.folder().join("its-own")).unwrap();
        self.show("repository", play);
        play.start_again().unwrap();
    }

    /// Puts a repository where the host looks, at once.
    pub(super) fn show(&self, repository: &str, play: &Play) {
        let link = play.folder().join("link");
        symlink(self.path(repository), &link).unwrap();
        fs::rename(link, play.repository.directory()).unwrap();
    }

    /// Runs a command that must be done, and gives what it said.
    pub(super) fn done(&self, words: &str) -> String {
        let Output { status, stdout, stderr } = self.output(words);
        assert!(status.success(), "{words}: {}", String::from_utf8_lossy(&stderr));
        String::from_utf8(stdout).unwrap()
    }

    /// Runs a command, and gives how it ended and what it told.
    fn run(&self, words: &str) -> (Option<i32>, String) {
        let Output { status, stderr, .. } = self.output(words);
        (status.code(), String::from_utf8(stderr).unwrap())
    }

    fn output(&self, words: &str) -> Output {
        let words = words.split(' ').filter(|word| !word.is_empty()).map(|word| word.replace(SPACE, " "));
        Command::new(binary("ssbtx")).args(words).current_dir(self.0.path()).stdin(Stdio::null()).output().unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

fn key_of(key: &str) -> String {
    format!("--key {key}.key --passphrase-file passphrase")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// Stands for a space within one word of a command.
pub(super) const SPACE: &str = "\u{a0}";
const ONLINE: &str = "--snapshot-key snapshot.key --snapshot-passphrase-file passphrase \
    --timestamp-key timestamp.key --timestamp-passphrase-file passphrase";

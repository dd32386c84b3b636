//! Persons with keys in files, and a repository that they have founded.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex, OnceLock};

use jiff::Timestamp;
use serde_json::Value;
use ssbtx_core::{AgencyId, Sha256Digest};
use ssbtx_signing::{
    Change, FileKey, Founding, Holders, OnlineKeys, Passphrase, PublicKey, Publication, Repository, Signer, Terms,
};
use ssbtx_stage::components::read;
use ssbtx_stage::grants;
use ssbtx_stage::repository::DemoTarget;
use ssbtx_trust::{Memory, RepositorySettings, ReviewMark, TrustedSet};
use tempfile::TempDir;

pub(crate) const POLICY: &str = "policies/arbetsmarknad/policy.wasm";
pub(crate) const AF: &str = "adapters/af/adapter.wasm";
/// A policy of the same role that opens everything, on a basis in force.
pub(crate) const WIDE: &str = "guests/policy-honest.wasm";

/// A repository with adapters and a policy, and the keys of everybody who signs it.
pub(crate) struct Office {
    folder: TempDir,
    keys: Arc<Keys>,
}

type Keys = BTreeMap<&'static str, (FileKey, PublicKey)>;

impl Office {
    /// Founds the repository: two of three persons of governance sign, and one person for Arbetsförmedlingen.
    pub(crate) fn open() -> Self {
        // Founded once and copied: making a key costs what it should cost to guess its passphrase.
        static FOUNDED: OnceLock<(PathBuf, Arc<Keys>)> = OnceLock::new();
        let (founded, keys) = FOUNDED.get_or_init(|| {
            let office = Self::with(&["af"]);
            (office.kept_as("governance"), office.keys)
        });
        Self::copied(founded, keys)
    }

    /// With Migrationsverket besides. Every adapter is compiled by every command, so this is for what a second agency matters to.
    pub(crate) fn of_two() -> Self {
        static FOUNDED: OnceLock<(PathBuf, Arc<Keys>)> = OnceLock::new();
        let (founded, keys) = FOUNDED.get_or_init(|| {
            let office = Self::with(&["af", "miv"]);
            (office.kept_as("governance-of-two"), office.keys)
        });
        Self::copied(founded, keys)
    }

    /// With a proposal of this policy in the folder `change`.
    pub(crate) fn proposed(policy: &[u8]) -> Self {
        // Each is proposed once and copied: what a proposal says is promised elsewhere, and reviewing takes its time.
        static PROPOSED: Mutex<BTreeMap<Sha256Digest, PathBuf>> = Mutex::new(BTreeMap::new());
        let digest = Sha256Digest::of(policy);
        let mut proposed = PROPOSED.lock().unwrap();
        if let Some(folder) = proposed.get(&digest) {
            return Self::copied(folder, &Self::open().keys);
        }
        let office = Self::open();
        office.propose("change", policy).done();
        proposed.insert(digest, office.kept_as(&format!("governance-{digest}")));
        office
    }

    fn kept_as(&self, name: &str) -> PathBuf {
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&kept);
        copy(self.folder.path(), &kept);
        kept
    }

    fn copied(kept: &Path, keys: &Arc<Keys>) -> Self {
        let office = Self { folder: tempfile::tempdir().unwrap(), keys: Arc::clone(keys) };
        copy(kept, office.folder.path());
        office
    }

    /// With the adapters of these agencies, and nobody who signs for another.
    pub(crate) fn with(agencies: &[&'static str]) -> Self {
        let office = Self::empty(agencies);
        office.fill(agencies);
        office
    }

    /// Founded, and nothing more.
    pub(crate) fn empty(agencies: &[&'static str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("passphrase"), "inget att dölja").unwrap();
        let passphrase = Passphrase::new("inget att dölja".to_owned());
        let key = |name: &'static str, person: Option<&str>| {
            let key = FileKey::create(&folder.path().join(name), &passphrase).unwrap();
            let public = match person {
                Some(person) => PublicKey::of_person(key.public_key(), &person.parse().unwrap()).unwrap(),
                None => PublicKey::of_machine(key.public_key()).unwrap(),
            };
            (name, (key, public))
        };
        let keys = [
            key("root-1", Some("Olle Rot")),
            key("root-2", Some("Olga Rot")),
            key("anna", Some("Anna Exempel")),
            key("bo", Some("Bo Exempel")),
            key("cia", Some("Cia Exempel")),
            key("snapshot", None),
            key("timestamp", None),
        ];
        let of_agencies = agencies.iter().map(|agency| key(agency, Some(&format!("Agnes {agency}"))));
        let keys = Arc::new(keys.into_iter().chain(of_agencies).collect());
        let office = Self { folder, keys };
        office.found(agencies);
        office
    }

    fn found(&self, agencies: &[&'static str]) {
        let holders = |names: &[&str], threshold| Holders {
            keys: names.iter().map(|name| self.keys[name].1.clone()).collect(),
            threshold,
        };
        let founding = Founding {
            root: holders(&["root-1", "root-2"], 2),
            targets: holders(&["root-1", "root-2"], 2),
            snapshot: holders(&["snapshot"], 1),
            timestamp: holders(&["timestamp"], 1),
            governance: holders(&["anna", "bo", "cia"], 2),
            agencies: agencies
                .iter()
                .map(|agency| (agency.to_uppercase().parse::<AgencyId>().unwrap(), holders(&[agency], 1)))
                .collect(),
        };
        let mut change = founding.draft(&self.path("founding"), &terms()).unwrap();
        for name in ["root-1", "root-2", "anna", "bo"].iter().chain(agencies) {
            change.sign_all(&self.keys[name].0).unwrap();
        }
        self.publish_now(&change);
    }

    /// The adapters, the policy in force and the grants that it needs.
    fn fill(&self, agencies: &[&'static str]) {
        let mut targets = vec![DemoTarget::new(POLICY, read(POLICY))];
        targets.extend(agencies.iter().map(|agency| {
            let name = format!("adapters/{agency}/adapter.wasm");
            DemoTarget::new(name.as_str(), read(&name))
        }));
        targets.extend(grants::for_targets(&targets).unwrap());
        let mut change = self.change("filling");
        for target in &targets {
            let mark = ReviewMark { review: Sha256Digest::of(b"the first review"), previous: None };
            let custom = if target.name == POLICY { mark.to_custom() } else { Value::Null };
            change.put_target(&target.name.parse().unwrap(), &target.bytes, &custom, &terms()).unwrap();
        }
        for name in ["anna", "bo"].iter().chain(agencies) {
            change.sign_all(&self.keys[name].0).unwrap();
        }
        self.publish_now(&change);
    }

    /// A change of the repository as it is, to be made by hand.
    pub(crate) fn change(&self, name: &str) -> Change {
        Change::create(&self.path(name), &Repository::open(&self.repository()).unwrap()).unwrap()
    }

    pub(crate) fn signer(&self, name: &str) -> &FileKey {
        &self.keys[name].0
    }

    /// Publishes by the library, without the checks of the command.
    pub(crate) fn publish_now(&self, change: &Change) {
        let keys = OnlineKeys { snapshot: Some(&self.keys["snapshot"].0), timestamp: &self.keys["timestamp"].0 };
        let publication = Publication::new(self.repository(), keys, terms());
        wait(publication.stage(change)).unwrap().publish().unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn repository(&self) -> PathBuf {
        self.path("repository")
    }

    /// What a host would have.
    pub(crate) fn trusted(&self) -> TrustedSet {
        let first_root = fs::read(self.repository().join("metadata/1.root.json")).unwrap();
        let mut settings = RepositorySettings::new(first_root, self.repository());
        settings.memory = Memory::ThisLoadOnly;
        wait(ssbtx_trust::load(&settings)).unwrap()
    }

    /// The policy that a host would decide with.
    pub(crate) fn policy_in_force(&self) -> Vec<u8> {
        self.trusted().policies().next().unwrap().1.bytes().to_vec()
    }

    /// Writes a policy to a file, to be proposed.
    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Proposes a policy for the role.
    pub(crate) fn propose(&self, change: &str, policy: &[u8]) -> Ended {
        let file = self.file("proposed.wasm", policy);
        self.run(&[
            "propose",
            &file,
            "--repository",
            "repository",
            "--role",
            "arbetsmarknad",
            "--out",
            change,
            "--today",
            "2026-03-01",
        ])
    }

    /// Signs a change without being asked.
    pub(crate) fn approve(&self, change: &str, role: &str, key: &str) -> Ended {
        self.run(&["approve", change, "--as", role, "--key", key, "--passphrase-file", "passphrase", "--yes"])
    }

    /// Publishes a change by the command.
    pub(crate) fn publish(&self, change: &str) -> Ended {
        self.run(&[
            "publish",
            change,
            "--repository",
            "repository",
            "--snapshot-key",
            "snapshot",
            "--snapshot-passphrase-file",
            "passphrase",
            "--timestamp-key",
            "timestamp",
            "--timestamp-passphrase-file",
            "passphrase",
        ])
    }

    /// Runs `ssbtx policy` in the office's folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        self.answering(arguments, "")
    }

    /// Runs it and answers what it asks.
    pub(crate) fn answering(&self, arguments: &[&str], answer: &str) -> Ended {
        let mut process = Command::new(env!("CARGO_BIN_EXE_ssbtx"))
            .current_dir(self.folder.path())
            // Whoever has this set for other programs reads one line all the same.
            .env("RUST_BACKTRACE", "1")
            .arg("policy")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that does not ask may have ended already.
        let _ = process.stdin.take().unwrap().write_all(answer.as_bytes());
        Ended::of(&process.wait_with_output().unwrap())
    }
}

/// How a command ended, and what it said and told.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) said: String,
    pub(crate) told: String,
}

impl Ended {
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self { code: output.status.code(), said: text(&output.stdout), told: text(&output.stderr) }
    }

    #[track_caller]
    pub(crate) fn done(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:#?}");
        self
    }

    /// Refused, with these words.
    #[track_caller]
    pub(crate) fn refused(self, words: &str) {
        self.ended_with(1, words);
    }

    /// Not done, with these words.
    #[track_caller]
    pub(crate) fn not_done(self, words: &str) {
        self.ended_with(2, words);
    }

    #[track_caller]
    fn ended_with(&self, code: i32, words: &str) {
        assert_eq!(self.code, Some(code), "{self:#?}");
        assert!(self.told.contains(words) && !self.told.contains("backtrace"), "{self:#?}");
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.said).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }
}

/// The policy in force with other bytes that do nothing else: a custom section is added.
pub(crate) fn same_in_other_bytes() -> Vec<u8> {
    [read(POLICY).as_slice(), &[0, 2, 1, b'x']].concat()
}

/// Copies what is in one folder into another that may have some of it, as those do who merge changes.
pub(crate) fn copy(from: &Path, to: &Path) {
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

pub(crate) fn terms() -> Terms {
    Terms::at(Timestamp::now())
}

pub(crate) fn wait<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

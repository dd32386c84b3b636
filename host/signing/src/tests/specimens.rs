//! Persons with keys, and a repository that they sign.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use ssbtx_core::AgencyId;
use ssbtx_trust::{Memory, NotTrusted, RepositorySettings, TrustedSet};
use tempfile::TempDir;

use crate::{
    Change, Founding, Holders, NotPublished, OnlineKeys, PublicKey, Publication, Published, Repository, Signer,
    SigningFailed, Staged, Terms,
};

/// Somebody with a key in memory.
pub(super) struct Somebody {
    pair: Ed25519KeyPair,
    pub(super) public: PublicKey,
}

impl Somebody {
    pub(super) fn called(name: &str) -> Self {
        let pair = Ed25519KeyPair::generate().unwrap();
        let public = PublicKey::of_person(point(&pair), &name.parse().unwrap()).unwrap();
        Self { pair, public }
    }

    pub(super) fn machine() -> Self {
        let pair = Ed25519KeyPair::generate().unwrap();
        let public = PublicKey::of_machine(point(&pair)).unwrap();
        Self { pair, public }
    }
}

impl Signer for Somebody {
    fn public_key(&self) -> [u8; 32] {
        point(&self.pair)
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SigningFailed> {
        Ok(self.pair.sign(message).as_ref().to_vec())
    }
}

fn point(pair: &Ed25519KeyPair) -> [u8; 32] {
    pair.public_key().as_ref().try_into().unwrap()
}

/// Three officers, three persons of governance and one of Arbetsförmedlingen, with the repository that they make.
pub(super) struct Stage {
    pub(super) folder: TempDir,
    pub(super) officers: [Somebody; 3],
    pub(super) governance: [Somebody; 3],
    pub(super) af: Somebody,
    pub(super) snapshot: Somebody,
    pub(super) timestamp: Somebody,
    pub(super) now: Timestamp,
}

impl Stage {
    pub(super) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            officers: ["Olle Root", "Olga Root", "Oskar Root"].map(Somebody::called),
            governance: ["Anna Exempel", "Bo Exempel", "Åsa Exempel"].map(Somebody::called),
            af: Somebody::called("Anders Förmedlare"),
            snapshot: Somebody::machine(),
            timestamp: Somebody::machine(),
            // A host judges expiry by its own clock.
            now: Timestamp::from_second(Timestamp::now().as_second()).unwrap(),
        }
    }

    /// With a repository that everybody has signed.
    pub(super) async fn founded() -> Self {
        let stage = Self::new();
        let mut change = stage.founding().draft(&stage.path("founding"), &stage.terms()).unwrap();
        stage.sign_founding(&mut change);
        stage.publish(&change).await.unwrap();
        stage
    }

    /// With a policy and an adapter in it.
    pub(super) async fn with_a_policy() -> Self {
        let stage = Self::founded().await;
        let mut change = stage.change("first-policy");
        change.put_target(&POLICY.parse().unwrap(), b"policy 1", &review(), &stage.terms()).unwrap();
        change.put_target(&ADAPTER.parse().unwrap(), b"adapter 1", &Value::Null, &stage.terms()).unwrap();
        for signer in [&stage.governance[0], &stage.governance[1], &stage.af] {
            change.sign_all(signer).unwrap();
        }
        stage.publish(&change).await.unwrap();
        stage
    }

    pub(super) fn founding(&self) -> Founding {
        let holders = |somebody: &[Somebody], threshold| Holders {
            keys: somebody.iter().map(|one| one.public.clone()).collect(),
            threshold,
        };
        let alone = |somebody: &Somebody| Holders { keys: vec![somebody.public.clone()], threshold: 1 };
        Founding {
            root: holders(&self.officers, 2),
            targets: holders(&self.officers, 2),
            snapshot: alone(&self.snapshot),
            timestamp: alone(&self.timestamp),
            governance: holders(&self.governance, 2),
            agencies: BTreeMap::from([(AgencyId::AF, alone(&self.af))]),
        }
    }

    pub(super) fn sign_founding(&self, change: &mut Change) {
        for signer in [&self.officers[0], &self.officers[1], &self.governance[0], &self.governance[1], &self.af] {
            change.sign_all(signer).unwrap();
        }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) fn repository(&self) -> PathBuf {
        self.path("repository")
    }

    pub(super) fn terms(&self) -> Terms {
        Terms::at(self.now)
    }

    pub(super) fn change(&self, name: &str) -> Change {
        Change::create(&self.path(name), &Repository::open(&self.repository()).unwrap()).unwrap()
    }

    /// A change that replaces the policy, signed by nobody.
    pub(super) fn new_policy(&self, name: &str, bytes: &[u8]) -> Change {
        let mut change = self.change(name);
        change.put_target(&POLICY.parse().unwrap(), bytes, &review(), &self.terms()).unwrap();
        change
    }

    pub(super) fn publication(&self) -> Publication<'_> {
        let keys = OnlineKeys { snapshot: Some(&self.snapshot), timestamp: &self.timestamp };
        Publication::new(self.repository(), keys, self.terms())
    }

    pub(super) async fn stage(&self, change: &Change) -> Result<Staged, NotPublished> {
        self.publication().stage(change).await
    }

    pub(super) async fn publish(&self, change: &Change) -> Result<Published, NotPublished> {
        self.stage(change).await?.publish()
    }

    /// What a host has that was given the first root.
    pub(super) async fn loaded(&self) -> Result<TrustedSet, NotTrusted> {
        load(&self.repository()).await
    }

    pub(super) async fn policy(&self) -> Vec<u8> {
        policy(&self.loaded().await.unwrap())
    }

    pub(super) fn days_later(mut self, days: i64) -> Self {
        self.now = self.now.checked_add(SignedDuration::from_hours(24 * days)).unwrap();
        self
    }
}

pub(super) async fn load(repository: &Path) -> Result<TrustedSet, NotTrusted> {
    let first_root = fs::read(repository.join("metadata/1.root.json")).unwrap();
    let mut settings = RepositorySettings::new(first_root, repository.to_owned());
    settings.memory = Memory::ThisLoadOnly;
    ssbtx_trust::load(&settings).await
}

pub(super) fn policy(set: &TrustedSet) -> Vec<u8> {
    set.policies().map(|(_, policy)| policy.bytes().to_vec()).next().unwrap()
}

/// What a policy is signed with.
pub(super) fn review() -> Value {
    json!({ "ssbtx": { "review": "ab".repeat(32), "previous": null } })
}

/// Copies what is in one folder into another that may have some of it, as those do who merge changes.
pub(super) fn copy(from: &Path, to: &Path) {
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

pub(super) const POLICY: &str = "policies/arbetsmarknad/policy.wasm";
pub(super) const ADAPTER: &str = "adapters/af/adapter.wasm";

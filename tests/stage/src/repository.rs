//! A signed repository with demo keys, right at first, and then as wrong as a test wants it.

mod canonical;
mod copying;
mod document;
mod key;
mod layout;
mod publishing;
mod target;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use sha2::{Digest, Sha256};

pub use document::{Document, EXPIRED, FAR_AWAY};
pub use key::DemoKey;
pub use target::DemoTarget;

/// How the metadata that points to other metadata names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pins {
    /// By version, length and digest.
    Digest,
    /// By version only, which the host refuses.
    VersionOnly,
}

/// A repository on disk, with the keys of everybody who signs it.
///
/// Three officers of whom two sign root and targets, one key each for snapshot and timestamp, three persons of governance of whom two sign
/// policies and any one withholds or proposes a shadow, and one person per agency. [`create`](Self::create) leaves a repository that is in
/// order. [`replace`](Self::replace) publishes a next version of it, also under a running host.
///
/// To break it, change a [`Document`] or an assignment and [`publish`](Self::publish) again: whatever points to the changed metadata is made
/// anew, and each role is signed by exactly the signers that it names. What was not signed is broken by writing to
/// [`metadata_file`](Self::metadata_file) or [`target_file`](Self::target_file).
///
/// # Shape
///
/// Keys are called `root-1` to `root-3`, `snapshot`, `timestamp`, `governance-1` to `governance-3`, and as the agency (`af`, `pm`). In the
/// given folder there are then `root.json`, `repository/metadata/`, `repository/targets/` and `keys/` (PKCS#8, for the owner only).
#[derive(Debug, Clone)]
pub struct DemoRepository {
    home: PathBuf,
    keys: BTreeMap<String, DemoKey>,
    documents: BTreeMap<String, Document>,
    contents: BTreeMap<String, Vec<u8>>,
    root: Vec<u8>,
    pins: Pins,
}

impl DemoRepository {
    /// Makes keys and a repository that is in order, in a folder of its own; a repository that was there before is replaced.
    ///
    /// Each target goes to the delegation that its name asks for.
    ///
    /// # Errors
    ///
    /// When a target's name is one that no delegation may list, or the folder cannot be written.
    pub fn create(home: &Path, targets: &[DemoTarget]) -> Result<Self> {
        let keys = layout::keys()?;
        let documents = layout::documents(&keys);
        let home = home.to_owned();
        let (contents, root, pins) = (BTreeMap::new(), Vec::new(), Pins::Digest);
        let mut repository = Self { home, keys, documents, contents, root, pins };
        for target in targets {
            repository.list(&target.role()?, target)?;
        }
        for folder in ["repository", "keys"].map(|name| repository.home.join(name)) {
            if folder.exists() {
                fs::remove_dir_all(&folder).with_context(|| format!("remove `{}`", folder.display()))?;
            }
        }
        for (name, key) in &repository.keys {
            key.write(&repository.home.join("keys"), name)?;
        }
        repository.root = repository.document("root")?.seal(&repository.keys)?;
        publishing::write(&repository.home.join("root.json"), &repository.root)?;
        repository.publish()?;
        Ok(repository)
    }

    /// The folder that holds `metadata/` and `targets/`.
    pub fn directory(&self) -> PathBuf {
        self.home.join("repository")
    }

    /// The first root, which an operator trusts; later roots do not change it.
    pub fn root_bytes(&self) -> &[u8] {
        &self.root
    }

    /// The metadata of a role: `root`, `targets`, `snapshot`, `timestamp`, `governance`, `shadow`, `tightening`, or an agency such as `af`.
    ///
    /// # Errors
    ///
    /// When there is no such role.
    pub fn document(&self, role: &str) -> Result<&Document> {
        self.documents.get(role).with_context(|| format!("no role `{role}`"))
    }

    /// As [`document`](Self::document), to be changed.
    ///
    /// # Errors
    ///
    /// When there is no such role.
    pub fn document_mut(&mut self, role: &str) -> Result<&mut Document> {
        self.documents.get_mut(role).with_context(|| format!("no role `{role}`"))
    }

    /// Adds a role's metadata; nobody delegates to it by that.
    pub fn add_document(&mut self, role: &str, document: Document) {
        self.documents.insert(role.to_owned(), document);
    }

    /// Takes a role's metadata out of the snapshot; who delegates to it still does.
    pub fn withdraw_document(&mut self, role: &str) {
        self.documents.remove(role);
    }

    /// Adds a key, of nobody yet.
    pub fn add_key(&mut self, name: &str, key: DemoKey) {
        self.keys.insert(name.to_owned(), key);
    }

    /// A key.
    ///
    /// # Errors
    ///
    /// When there is no such key.
    pub fn key(&self, name: &str) -> Result<&DemoKey> {
        self.keys.get(name).with_context(|| format!("no key `{name}`"))
    }

    /// Says how metadata names other metadata from now on.
    pub fn pin_by(&mut self, pins: Pins) {
        self.pins = pins;
    }

    /// Gives a role to these keys and no others, in root or in the delegations of targets. Who signs it stays as it is.
    ///
    /// # Errors
    ///
    /// When there is no such key or role.
    pub fn assign(&mut self, role: &str, names: &[&str], threshold: u64) -> Result<()> {
        let keys = names.iter().map(|name| self.key(name).cloned()).collect::<Result<Vec<_>>>()?;
        let own = layout::is_own_role(role);
        let (holder, keys_at) = if own { ("root", "/keys") } else { ("targets", "/delegations/keys") };
        let signed = &mut self.document_mut(holder)?.signed;
        let known = signed.pointer_mut(keys_at).and_then(Value::as_object_mut).context("no list of keys")?;
        known.extend(keys.iter().map(|key| (key.id(), key.description())));
        let assignment = if own {
            signed.pointer_mut("/roles").and_then(|roles| roles.get_mut(role))
        } else {
            let roles = signed.pointer_mut("/delegations/roles").and_then(Value::as_array_mut);
            roles.and_then(|roles| roles.iter_mut().find(|entry| entry.get("name").is_some_and(|name| name == role)))
        };
        let assignment = assignment.and_then(Value::as_object_mut).with_context(|| format!("no role `{role}`"))?;
        assignment.insert("keyids".to_owned(), keys.iter().map(DemoKey::id).collect());
        assignment.insert("threshold".to_owned(), threshold.into());
        Ok(())
    }

    /// Makes these keys governance's, of which any one withholds or proposes a shadow. Who signs stays as it is.
    ///
    /// # Errors
    ///
    /// When there is no such key.
    pub fn appoint(&mut self, names: &[&str], threshold: u64) -> Result<()> {
        for role in layout::ONE_PERSON {
            self.assign(role, names, 1)?;
        }
        self.assign("governance", names, threshold)
    }

    /// Lists a file in a role's metadata, whether or not the role may list it.
    ///
    /// # Errors
    ///
    /// When there is no such role.
    pub fn list(&mut self, role: &str, target: &DemoTarget) -> Result<()> {
        self.targets_of(role)?.insert(target.name.clone(), target.entry());
        self.contents.insert(target.name.clone(), target.bytes.clone());
        Ok(())
    }

    /// What a role's metadata lists, by names.
    ///
    /// # Errors
    ///
    /// When there is no such role, or it lists no targets.
    pub fn targets_of(&mut self, role: &str) -> Result<&mut serde_json::Map<String, Value>> {
        let targets = self.document_mut(role)?.signed.get_mut("targets").and_then(Value::as_object_mut);
        targets.with_context(|| format!("role `{role}` lists no targets"))
    }

    /// The file of a role's metadata.
    ///
    /// # Errors
    ///
    /// When there is no such role.
    pub fn metadata_file(&self, role: &str) -> Result<PathBuf> {
        let file = match role {
            "timestamp" => "timestamp.json".to_owned(),
            role => format!("{}.{role}.json", self.document(role)?.version()),
        };
        Ok(self.directory().join("metadata").join(file))
    }

    /// The file of a target, where the repository keeps it by its digest.
    ///
    /// # Errors
    ///
    /// When no such target is listed.
    pub fn target_file(&self, name: &str) -> Result<PathBuf> {
        let Some(bytes) = self.contents.get(name) else { bail!("no target `{name}`") };
        // As `tough` looks for it: the digest stands before the whole name, not before its last segment.
        Ok(self.directory().join("targets").join(format!("{}.{name}", hex::encode(Sha256::digest(bytes)))))
    }
}

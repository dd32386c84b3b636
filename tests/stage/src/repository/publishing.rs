//! Writing the demo's repository, the first time and again.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{DemoRepository, DemoTarget, Document, Pins, layout};

impl DemoRepository {
    /// Publishes a next version in which a file is added or replaced, by the role that its name asks for.
    ///
    /// # Errors
    ///
    /// As [`replace_all`](Self::replace_all).
    pub fn replace(&mut self, target: &DemoTarget) -> Result<()> {
        self.replace_all(std::slice::from_ref(target))
    }

    /// Publishes one next version in which files are added or replaced, each by the role that its name asks for.
    ///
    /// # Errors
    ///
    /// When no role may list one of them, or a file cannot be written.
    pub fn replace_all(&mut self, targets: &[DemoTarget]) -> Result<()> {
        let mut changed = Vec::new();
        for target in targets {
            let role = target.role()?;
            self.list(&role, target)?;
            changed.push(role);
        }
        self.publish_next(&changed)
    }

    /// Publishes a next version without a file.
    ///
    /// # Errors
    ///
    /// When it is not listed, or a file cannot be written.
    pub fn remove(&mut self, name: &str) -> Result<()> {
        let role = layout::delegation(name).with_context(|| format!("no delegation for `{name}`"))?;
        self.targets_of(&role)?.remove(name).with_context(|| format!("no target `{name}`"))?;
        self.contents.remove(name);
        self.publish_next(&[role])
    }

    /// Publishes what was changed in some roles' metadata as their next version, and so a next version of the whole.
    ///
    /// # Errors
    ///
    /// When there is no such role, or a file cannot be written.
    pub fn publish_next(&mut self, changed: &[impl AsRef<str>]) -> Result<()> {
        let mut roles: Vec<&str> = changed.iter().map(AsRef::as_ref).chain(["snapshot", "timestamp"]).collect();
        roles.sort_unstable();
        roles.dedup();
        self.count_up(&roles)?;
        self.publish()
    }

    /// Publishes whatever is otherwise than in an earlier state of this repository as its next version. A version that was changed by hand stays.
    ///
    /// # Errors
    ///
    /// When a signer has no key, or a file cannot be written.
    pub fn publish_changed(&mut self, earlier: &Self) -> Result<()> {
        for (role, document) in &mut self.documents {
            let is_changed =
                |before: &&Document| *before != document || ["snapshot", "timestamp"].contains(&role.as_str());
            let before = earlier.documents.get(role).filter(is_changed);
            if before.is_some_and(|before| before.version() == document.version()) {
                document.count_up();
            }
        }
        self.publish()
    }

    /// Publishes the timestamp again, as it is done to say that nothing has changed.
    ///
    /// # Errors
    ///
    /// When a file cannot be written.
    pub fn renew_timestamp(&mut self) -> Result<()> {
        self.count_up(&["timestamp"])?;
        self.publish()
    }

    /// Signs every role by its signers and writes everything that is not there yet: whatever is pointed to first, the timestamp last.
    ///
    /// Versions stay as they are. Each file appears whole, so that a running host sees the old repository or the new one.
    ///
    /// # Errors
    ///
    /// When a signer has no key, or a file cannot be written.
    pub fn publish(&mut self) -> Result<()> {
        for (name, bytes) in &self.contents {
            // A name with tricks in it has no file of its own; it must be refused before one is looked for.
            if name.split('/').all(|segment| !matches!(segment, "" | "." | "..")) && !name.contains('\0') {
                write(&self.target_file(name)?, bytes)?;
            }
        }
        let mut pinned = Map::new();
        for (role, document) in &self.documents {
            if ["snapshot", "timestamp"].contains(&role.as_str()) {
                continue;
            }
            let sealed = document.seal(&self.keys)?;
            write(&self.metadata_file(role)?, &sealed)?;
            if role != "root" {
                pinned.insert(format!("{role}.json"), self.pin(document, &sealed));
            }
        }
        let snapshot = self.point("snapshot", pinned)?;
        let pin = self.pin(self.document("snapshot")?, &snapshot);
        self.point("timestamp", [("snapshot.json".to_owned(), pin)].into_iter().collect())?;
        Ok(())
    }

    fn count_up(&mut self, roles: &[&str]) -> Result<()> {
        for role in roles {
            self.document_mut(role)?.count_up();
        }
        Ok(())
    }

    fn point(&mut self, role: &str, meta: Map<String, Value>) -> Result<Vec<u8>> {
        let signed = self.document_mut(role)?.signed.as_object_mut().context("metadata is no object")?;
        signed.insert("meta".to_owned(), meta.into());
        let sealed = self.document(role)?.seal(&self.keys)?;
        write(&self.metadata_file(role)?, &sealed)?;
        Ok(sealed)
    }

    fn pin(&self, document: &Document, sealed: &[u8]) -> Value {
        match self.pins {
            Pins::Digest => json!({
                "version": document.version(),
                "length": sealed.len(),
                "hashes": { "sha256": hex::encode(Sha256::digest(sealed)) },
            }),
            Pins::VersionOnly => json!({ "version": document.version() }),
        }
    }
}

/// Writes a file beside its place and then puts it there whole; one that is there already is left alone.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("create `{}`", folder.display()))?;
    }
    let beside = path.with_added_extension("new");
    fs::write(&beside, bytes).with_context(|| format!("write `{}`", beside.display()))?;
    fs::rename(&beside, path).with_context(|| format!("write `{}`", path.display()))
}

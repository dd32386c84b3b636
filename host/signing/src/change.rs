//! A change of the repository on its way from who drafts it to who publishes it.

mod draft;
mod fault;
mod required;
mod signature;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tough::schema::Signature;

pub use draft::Listed;
pub(crate) use draft::listed;
pub use fault::{ChangeFault, NotSigned};
pub use required::{Required, Standing};
pub use signature::SignedBy;

use crate::file;
use crate::repository::Repository;
use crate::role::OfflineRole;
use crate::role_set::{Content, RoleSet, pretty};

/// A change of the repository: a folder with new metadata of one or more roles, the targets that it lists, and the signatures so far.
///
/// It is drafted once, from a repository; then it is content that is signed. Every signature is a file of its own, so copies that were
/// signed in different places become one by copying their files together. The metadata that it was drafted against travels with it, so
/// that who may sign and what differs can be told without a network.
///
/// # Shape
///
/// ```text
/// change.json                        that this is a change
/// base/…                             the metadata in force when it was drafted, signed; absent from a repository's first change
/// metadata/<role>.json               what is to be signed
/// targets/<name>                     targets that it lists anew
/// signatures/<role>/<key id>.json    one signature each
/// review/…                           what those who sign look at; no part of what is signed but by its digest
/// ```
#[derive(Debug)]
pub struct Change {
    folder: PathBuf,
    base: Option<RoleSet>,
    drafts: BTreeMap<OfflineRole, Content>,
    signatures: BTreeMap<OfflineRole, Vec<Signature>>,
}

impl Change {
    /// Begins a change of a repository, in a folder that does not exist or is empty.
    ///
    /// # Errors
    ///
    /// [`ChangeFault`], also where the repository's metadata is not signed as it must be: nobody shall sign what continues it.
    pub fn create(folder: &Path, repository: &Repository) -> Result<Self, ChangeFault> {
        repository.roles().verify(None)?;
        let change = Self::begin(folder, Some(repository.roles().clone()))?;
        repository.roles().write(&folder.join(BASE))?;
        Ok(change)
    }

    /// Begins the change that makes a repository.
    pub(crate) fn found(folder: &Path) -> Result<Self, ChangeFault> {
        Self::begin(folder, None)
    }

    fn begin(folder: &Path, base: Option<RoleSet>) -> Result<Self, ChangeFault> {
        if !file::names(folder)?.is_empty() {
            return Err(ChangeFault::InTheWay(folder.to_owned()));
        }
        let mark = json!({ "kind": KIND, "version": VERSION, "founding": base.is_none() });
        file::write(&folder.join(MARK), &pretty(&mark))?;
        Ok(Self { folder: folder.to_owned(), base, drafts: BTreeMap::new(), signatures: BTreeMap::new() })
    }

    /// Opens a change, and verifies that what it was drafted against is signed by those whom it belongs to.
    ///
    /// # Errors
    ///
    /// [`ChangeFault`], which names the file or role. What its signatures are worth is told by [`Change::required`].
    pub fn open(folder: &Path) -> Result<Self, ChangeFault> {
        let Some(mark) = file::read_if_there(&folder.join(MARK))? else {
            return Err(ChangeFault::NoChange(folder.to_owned()));
        };
        let mark: Value = serde_json::from_slice(&mark).unwrap_or_default();
        if mark.get("kind") != Some(&json!(KIND)) || mark.get("version") != Some(&json!(VERSION)) {
            return Err(ChangeFault::NoChange(folder.to_owned()));
        }
        let founding = mark.get("founding").and_then(Value::as_bool).unwrap_or_default();
        let base = if founding { None } else { Some(RoleSet::read(&folder.join(BASE))?) };
        base.as_ref().map_or(Ok(()), |base| base.verify(None))?;
        let drafts = draft::read(&folder.join(METADATA))?;
        are_next(&drafts, base.as_ref())?;
        let signatures = signature::read(&folder.join(SIGNATURES))?;
        if let Some(role) = signatures.keys().find(|role| !drafts.contains_key(role)) {
            return Err(ChangeFault::NotInChange { role: role.name() });
        }
        Ok(Self { folder: folder.to_owned(), base, drafts, signatures })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder for what those who sign look at. It need not exist.
    pub fn review_folder(&self) -> PathBuf {
        self.folder.join("review")
    }

    /// The metadata that the change was drafted against; nothing for the change that makes a repository.
    pub fn base(&self) -> Option<&RoleSet> {
        self.base.as_ref()
    }

    /// The roles that it changes, in the order in which they depend on each other.
    pub fn roles(&self) -> impl Iterator<Item = OfflineRole> {
        self.drafts.keys().copied()
    }

    pub(crate) fn drafts(&self) -> &BTreeMap<OfflineRole, Content> {
        &self.drafts
    }

    pub(crate) fn signatures(&self, role: OfflineRole) -> &[Signature] {
        self.signatures.get(&role).map_or(&[], Vec::as_slice)
    }

    fn path(&self, of: &str) -> PathBuf {
        self.folder.join(of)
    }
}

/// Refuses metadata that is not the next version of what it replaces.
///
/// Hosts take any higher version and never a lower one: with the highest that there is, whoever drafts a change could make it a role's last.
fn are_next(drafts: &BTreeMap<OfflineRole, Content>, base: Option<&RoleSet>) -> Result<(), ChangeFault> {
    for (role, content) in drafts {
        let before = base.and_then(|base| base.version(*role)).unwrap_or_default();
        let (found, expected) = (content.version(), before.saturating_add(1));
        if found != expected {
            return Err(ChangeFault::NotNext { role: role.name(), found, expected });
        }
    }
    Ok(())
}

const KIND: &str = "ssbtx-change";
const VERSION: u8 = 1;
const MARK: &str = "change.json";
const BASE: &str = "base";
const METADATA: &str = "metadata";
const TARGETS: &str = "targets";
const SIGNATURES: &str = "signatures";

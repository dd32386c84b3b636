//! A published repository, as it lies on disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tough::schema::{Signed, Snapshot, Targets, Timestamp};

use crate::file::{self, FileFault};
use crate::role::OfflineRole;
use crate::role_set::{RoleSet, RoleSetFault, delegations, parsed, roots};

/// A published repository: what its timestamp says is current.
///
/// It is read, not verified: what is published from it is verified, and what is signed is verified by [`RoleSet::verify`].
///
/// # Shape
///
/// A folder with `metadata/` and `targets/`.
#[derive(Debug, Clone)]
pub struct Repository {
    folder: PathBuf,
    roles: RoleSet,
    snapshot: Signed<Snapshot>,
    timestamp: Signed<Timestamp>,
}

/// Why a repository cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RepositoryFault {
    /// There is none.
    #[error("there is no repository in `{}`", .0.display())]
    None(PathBuf),
    /// A file cannot be read.
    #[error(transparent)]
    File(#[from] FileFault),
    /// A role's metadata is not what it should be.
    #[error(transparent)]
    Roles(#[from] RoleSetFault),
}

impl Repository {
    /// Reads what is current.
    ///
    /// # Errors
    ///
    /// [`RepositoryFault`], which names the file or role.
    pub fn open(folder: &Path) -> Result<Self, RepositoryFault> {
        Self::open_if_there(folder)?.ok_or_else(|| RepositoryFault::None(folder.to_owned()))
    }

    /// As [`Repository::open`]; nothing where there is no repository yet.
    pub(crate) fn open_if_there(folder: &Path) -> Result<Option<Self>, RepositoryFault> {
        let metadata = folder.join("metadata");
        let Some(timestamp) = file::read_if_there(&metadata.join("timestamp.json"))? else { return Ok(None) };
        let timestamp: Signed<Timestamp> = parsed("timestamp", &timestamp)?;
        let missing = |role: &str| RoleSetFault::Missing { role: role.to_owned() };
        let version = timestamp.signed.meta.get("snapshot.json").ok_or_else(|| missing("snapshot"))?.version;
        let snapshot: Signed<Snapshot> =
            parsed("snapshot", &file::read(&metadata.join(format!("{version}.snapshot.json")))?)?;
        let pinned = |role: OfflineRole| -> Result<Vec<u8>, RepositoryFault> {
            let pin = snapshot.signed.meta.get(&format!("{role}.json")).ok_or_else(|| missing(&role.name()))?;
            Ok(file::read(&metadata.join(format!("{}.{role}.json", pin.version)))?)
        };
        let targets = pinned(OfflineRole::Targets)?;
        let mut files = BTreeMap::new();
        for delegation in delegations(&parsed::<Signed<Targets>>("targets", &targets)?.signed)? {
            files.insert(delegation.into(), pinned(delegation.into())?);
        }
        files.insert(OfflineRole::Targets, targets);
        let roles = RoleSet::parse(roots(&metadata)?, files)?;
        Ok(Some(Self { folder: folder.to_owned(), roles, snapshot, timestamp }))
    }

    /// Where it lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What persons signed.
    pub fn roles(&self) -> &RoleSet {
        &self.roles
    }

    /// The file of a target by its name and digest: the digest stands before the whole name.
    pub(crate) fn target_file(folder: &Path, name: &str, digest: &str) -> PathBuf {
        folder.join("targets").join(format!("{digest}.{name}"))
    }

    pub(crate) fn snapshot(&self) -> &Signed<Snapshot> {
        &self.snapshot
    }

    pub(crate) fn timestamp(&self) -> &Signed<Timestamp> {
        &self.timestamp
    }
}

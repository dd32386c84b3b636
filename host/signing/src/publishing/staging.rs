//! A copy of the repository beside it, which nobody reads but us.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};

use ssbtx_trust::{RepositorySettings, TrustedSet};

use super::NotPublished;
use super::plan::{Plan, TIMESTAMP};
use crate::file::{self, FileFault};
use crate::repository::Repository;

/// A copy of the repository in a folder inside it, and the sole right to publish.
///
/// Files that stay as they are are the same files, by hard links, so a copy costs little and holds nothing that the repository does not.
#[derive(Debug)]
pub(super) struct Staging {
    repository: PathBuf,
    folder: PathBuf,
    lock: File,
}

impl Staging {
    /// Begins with an empty copy; what a run that was killed has left is removed.
    pub(super) fn begin(repository: &Path) -> Result<Self, NotPublished> {
        file::create_folder(repository)?;
        let path = repository.join(LOCK);
        let lock = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
        let lock = lock.map_err(FileFault::new("open", &path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(NotPublished::Busy(repository.to_owned())),
            Err(TryLockError::Error(error)) => return Err(FileFault::new("lock", &path)(error).into()),
        }
        let folder = repository.join(FOLDER);
        file::remove_folder(&folder)?;
        Ok(Self { repository: repository.to_owned(), folder, lock })
    }

    pub(super) fn repository(&self) -> &Path {
        &self.repository
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Puts into the copy all metadata, old and new, and every target that is listed.
    pub(super) fn fill(&self, plan: &Plan) -> Result<(), NotPublished> {
        let (metadata, old) = (self.folder.join(METADATA), self.repository.join(METADATA));
        file::create_folder(&metadata)?;
        for name in file::names(&old)? {
            if name != TIMESTAMP && !plan.metadata().contains_key(&name) {
                link(&old.join(&name), &metadata.join(&name))?;
            }
        }
        for (name, bytes) in plan.metadata() {
            file::write(&metadata.join(name), bytes)?;
        }
        for target in plan.targets() {
            let staged = Repository::target_file(&self.folder, &target.name, &target.sha256);
            if let Some(bytes) = &target.bytes {
                file::write(&staged, bytes)?;
                continue;
            }
            let kept = Repository::target_file(&self.repository, &target.name, &target.sha256);
            if !kept.is_file() {
                return Err(NotPublished::NoTarget { name: target.name.clone() });
            }
            link(&kept, &staged)?;
        }
        file::sync_folder(&metadata)?;
        Ok(())
    }

    /// Verifies the copy as a host does that has just been given the first root.
    pub(super) async fn verify(&self, first_root: &[u8], signers: NonZeroU64) -> Result<TrustedSet, NotPublished> {
        let mut settings = RepositorySettings::new(first_root.to_vec(), self.folder.clone());
        settings.minimum_policy_signers = signers;
        Ok(ssbtx_trust::load(&settings).await?)
    }

    /// Removes what is left of the copy, and lets others publish.
    pub(super) fn end(&self) -> Result<(), FileFault> {
        file::remove_folder(&self.folder)?;
        self.lock.unlock().map_err(FileFault::new("unlock", &self.repository.join(LOCK)))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Where it cannot be removed, the next one to publish does, or says why not.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn link(from: &Path, to: &Path) -> Result<(), FileFault> {
    if let Some(folder) = to.parent() {
        file::create_folder(folder)?;
    }
    fs::hard_link(from, to).map_err(FileFault::new("link", to))
}

pub(super) const METADATA: &str = "metadata";
const FOLDER: &str = ".publishing";
const LOCK: &str = ".lock";

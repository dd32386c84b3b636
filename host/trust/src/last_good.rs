//! The last good copy: what a host falls back on, and what it remembers.

#[cfg(test)]
mod crash;
mod disk;
mod folder;
mod kept_set;
mod remembered;
mod root_chain;
mod writing;

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::loading::{Expiry, read};
use crate::not_trusted::{KeptFault, NotTrusted};
use crate::settings::RepositorySettings;
use crate::source::Source;
use crate::trusted_set::TrustedSet;
use disk::RealDisk;
use folder::Folder;
use kept_set::KeptSet;
pub(crate) use remembered::Remembered;
pub(crate) use root_chain::RootChain;

/// The last set that a host took into use, whole, in a folder that this host alone writes.
///
/// It is at once the memory against rollback (see [`load`](crate::load)) and what the host comes back on when the source is gone or broken.
/// Whenever the machine stops, the folder holds the earlier set or the new one, never a mixture: a set is written whole beside the other, and
/// one rename puts it in the other's place.
///
/// Clones share the folder. It is locked until the last of them is gone.
///
/// # Shape
///
/// In the folder: `lock`, one folder per set, `current` which links to the set that is kept. A set is laid out as a repository is, with every
/// root since the trusted one.
#[derive(Debug, Clone)]
pub struct LastGood(Arc<Mutex<Folder>>);

impl LastGood {
    /// Takes a folder, which is made if it is not there, and removes what was left half written.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read or made, when others may write it or it is another user's (`PermissionDenied`), when another host has it
    /// (`ResourceBusy`), or when its link leads nowhere (`InvalidData`). To forget on purpose, remove the folder.
    pub fn open(folder: PathBuf) -> io::Result<Self> {
        Folder::open(folder).map(|folder| Self(Arc::new(Mutex::new(folder))))
    }

    /// Keeps a set in the place of the one before. It waits for the disk.
    ///
    /// # Errors
    ///
    /// When the disk does not take it. The folder then holds the earlier set, or already the new one, and the next call starts afresh.
    pub fn keep(&self, set: &TrustedSet) -> io::Result<()> {
        let folder = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        writing::keep(&mut RealDisk, &folder, set.files(), set.loaded())
    }

    /// Loads the kept set, with every check that a set from the source passes, except that it may have expired up to `grace` ago.
    ///
    /// [`TrustedSet::expires`] tells whether it has.
    ///
    /// # Errors
    ///
    /// [`NotTrusted::NothingKept`] when nothing was ever kept; [`KeptFault::OutOfGrace`] after the grace; any other [`NotTrusted`] when the copy
    /// is damaged, or does not hold under these settings.
    ///
    /// # Cancel safety
    ///
    /// Safe: nothing is changed.
    pub async fn recall(&self, settings: &RepositorySettings, grace: Duration) -> Result<TrustedSet, NotTrusted> {
        let now = (settings.now)();
        let Some((set, remembered)) = self.kept()? else { return Err(NotTrusted::NothingKept) };
        remembered.allows_time(now)?;
        let beginning = RootChain::reaching(&settings.trusted_root, remembered.roots())?;
        let settings = RepositorySettings { source: Source::Directory(set.folder()), ..settings.clone() };
        let set = read(&settings, &beginning, None, Expiry::LeftToCaller).await?;
        within_grace(&set, now, grace)?;
        Ok(set)
    }

    /// What the kept set says of others; `None` when nothing was ever kept.
    pub(crate) fn remembered(&self) -> Result<Option<Remembered>, KeptFault> {
        Ok(self.kept()?.map(|(_, remembered)| remembered))
    }

    fn kept(&self) -> Result<Option<(KeptSet, Remembered)>, KeptFault> {
        let folder = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = folder.kept().map_err(|_| KeptFault::Damaged { file: "current".to_owned() })?;
        let Some(name) = kept else { return Ok(None) };
        let set = KeptSet::at(folder.path().join(name));
        let remembered = Remembered::read(&set)?;
        Ok(Some((set, remembered)))
    }
}

fn within_grace(set: &TrustedSet, now: Timestamp, grace: Duration) -> Result<(), KeptFault> {
    let grace = SignedDuration::try_from(grace).unwrap_or(SignedDuration::MAX);
    let Some(first) = set.roles().iter().min_by_key(|role| role.expires) else { return Ok(()) };
    let end = first.expires.checked_add(grace).unwrap_or(Timestamp::MAX);
    if now < end {
        return Ok(());
    }
    Err(KeptFault::OutOfGrace { role: first.name.clone(), at: first.expires, grace })
}

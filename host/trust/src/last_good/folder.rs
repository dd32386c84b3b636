//! The folder that one host has to itself.

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::disk::{Disk, RealDisk};

/// A folder that one host writes, and nobody else, for as long as this lives.
///
/// # Shape
///
/// `lock`; one folder per set, `set-` and a number of ten digits; and `current`, a symbolic link to one of them. Anything else in it is left
/// alone.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    // The lock ends with the file, also when the process is killed.
    _lock: File,
}

/// Why a folder cannot hold a last good copy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum UnfitFolder {
    #[error("`{path}` is no folder")]
    NoFolder { path: PathBuf },
    #[error("mode of `{path}` is `{mode:03o}`, expected that only its owner may write")]
    WritableByOthers { path: PathBuf, mode: u32 },
    #[error("`{path}` belongs to user {found}, expected user {expected}, as whom this runs")]
    AnothersFolder { path: PathBuf, found: u32, expected: u32 },
    #[error("`{path}` is in use by another host")]
    InUse { path: PathBuf },
    #[error("`{path}` leads nowhere, expected a link to a set beside it")]
    LostSet { path: PathBuf },
}

impl Folder {
    /// Takes a folder, which is made if it is not there, and removes what an earlier host left half done.
    pub(super) fn open(path: PathBuf) -> io::Result<Self> {
        match DirBuilder::new().mode(0o700).create(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
            // Else the power could take the folder with all that is written to it.
            Ok(()) => RealDisk.flush_folder(&path.join(".."))?,
        }
        let lock = lock(&path)?;
        let folder = Self { path, _lock: lock };
        folder.sweep(&mut RealDisk)?;
        Ok(folder)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The link to the set that is kept.
    pub(super) fn current(&self) -> PathBuf {
        self.path.join(CURRENT)
    }

    /// The link while it is not yet in its place.
    pub(super) fn next(&self) -> PathBuf {
        self.path.join(NEXT)
    }

    /// The name of the set that is kept, if any is.
    pub(super) fn kept(&self) -> io::Result<Option<String>> {
        let to = match fs::read_link(self.current()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            to => to?,
        };
        let lost = || io::Error::new(io::ErrorKind::InvalidData, UnfitFolder::LostSet { path: self.current() });
        let name = to.to_str().filter(|name| number_of(OsStr::new(name)).is_some()).ok_or_else(lost)?;
        if self.path.join(name).is_dir() { Ok(Some(name.to_owned())) } else { Err(lost()) }
    }

    /// A name that no set has.
    pub(super) fn unused_name(&self) -> io::Result<String> {
        let last = self.sets()?.iter().filter_map(|name| number_of(OsStr::new(name))).max().unwrap_or_default();
        Ok(format!("{SET}{:0DIGITS$}", last.saturating_add(1)))
    }

    /// Removes every set but the one that is kept, and a link that did not come to its place.
    pub(super) fn sweep(&self, disk: &mut impl Disk) -> io::Result<()> {
        let kept = self.kept()?;
        if self.next().is_symlink() {
            disk.remove(&self.next())?;
        }
        for name in self.sets()? {
            if Some(&name) != kept.as_ref() {
                disk.remove_folder(&self.path.join(name))?;
            }
        }
        Ok(())
    }

    fn sets(&self) -> io::Result<Vec<String>> {
        let mut sets = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let name = entry?.file_name();
            if number_of(&name).is_some() {
                sets.extend(name.into_string());
            }
        }
        sets.sort_unstable();
        Ok(sets)
    }
}

/// Locks a folder that only we may write.
fn lock(path: &Path) -> io::Result<File> {
    let folder = fs::metadata(path)?;
    let unfit = |kind, fault| io::Error::new(kind, fault);
    if !folder.is_dir() {
        return Err(unfit(io::ErrorKind::NotADirectory, UnfitFolder::NoFolder { path: path.to_owned() }));
    }
    let mode = folder.mode() & 0o777;
    if mode & OTHERS_MAY_WRITE != 0 {
        let fault = UnfitFolder::WritableByOthers { path: path.to_owned(), mode };
        return Err(unfit(io::ErrorKind::PermissionDenied, fault));
    }
    let file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path.join(LOCK))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(unfit(io::ErrorKind::ResourceBusy, UnfitFolder::InUse { path: path.to_owned() }));
        }
        Err(TryLockError::Error(error)) => return Err(error),
    }
    // What we make is ours, so its owner tells as whom we run.
    is_ours(path, folder.uid(), tempfile::tempfile_in(path)?.metadata()?.uid())?;
    Ok(file)
}

fn is_ours(path: &Path, found: u32, expected: u32) -> io::Result<()> {
    if found == expected {
        return Ok(());
    }
    let fault = UnfitFolder::AnothersFolder { path: path.to_owned(), found, expected };
    Err(io::Error::new(io::ErrorKind::PermissionDenied, fault))
}

/// The number of a set, from its name.
fn number_of(name: &OsStr) -> Option<u64> {
    let digits = name.to_str()?.strip_prefix(SET)?;
    (digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}

const LOCK: &str = "lock";
const CURRENT: &str = "current";
const NEXT: &str = "current.next";
const SET: &str = "set-";
const DIGITS: usize = 10;
const OTHERS_MAY_WRITE: u32 = 0o022;

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use tempfile::TempDir;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = entries.collect();
        names.sort();
        names
    }

    fn refusal(path: &Path) -> String {
        Folder::open(path.to_owned()).unwrap_err().to_string().replace(path.to_str().unwrap(), "FOLDER")
    }

    #[test]
    fn a_folder_that_is_not_there_is_made_for_its_owner_alone() {
        let home = TempDir::new().unwrap();
        let path = home.path().join("state");
        let folder = Folder::open(path.clone()).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o700);
        assert_eq!(folder.kept().unwrap(), None);
        assert_eq!(names(&path), ["lock"]);
    }

    #[test]
    fn a_folder_that_others_may_write_is_refused() {
        let home = TempDir::new().unwrap();
        for (mode, shown) in [(0o770, "770"), (0o702, "702")] {
            fs::set_permissions(home.path(), fs::Permissions::from_mode(mode)).unwrap();
            let expected = format!("mode of `FOLDER` is `{shown}`, expected that only its owner may write");
            assert_eq!(refusal(home.path()), expected);
        }
        fs::set_permissions(home.path(), fs::Permissions::from_mode(0o755)).unwrap();
        Folder::open(home.path().to_owned()).unwrap();
    }

    #[test]
    fn a_folder_of_another_user_is_refused() {
        let refusal = is_ours(Path::new("FOLDER"), 0, 1000).unwrap_err();
        assert_eq!(refusal.to_string(), "`FOLDER` belongs to user 0, expected user 1000, as whom this runs");
        is_ours(Path::new("FOLDER"), 1000, 1000).unwrap();
    }

    #[test]
    fn a_folder_is_one_hosts_until_that_host_ends() {
        let home = TempDir::new().unwrap();
        let first = Folder::open(home.path().to_owned()).unwrap();
        assert_eq!(refusal(home.path()), "`FOLDER` is in use by another host");
        drop(first);
        Folder::open(home.path().to_owned()).unwrap();
    }

    #[test]
    fn a_file_is_no_folder() {
        let home = TempDir::new().unwrap();
        let file = home.path().join("file");
        fs::write(&file, "").unwrap();
        assert_eq!(refusal(&file), "`FOLDER` is no folder");
    }

    #[test]
    fn what_was_left_half_done_is_removed_and_what_is_not_ours_is_left() {
        let home = TempDir::new().unwrap();
        for name in ["set-0000000001", "set-0000000002", "set-0000000003", "set-3", "notes"] {
            fs::create_dir_all(home.path().join(name).join("metadata")).unwrap();
        }
        symlink("set-0000000002", home.path().join("current")).unwrap();
        symlink("set-0000000003", home.path().join("current.next")).unwrap();
        let folder = Folder::open(home.path().to_owned()).unwrap();
        assert_eq!(names(home.path()), ["current", "lock", "notes", "set-0000000002", "set-3"]);
        assert_eq!(folder.kept().unwrap().as_deref(), Some("set-0000000002"));
        assert_eq!(folder.unused_name().unwrap(), "set-0000000003");
    }

    #[test]
    fn a_link_that_leads_nowhere_or_out_of_the_folder_is_refused() {
        for to in ["set-0000000001", "../elsewhere", "/", "set-1"] {
            let home = TempDir::new().unwrap();
            symlink(to, home.path().join("current")).unwrap();
            let expected = "`FOLDER/current` leads nowhere, expected a link to a set beside it";
            assert_eq!(refusal(home.path()), expected, "{to}");
        }
    }
}

//! Files, read and written with their names in the error.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file or folder that could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("cannot {task} `{}`", path.display())]
pub struct FileFault {
    task: &'static str,
    path: PathBuf,
    source: io::Error,
}

impl FileFault {
    pub(crate) fn new(task: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self { task, path: path.to_owned(), source }
    }

    /// What the system said.
    pub fn kind(&self) -> io::ErrorKind {
        self.source.kind()
    }
}

pub(crate) fn read(path: &Path) -> Result<Vec<u8>, FileFault> {
    fs::read(path).map_err(FileFault::new("read", path))
}

/// The file's content, or nothing where there is no such file.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, FileFault> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FileFault::new("read", path)(error)),
    }
}

/// Writes a file that is on disk when this returns, and the folders above it.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), FileFault> {
    if let Some(folder) = path.parent() {
        create_folder(folder)?;
    }
    let written = || {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    written().map_err(FileFault::new("write", path))
}

/// Writes a file so that a reader meets the old one or the new one.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), FileFault> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    write(&beside, bytes)?;
    rename(&beside, path)
}

pub(crate) fn create_folder(path: &Path) -> Result<(), FileFault> {
    fs::create_dir_all(path).map_err(FileFault::new("create", path))
}

/// Moves a file or folder, and sees to it that the move outlives a power cut.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), FileFault> {
    fs::rename(from, to).map_err(FileFault::new("replace", to))?;
    to.parent().map_or(Ok(()), sync_folder)
}

/// Sees to it that what was made or moved in a folder outlives a power cut.
pub(crate) fn sync_folder(path: &Path) -> Result<(), FileFault> {
    File::open(path).and_then(|folder| folder.sync_all()).map_err(FileFault::new("write", path))
}

/// The names in a folder, in order; none where there is no such folder.
pub(crate) fn names(path: &Path) -> Result<Vec<String>, FileFault> {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(FileFault::new("list", path)(error)),
    };
    let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut names = names.collect::<io::Result<Vec<_>>>().map_err(FileFault::new("list", path))?;
    names.sort_unstable();
    Ok(names)
}

/// Removes a folder with everything in it; it is well if there is none.
pub(crate) fn remove_folder(path: &Path) -> Result<(), FileFault> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(FileFault::new("remove", path)(error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/timestamp.json");
        replace(&path, b"old").unwrap();
        replace(&path, b"new").unwrap();
        assert_eq!(read(&path).unwrap(), b"new");
        assert_eq!(names(path.parent().unwrap()).unwrap(), ["timestamp.json"]);
    }

    #[test]
    fn an_absent_file_is_no_fault_where_it_may_be_absent_and_one_where_it_may_not() {
        let path = Path::new("no-such-folder/file");
        assert!(read_if_there(path).unwrap().is_none());
        assert_eq!(names(path).unwrap(), Vec::<String>::new());
        assert_eq!(read(path).unwrap_err().to_string(), "cannot read `no-such-folder/file`");
    }
}

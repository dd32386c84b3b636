//! A repository in another place.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::DemoRepository;

impl DemoRepository {
    /// The same repository in another folder: its files as they are there, also those that were broken, and the keys of everybody who signs it.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or written.
    pub fn copied_to(&self, home: &Path) -> Result<Self> {
        let copy = Self { home: home.to_owned(), ..self.clone() };
        copy_files(&self.directory(), &copy.directory())?;
        Ok(copy)
    }
}

fn copy_files(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("make folder `{}`", to.display()))?;
    let listed = || format!("list `{}`", from.display());
    for entry in fs::read_dir(from).with_context(listed)? {
        let entry = entry.with_context(listed)?;
        let (path, copy) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_files(&path, &copy)?;
        } else {
            fs::copy(&path, &copy).with_context(|| format!("copy `{}`", path.display()))?;
        }
    }
    Ok(())
}

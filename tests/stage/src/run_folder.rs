//! A folder for everything that one run of an example writes.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::components::workspace;

/// A new folder of this process's own below `target/<example>`; what runs that have ended left there is removed.
///
/// # Errors
///
/// Where a folder cannot be made or removed.
pub fn of(example: &str) -> Result<PathBuf> {
    let runs = workspace().join("target").join(example);
    fs::create_dir_all(&runs).with_context(|| format!("make folder `{}`", runs.display()))?;
    let own = std::process::id().to_string();
    for entry in fs::read_dir(&runs).with_context(|| format!("read folder `{}`", runs.display()))? {
        let entry = entry.with_context(|| format!("read folder `{}`", runs.display()))?;
        let process = entry.file_name();
        if process.to_str() == Some(own.as_str()) || !Path::new("/proc").join(&process).exists() {
            let path = entry.path();
            let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.with_context(|| format!("remove `{}`", path.display()))?;
        }
    }
    let folder = runs.join(own);
    fs::create_dir(&folder).with_context(|| format!("make folder `{}`", folder.display()))?;
    Ok(folder)
}

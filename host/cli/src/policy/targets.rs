//! The files of a repository, by digest.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use ssbtx_core::Sha256Digest;
use ssbtx_review::Archive;

/// Every file under `targets`, by the digest that its name begins with. What it holds is digested again by whoever takes it.
#[derive(Debug)]
pub struct Targets(BTreeMap<Sha256Digest, PathBuf>);

impl Targets {
    /// Lists the files.
    pub fn open(repository: &Path) -> Result<Self> {
        let folder = repository.join("targets");
        let mut files = BTreeMap::new();
        // One that was founded and lists nothing yet has no such folder.
        if !folder.exists() && repository.join("metadata").is_dir() {
            return Ok(Self(files));
        }
        for entry in fs::read_dir(&folder).with_context(|| format!("list `{}`", folder.display()))? {
            let path = entry.with_context(|| format!("list `{}`", folder.display()))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let digest = name.split_once('.').and_then(|(digest, _)| digest.parse().ok());
            if let (Some(digest), Some(file)) = (digest, file_in(&path)) {
                files.insert(digest, file);
            }
        }
        if files.is_empty() {
            bail!("`{}` holds no file that is named after its digest", folder.display());
        }
        Ok(Self(files))
    }
}

impl Archive for Targets {
    fn bytes(&self, digest: Sha256Digest) -> Option<Vec<u8>> {
        fs::read(self.0.get(&digest)?).ok()
    }
}

/// The digest stands before the whole name, so that `<sha256>.adapters/af/adapter.wasm` is a folder with one file below it; equal files of two names
/// make two in it, and either will do.
fn file_in(path: &Path) -> Option<PathBuf> {
    if path.is_file() {
        return Some(path.to_owned());
    }
    let mut below: Vec<PathBuf> = fs::read_dir(path).ok()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    below.sort();
    below.iter().find_map(|path| file_in(path))
}

//! Paths, and files whose content is part of the configuration.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use ssbtx_core::Sha256Digest;
use zeroize::Zeroizing;

use super::Table;
use crate::content::Content;
use crate::setting::Value;
use crate::tree::Node;

impl Table<'_> {
    /// Reads the path of something whose content is not part of the configuration: a folder, or a file that is watched.
    pub fn path(&self, key: &str, expected: &str) -> Option<PathBuf> {
        if !self.has(key) {
            self.missing(key, expected);
            return None;
        }
        self.optional_path(key, expected).flatten()
    }

    /// Reads such a path that may be left out: `None` where it is wrong, `Some(None)` where it is left out.
    pub fn optional_path(&self, key: &str, expected: &str) -> Option<Option<PathBuf>> {
        let Some(found) = self.find(key) else {
            self.set(key, Value::NotSet);
            return Some(None);
        };
        let Node::Text(text) = &found.node else {
            self.mistaken(key, found, expected);
            return None;
        };
        let path = self.resolved(text);
        self.set(key, Value::Text(path.display().to_string()));
        Some(Some(path))
    }

    /// Reads a list of such paths; an empty one where it is left out. For files whose content counts there is [`files`](Self::files).
    pub fn paths(&self, key: &str, expected: &str) -> Option<Vec<PathBuf>> {
        let read = self.list(key, expected, |text| Ok::<_, String>(self.resolved(text)))?;
        Some(read.unwrap_or_default())
    }

    /// Reads a file that must be named, and what it holds.
    pub fn file(&self, key: &str, expected: &str) -> Option<Content> {
        if self.has(key) {
            return self.optional_file(key, expected).flatten();
        }
        self.missing(key, expected);
        None
    }

    /// Reads a file that must be named and that holds a secret: nobody but its owner may do anything with it.
    pub fn private_file(&self, key: &str, expected: &str) -> Option<Content> {
        let content = self.file(key, expected)?;
        self.is_private(key, &content).then_some(content)
    }

    /// Reads such a file that may be left out: `None` where it is wrong, `Some(None)` where it is left out.
    pub fn optional_private_file(&self, key: &str, expected: &str) -> Option<Option<Content>> {
        let content = self.optional_file(key, expected)?;
        content.as_ref().is_none_or(|content| self.is_private(key, content)).then_some(content)
    }

    /// Reads a list of files, and what each of them holds; an empty one where it is left out.
    pub fn files(&self, key: &str, expected: &str) -> Option<Vec<Content>> {
        let read = self.list_with(key, expected, |text| read(self.resolved(text)), digest_of_all)?;
        Some(read.unwrap_or_default())
    }

    fn is_private(&self, key: &str, content: &Content) -> bool {
        self.taken(key, lets_no_more_than(&content.path, OWNERS)).is_some()
    }

    /// Reads a file that may be left out: `None` where it is wrong, `Some(None)` where it is left out. Whoever can write it decides what the host
    /// does, so that may not be everybody.
    pub fn optional_file(&self, key: &str, expected: &str) -> Option<Option<Content>> {
        let Some(found) = self.find(key) else {
            self.set(key, Value::NotSet);
            return Some(None);
        };
        let Node::Text(text) = &found.node else {
            self.mistaken(key, found, expected);
            return None;
        };
        let content = self.taken(key, read(self.resolved(text)))?;
        let digest = Sha256Digest::of(&content.bytes);
        self.set_with(key, Value::Text(content.path.display().to_string()), Some(digest));
        Some(Some(content))
    }

    /// A path in this file, from where the host stands.
    pub fn resolved(&self, path: impl AsRef<Path>) -> PathBuf {
        self.document.folder.join(path)
    }
}

/// Reads a file that not everybody can write.
fn read(path: PathBuf) -> Result<Content, String> {
    if path.exists() {
        lets_no_more_than(&path, NOT_WRITTEN_BY_OTHERS)?;
    }
    match fs::read(&path) {
        Ok(bytes) => Ok(Content { path, bytes: Zeroizing::new(bytes) }),
        Err(error) => Err(format!("`{}` cannot be read: {error}", path.display())),
    }
}

/// Looks whether a file lets others do no more than this.
fn lets_no_more_than(path: &Path, allowed: u32) -> Result<(), String> {
    let metadata = fs::metadata(path).map_err(|error| format!("`{}` cannot be looked at: {error}", path.display()))?;
    let mode = metadata.permissions().mode() & 0o777;
    if mode & !allowed == 0 {
        return Ok(());
    }
    let expected = if allowed == OWNERS {
        "no access for group and others, such as `600`"
    } else {
        "a file that others cannot write, such as `644`"
    };
    Err(format!("`{}` has mode `{mode:03o}`, expected {expected}", path.display()))
}

/// Of a list: another where one of its files holds something else.
fn digest_of_all(files: &[Content]) -> Option<Sha256Digest> {
    let digests: Vec<u8> = files.iter().flat_map(|file| *Sha256Digest::of(&file.bytes).as_bytes()).collect();
    (!files.is_empty()).then(|| Sha256Digest::of(&digests))
}

/// What the owner of a secret may do with it, and nobody else.
const OWNERS: u32 = 0o700;
/// Everything but writing by those who are neither the owner nor in the group.
const NOT_WRITTEN_BY_OTHERS: u32 = 0o775;

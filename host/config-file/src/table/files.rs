//! Paths, and files whose content is part of the configuration.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use ssbtx_core::Sha256Digest;
use zeroize::Zeroizing;

use super::Table;
use crate::content::Content;
use crate::setting::{Origin, Value};
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

    /// Reads a list of such paths; an empty one where it is left out.
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
        self.has_no_more_than(key, &content.path, OWNERS).then_some(content)
    }

    /// Whether a file lets others do no more than this; a fault where it does.
    fn has_no_more_than(&self, key: &str, path: &Path, allowed: u32) -> bool {
        let mode = match fs::metadata(path) {
            Ok(metadata) => metadata.permissions().mode() & 0o777,
            Err(error) => {
                self.fault(key, format_args!("`{}` cannot be looked at: {error}", path.display()));
                return false;
            }
        };
        let is_so = mode & !allowed == 0;
        if !is_so {
            let expected = if allowed == OWNERS {
                "no access for group and others, such as `600`"
            } else {
                "a file that others cannot write, such as `644`"
            };
            self.fault(key, format_args!("`{}` has mode `{mode:03o}`, expected {expected}", path.display()));
        }
        is_so
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
        let path = self.resolved(text);
        if path.exists() && !self.has_no_more_than(key, &path, NOT_WRITTEN_BY_OTHERS) {
            return None;
        }
        match fs::read(&path) {
            Ok(bytes) => {
                let value = Value::Text(path.display().to_string());
                let origin = Origin::File { file: self.document.file.clone(), line: found.line };
                let digest = Sha256Digest::of(&bytes);
                self.document.reading.borrow_mut().set(self.path_of(key), value, origin, Some(digest));
                Some(Some(Content { path, bytes: Zeroizing::new(bytes) }))
            }
            Err(error) => {
                self.fault(key, format_args!("`{}` cannot be read: {error}", path.display()));
                None
            }
        }
    }

    /// A path in this file, from where the host stands.
    pub fn resolved(&self, path: impl AsRef<Path>) -> PathBuf {
        self.document.folder.join(path)
    }
}

/// What the owner of a secret may do with it, and nobody else.
const OWNERS: u32 = 0o700;
/// Everything but writing by those who are neither the owner nor in the group.
const NOT_WRITTEN_BY_OTHERS: u32 = 0o775;

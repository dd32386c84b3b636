//! The metadata files of one load, as they were read.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use tough::Bytes;

/// The metadata files of one load, in the order of reading, for what `tough` does not check or does not tell.
///
/// It holds what was read and not what is on disk now, so that a check here speaks of the bytes that `tough` verified.
#[derive(Debug, Clone, Default)]
pub(crate) struct Journal(Arc<Mutex<Vec<Entry>>>);

#[derive(Debug, Clone)]
pub(crate) struct Entry {
    file: String,
    bytes: Bytes,
}

impl Entry {
    /// The file's name, such as `1.governance.json`.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// The role that the file is of, such as `governance`.
    pub(crate) fn role(&self) -> &str {
        let stem = self.file.strip_suffix(".json").unwrap_or(&self.file);
        match stem.split_once('.') {
            Some((version, role)) if version.bytes().all(|byte| byte.is_ascii_digit()) => role,
            _ => stem,
        }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The content, whether or not it is signed; null where it is not JSON.
    pub(crate) fn value(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }
}

impl Journal {
    /// Enters a file, unless that is one more than allowed.
    pub(crate) fn enter(&self, file: String, bytes: Bytes, max_files: usize) -> Result<(), Full> {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= max_files {
            return Err(Full);
        }
        entries.push(Entry { file, bytes });
        Ok(())
    }

    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The file that was read last: the one that `tough` speaks of when it refuses.
    pub(crate) fn last(&self) -> Option<Entry> {
        self.entries().pop()
    }

    /// The file of a role that was read last.
    pub(crate) fn last_of(&self, role: &str) -> Option<Entry> {
        self.entries().into_iter().rfind(|entry| entry.role() == role)
    }
}

/// As many files as allowed were read already.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Full;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_tells_the_role() {
        let role = |file: &str| Entry { file: file.to_owned(), bytes: Bytes::new() }.role().to_owned();
        assert_eq!(role("timestamp.json"), "timestamp");
        assert_eq!(role("12.root.json"), "root");
        assert_eq!(role("1.governance.json"), "governance");
        assert_eq!(role("1.a.b.json"), "a.b");
    }
}

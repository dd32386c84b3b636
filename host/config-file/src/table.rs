//! A table of a document, asked key by key.

mod files;
mod scalars;
mod tables;

use std::error::Error;
use std::fmt::Display;

use ssbtx_core::Sha256Digest;

use crate::document::Document;
use crate::setting::{Origin, Value};
use crate::told::told;
use crate::tree::{Entries, Located};

pub use scalars::Unit;

/// A table, or the place of one that the file leaves out.
///
/// Every function that reads a key adds a setting or a fault to its document. What it gives where there is a fault stands for nothing: the
/// document as a whole then has no value.
pub struct Table<'d> {
    document: &'d Document,
    path: String,
    line: usize,
    entries: Option<&'d Entries>,
}

impl<'d> Table<'d> {
    pub(crate) fn open(
        document: &'d Document,
        path: String,
        line: usize,
        entries: Option<&'d Entries>,
        keys: &[&str],
    ) -> Self {
        let table = Self { document, path, line, entries };
        for (key, value) in entries.into_iter().flatten().filter(|(key, _)| !keys.contains(&key.as_str())) {
            let known = keys.join("`, `");
            table.fault_at(value.line, table.path_of(key), format_args!("unknown key, expected one of `{known}`"));
        }
        table
    }

    /// The key with the tables that it stands in.
    pub fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Whether the file has this key.
    pub fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// Adds a fault of a key, or where the file does not have it, of its table.
    pub fn fault(&self, key: &str, detail: impl Display) {
        self.fault_at(self.line_of(key), self.path_of(key), detail);
    }

    /// Adds a fault of the table.
    pub fn fault_of_all(&self, detail: impl Display) {
        self.fault_at(self.line, self.path.clone(), detail);
    }

    /// Keeps a value that was made of a key, or its fault with all of its causes.
    pub fn taken<T, E: Into<Box<dyn Error>>>(&self, key: &str, made: Result<T, E>) -> Option<T> {
        match made {
            Ok(value) => Some(value),
            Err(error) => {
                self.fault(key, told(error.into().as_ref()));
                None
            }
        }
    }

    fn find(&self, key: &str) -> Option<&'d Located> {
        self.entries?.get(key)
    }

    fn line_of(&self, key: &str) -> usize {
        self.find(key).map_or(self.line, |found| found.line)
    }

    fn fault_at(&self, line: usize, key: String, detail: impl Display) {
        self.document.reading.borrow_mut().fault(&self.document.file, line, key, detail);
    }

    fn missing(&self, key: &str, expected: &str) {
        self.fault_at(self.line, self.path_of(key), format_args!("missing, expected {expected}"));
    }

    fn mistaken(&self, key: &str, found: &Located, expected: impl Display) {
        self.fault(key, format_args!("found {}, expected {expected}", found.node.found()));
    }

    fn set(&self, key: &str, value: Value) {
        self.set_with(key, value, None);
    }

    /// Adds a setting, with the digest of what the files hold that it names.
    fn set_with(&self, key: &str, value: Value, content: Option<Sha256Digest>) {
        let origin = match self.find(key) {
            Some(found) => Origin::File { file: self.document.file.clone(), line: found.line },
            None => Origin::Default,
        };
        self.document.reading.borrow_mut().set(self.path_of(key), value, origin, content);
    }
}

#[cfg(test)]
mod tests;

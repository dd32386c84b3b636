//! Files that a source includes, so that what belongs to one agency can lie in a file of its own.

use std::cell::RefCell;
use std::io;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::fault::{InvalidSource, Place};

/// The folder that a source and what it includes lie in. It remembers what was read of it.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    read: RefCell<Vec<PathBuf>>,
}

impl Folder {
    /// The folder of this path.
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), read: RefCell::default() }
    }

    /// Reads a file in it, or below it.
    pub(crate) fn read(&self, name: &str) -> io::Result<String> {
        let file = self.path.join(name);
        let text = std::fs::read_to_string(&file);
        self.read.borrow_mut().push(file);
        text
    }

    /// Every file that was read, or was to be read, so far.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        self.read.borrow().clone()
    }

    /// Reads an included file in its form.
    pub(crate) fn include<F: DeserializeOwned>(&self, name: &str) -> Result<F, InvalidSource> {
        let text = self.read(name).map_err(|cause| InvalidSource::Unreadable { file: name.to_owned(), cause })?;
        toml::from_str(&text)
            .map_err(|cause| InvalidSource::IncludedForm { file: name.to_owned(), cause: Box::new(cause) })
    }
}

/// Something written in a file, and where.
#[derive(Debug)]
pub(crate) struct Written<T> {
    pub(crate) place: Place,
    pub(crate) entry: T,
}

/// The entries of one array in one file, each with its place there.
pub(crate) fn written<T>(
    file: Option<&str>,
    array: &'static str,
    entries: Vec<T>,
    name: impl Fn(&T) -> &str,
) -> impl Iterator<Item = Written<T>> {
    entries
        .into_iter()
        .enumerate()
        .map(move |(position, entry)| Written { place: Place::table(file, array, position, name(&entry)), entry })
}

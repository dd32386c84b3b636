//! Where a log is read.

use std::path::{Path, PathBuf};

use crate::postgres::PostgresSettings;

/// Where a log lies, for whoever reads it.
///
/// A folder can be given as it is: every question to a log takes whatever becomes a place.
#[derive(Debug, Clone, Copy)]
pub enum Place<'p> {
    /// A folder of segments.
    Folder(&'p Path),
    /// A database.
    Postgres(&'p PostgresSettings),
}

impl<'p> From<&'p Path> for Place<'p> {
    fn from(folder: &'p Path) -> Self {
        Self::Folder(folder)
    }
}

impl<'p> From<&'p PathBuf> for Place<'p> {
    fn from(folder: &'p PathBuf) -> Self {
        Self::Folder(folder)
    }
}

impl<'p> From<&'p PostgresSettings> for Place<'p> {
    fn from(settings: &'p PostgresSettings) -> Self {
        Self::Postgres(settings)
    }
}

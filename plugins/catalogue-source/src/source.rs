//! The files of a catalogue: `catalogue.toml` and what it includes.

use std::io;
use std::path::{Component, Path, PathBuf};

use crate::catalogue::Catalogue;
use crate::fault::Fault;
use crate::file::{CatalogueFile, IncludedFile};

impl Catalogue {
    /// Loads a `catalogue.toml` and the files that it includes.
    ///
    /// # Errors
    ///
    /// [`NotLoaded`] if a file cannot be read, or if together they are no catalogue.
    pub fn load(file: &Path) -> Result<Self, NotLoaded> {
        load(file, |_| {})
    }
}

/// Why there is no catalogue.
#[derive(Debug, thiserror::Error)]
pub enum NotLoaded {
    /// `catalogue.toml` cannot be read.
    #[error("cannot read `{}`", .0.display())]
    Unreadable(PathBuf, #[source] io::Error),
    /// It, or a file that it includes, has a mistake.
    #[error("`{}` is no catalogue", .0.display())]
    Faulty(PathBuf, #[source] Box<Fault>),
}

/// Loads a catalogue, and says of each file that it is read.
pub(crate) fn load(file: &Path, mut reading: impl FnMut(&Path)) -> Result<Catalogue, NotLoaded> {
    reading(file);
    let text = std::fs::read_to_string(file).map_err(|error| NotLoaded::Unreadable(file.to_owned(), error))?;
    let folder = file.parent().unwrap_or(Path::new(""));
    let read = |name: &str| {
        let included = folder.join(name);
        reading(&included);
        std::fs::read_to_string(included)
    };
    parse(&text, read).map_err(|fault| NotLoaded::Faulty(file.to_owned(), Box::new(fault)))
}

/// Parses a `catalogue.toml`, given what reads the files that it includes.
pub(crate) fn parse(text: &str, mut read: impl FnMut(&str) -> io::Result<String>) -> Result<Catalogue, Fault> {
    let mut file: CatalogueFile = toml::from_str(text)?;
    for name in std::mem::take(&mut file.include) {
        if !is_below(&name) {
            return Err(Fault::Shape { what: "include", found: name, expected: "a file below the catalogue's folder" });
        }
        let included = read(&name).map_err(|error| Fault::Unreadable(name.clone(), error))?;
        let included: IncludedFile = toml::from_str(&included).map_err(|error| Fault::Included(name, error))?;
        file.types.extend(included.types);
    }
    Catalogue::from_file(file)
}

/// Whether a path stays in its folder.
fn is_below(name: &str) -> bool {
    !name.is_empty() && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

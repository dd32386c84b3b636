//! A file, parsed, and what comes of reading it.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use toml::de::DeTable;

use crate::fault::Fault;
use crate::reading::Reading;
use crate::setting::Setting;
use crate::table::Table;
use crate::tree::{self, Entries};

/// A file that is TOML, while it is read.
pub struct Document {
    pub(crate) file: String,
    pub(crate) folder: PathBuf,
    pub(crate) reading: RefCell<Reading>,
    entries: Entries,
}

/// What came of reading a document.
pub struct Read<T> {
    /// The whole of it; absent where something is wrong.
    pub value: Option<T>,
    /// Everything that is wrong, in the order of its lines.
    pub faults: Vec<Fault>,
    /// Everything that was read, in the order of reading.
    pub settings: Vec<Setting>,
}

impl Document {
    /// Parses a file's text. Relative paths in it are relative to the file.
    ///
    /// # Errors
    ///
    /// Every place where it is no TOML.
    pub fn parse(file: &Path, text: &str) -> Result<Self, Vec<Fault>> {
        let name = file.display().to_string();
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            let faults = errors.into_iter().map(|error| {
                let line = tree::line_of(text, error.span().map_or(0, |span| span.start));
                Fault { file: name.clone(), line, key: String::new(), detail: error.message().to_owned() }
            });
            return Err(faults.collect());
        }
        Ok(Self {
            file: name,
            folder: file.parent().unwrap_or(Path::new("")).to_owned(),
            reading: RefCell::default(),
            entries: tree::entries(text, table.get_ref()),
        })
    }

    /// The table that the whole file is. Every key that is not among these is a fault.
    pub fn root(&self, keys: &[&str]) -> Table<'_> {
        Table::open(self, String::new(), 1, Some(&self.entries), keys)
    }

    /// Ends the reading.
    pub fn end<T>(self, value: Option<T>) -> Read<T> {
        let Reading { mut faults, settings } = self.reading.into_inner();
        faults.sort_by_key(|fault| fault.line);
        Read { value: value.filter(|_| faults.is_empty()), faults, settings }
    }
}

//! The JSON of what people sign: read within bounds, written in one form.

use std::str::FromStr;

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Why a file is not JSON of the kind that it should be. It quotes nothing but names of keys, escaped and cut.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidJson {
    /// Larger than any file of its kind.
    #[error("file has {found} bytes, expected at most {most}")]
    TooLarge {
        /// Its length in bytes.
        found: usize,
        /// The most it may be.
        most: usize,
    },
    /// No JSON, or a key that is missing, unknown, repeated or of another type.
    #[error("{what} at line {line}, column {column}")]
    Form {
        /// What is wrong.
        what: String,
        /// Where, counted from 1.
        line: usize,
        /// Where, counted from 1.
        column: usize,
    },
    /// Of another kind or version.
    #[error("file is not `{0}` of version 1")]
    Kind(&'static str),
}

/// A value that is not of its key's form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{key}` is not of its form")]
pub struct InvalidValue {
    key: String,
}

impl InvalidValue {
    pub(crate) fn of(key: String) -> Self {
        Self { key }
    }
}

/// Reads a file of a kind. The kind is looked at first, so that a file of a later version is told from a wrong one.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8], kind: &'static str, most: usize) -> Result<T, InvalidJson> {
    if bytes.len() > most {
        return Err(InvalidJson::TooLarge { found: bytes.len(), most });
    }
    let head: Head = serde_json::from_slice(bytes).map_err(|error| form(&error))?;
    if head.kind != kind || head.version != VERSION {
        return Err(InvalidJson::Kind(kind));
    }
    serde_json::from_slice(bytes).map_err(|error| form(&error))
}

/// Writes a file: two spaces to a level, a line feed at the end.
pub(crate) fn write(file: &impl Serialize) -> Vec<u8> {
    // Text into memory under keys that are texts cannot fail; and nothing is no file of any kind.
    let mut bytes = serde_json::to_vec_pretty(file).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// Parses the text of a key.
pub(crate) fn value<T: FromStr>(key: impl FnOnce() -> String, text: &str) -> Result<T, InvalidValue> {
    text.parse().map_err(|_| InvalidValue { key: key() })
}

/// Parses a day, `yyyy-MM-dd` and nothing else.
pub(crate) fn day(key: impl FnOnce() -> String, text: &str) -> Result<Date, InvalidValue> {
    let day: Option<Date> = text.parse().ok().filter(|day: &Date| day.to_string() == text);
    day.ok_or_else(|| InvalidValue { key: key() })
}

/// The version of every kind there is.
pub(crate) const VERSION: u64 = 1;

#[derive(Deserialize)]
struct Head {
    kind: String,
    version: u64,
}

/// The reader's own words where they name a key, since its other words may quote a value.
fn form(error: &serde_json::Error) -> InvalidJson {
    let said = error.to_string();
    let names_a_key = ["missing field", "unknown field", "duplicate field"].iter().any(|start| said.starts_with(start));
    let what = if names_a_key {
        let named = said.split("`, expected").next().unwrap_or_default();
        let named = named.split("` at line").next().unwrap_or_default();
        let name = named.split_once('`').unwrap_or_default();
        format!("{}`{}`", name.0, name.1.escape_debug().take(MOST_NAME).collect::<String>())
    } else if error.is_data() {
        "value is of another type".to_owned()
    } else {
        "text is no JSON".to_owned()
    };
    InvalidJson::Form { what, line: error.line(), column: error.column() }
}

/// How much of a key's name is told.
const MOST_NAME: usize = 64;

//! A value that is in force, and where it comes from.

use std::fmt;

use serde::{Serialize, Serializer};
use ssbtx_core::Sha256Digest;

/// One key with what is in force for it.
///
/// # Shape
///
/// In JSON `{"key": "listen.address", "value": "0.0.0.0:8443", "origin": "ssbtx.toml:4"}`, with `null` for what is not set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Setting {
    /// The key with the tables that it stands in.
    pub key: String,
    /// What is in force.
    pub value: Value,
    /// Where it comes from.
    pub origin: Origin,
    /// What the file held that the value names, where its content counts. It is compared and never shown.
    #[serde(skip)]
    pub content: Option<Sha256Digest>,
}

/// What is in force for a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A text, or a path from where the host stands.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A list of texts.
    List(Vec<String>),
    /// Nothing is set, and there is no default.
    NotSet,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// This line of this file.
    File {
        /// The file, as it was named.
        file: String,
        /// The line, from 1.
        line: usize,
    },
    /// No file says anything.
    Default,
}

impl Setting {
    /// Whether another has the same value, and where a file's content counts, the same content. Where it stands does not matter.
    pub fn is_as(&self, other: &Self) -> bool {
        self.value == other.value && self.content == other.content
    }
}

impl fmt::Display for Value {
    /// As TOML writes it; a dash for what is not set.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{}", toml::Value::from(text.as_str())),
            Self::Number(number) => write!(f, "{number}"),
            Self::List(texts) => write!(f, "{}", toml::Value::from(texts.clone())),
            Self::NotSet => f.write_str("–"),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { file, line } => write!(f, "{file}:{line}"),
            Self::Default => f.write_str("default"),
        }
    }
}

impl Serialize for Origin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

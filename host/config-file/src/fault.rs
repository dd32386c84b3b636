//! One thing that is wrong with a file.

use std::fmt;

/// What is wrong, and where.
///
/// # Shape
///
/// In text: ``ssbtx.toml:27: question.deadline-ms: `0` is not 100 to 60000``; without the key where the file is no TOML there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, as it was named.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The key with the tables that it stands in, such as `upstream[0].url`; empty where there is none.
    pub key: String,
    /// What was found and what was expected.
    pub detail: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, key, detail } = self;
        write!(f, "{file}:{line}: ")?;
        if !key.is_empty() {
            write!(f, "{key}: ")?;
        }
        f.write_str(detail)
    }
}

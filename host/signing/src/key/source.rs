//! Where a key is.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use super::token_uri::{InvalidTokenUri, TokenUri};

/// Where a key is: in a file, or on a token.
///
/// # Shape
///
/// A path; or what begins with `pkcs11:`, as [`TokenUri`] says.
///
/// # Errors
///
/// Parsing gives [`InvalidTokenUri`] for what begins with `pkcs11:` and is no name of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySource {
    /// In a file.
    File(PathBuf),
    /// On a token.
    Token(TokenUri),
}

impl FromStr for KeySource {
    type Err = InvalidTokenUri;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.starts_with("pkcs11:") {
            return text.parse().map(Self::Token);
        }
        Ok(Self::File(PathBuf::from(text)))
    }
}

impl fmt::Display for KeySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Token(uri) => uri.fmt(f),
        }
    }
}

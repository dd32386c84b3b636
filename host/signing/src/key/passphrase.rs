//! What a key is locked with.

use std::fmt;
use std::path::Path;

use zeroize::{Zeroize, Zeroizing};

use crate::file::{self, FileFault};

/// What a key in a file is encrypted with, or the PIN of a token. Its memory is overwritten when it is dropped, and it is never shown.
///
/// It comes from a terminal or from a file; neither a command line nor the environment, which others can read, is a place for it.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

/// Why a file gives no passphrase.
#[derive(Debug, thiserror::Error)]
pub enum PassphraseFault {
    /// It cannot be read.
    #[error(transparent)]
    File(#[from] FileFault),
    /// There is nothing in it, or not text.
    #[error("first line of `{file}` is no passphrase")]
    None {
        /// The file.
        file: String,
    },
}

impl Passphrase {
    /// Takes a passphrase that somebody has typed.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Reads the first line of a file.
    ///
    /// # Errors
    ///
    /// [`PassphraseFault`] where there is none.
    pub fn read(path: &Path) -> Result<Self, PassphraseFault> {
        let mut bytes = file::read(path)?;
        let line = std::str::from_utf8(&bytes).ok().and_then(|text| text.lines().next()).map(str::to_owned);
        bytes.zeroize();
        let passphrase = line.filter(|line| !line.is_empty()).map(Self::new);
        passphrase.ok_or_else(|| PassphraseFault::None { file: path.display().to_string() })
    }

    /// How many characters it has.
    pub fn length(&self) -> usize {
        self.0.chars().count()
    }

    /// Whether it is the same as another, as typed again.
    pub fn is(&self, other: &Self) -> bool {
        self.0 == other.0
    }

    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_passphrase_is_the_first_line_of_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("passphrase");
        for text in ["lång och hemlig", "lång och hemlig\n", "lång och hemlig\r\nmore\n"] {
            fs::write(&path, text).unwrap();
            let passphrase = Passphrase::read(&path).unwrap();
            assert!(passphrase.is(&Passphrase::new("lång och hemlig".to_owned())));
            assert_eq!(passphrase.length(), 15);
            assert_eq!(format!("{passphrase:?}"), "Passphrase(…)");
        }
    }

    #[test]
    fn a_file_without_a_first_line_gives_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("passphrase");
        for bytes in [&b""[..], b"\n", b"\xff\xfe"] {
            fs::write(&path, bytes).unwrap();
            assert!(matches!(Passphrase::read(&path), Err(PassphraseFault::None { .. })));
        }
    }
}

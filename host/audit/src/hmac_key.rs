//! A key for names that only its holder can make.

use std::fmt;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

/// A key of HMAC-SHA-256.
///
/// It never prints, and it is wiped from memory when it is dropped.
///
/// # Shape
///
/// 32 random bytes. In its file: 64 hexadecimal digits, optionally a line feed, and no access for group or others.
pub struct HmacKey([u8; KEY_BYTES]);

impl HmacKey {
    /// Takes 32 bytes, which must come from a source of randomness fit for keys.
    pub fn from_bytes(bytes: [u8; KEY_BYTES]) -> Self {
        Self(bytes)
    }

    /// Reads a key from its file; `name` says in an error which key it is, such as `subject key`.
    ///
    /// # Errors
    ///
    /// [`HmacKeyFault`], which names the file and shows nothing of the key.
    pub fn load(path: &Path, name: &'static str) -> Result<Self, HmacKeyFault> {
        let unreadable = |source| HmacKeyFault::Read { name, path: path.to_owned(), source };
        let mode = fs::metadata(path).map_err(unreadable)?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(HmacKeyFault::Permissions { name, path: path.to_owned(), mode });
        }
        let text = Zeroizing::new(fs::read(path).map_err(unreadable)?);
        let digits = text.strip_suffix(b"\n").unwrap_or(&text);
        let mut bytes = Zeroizing::new([0; KEY_BYTES]);
        hex::decode_to_slice(digits, bytes.as_mut_slice())
            .map_err(|_| HmacKeyFault::Shape { name, path: path.to_owned() })?;
        Ok(Self(*bytes))
    }

    /// HMAC-SHA-256 over a message.
    pub fn digest(&self, message: &[u8]) -> [u8; 32] {
        // A key shorter than a block counts as if zeros followed it: RFC 2104, section 2.
        let mut block = Zeroizing::new([0; SHA256_BLOCK_BYTES]);
        for (to, from) in block.iter_mut().zip(&self.0) {
            *to = *from;
        }
        let mut mac = Hmac::<Sha256>::new((&*block).into());
        mac.update(message);
        mac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for HmacKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HmacKey(redacted)")
    }
}

impl Drop for HmacKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// What is wrong with the file of a key.
#[derive(Debug, thiserror::Error)]
pub enum HmacKeyFault {
    /// It cannot be read.
    #[error("{name} `{path}` cannot be read")]
    Read {
        /// Which key.
        name: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Others than its owner may use it.
    #[error("{name} `{path}` has mode `{mode:03o}`, expected no access for group and others, such as `600`")]
    Permissions {
        /// Which key.
        name: &'static str,
        /// The file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// It holds no key.
    #[error("{name} `{path}` is not 64 hexadecimal digits")]
    Shape {
        /// Which key.
        name: &'static str,
        /// The file.
        path: PathBuf,
    },
}

const KEY_BYTES: usize = 32;
const SHA256_BLOCK_BYTES: usize = 64;

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn load(text: &str, mode: u32) -> Result<HmacKey, HmacKeyFault> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        fs::set_permissions(file.path(), fs::Permissions::from_mode(mode)).unwrap();
        HmacKey::load(file.path(), "key")
    }

    #[test]
    fn ok_key_file() {
        for end in ["", "\n"] {
            let key = load(&format!("{}{end}", "01".repeat(32)), 0o600).unwrap();
            assert_eq!(key.digest(b"x"), HmacKey::from_bytes([1; 32]).digest(b"x"));
        }
    }

    #[test]
    fn err_key_file() {
        let digits = "01".repeat(32);
        for (text, mode) in [("", 0o600), ("0101", 0o600), (&"xy".repeat(32), 0o600), (&format!("{digits}\n\n"), 0o600)]
        {
            assert!(matches!(load(text, mode), Err(HmacKeyFault::Shape { .. })), "{text}");
        }
        for mode in [0o640, 0o604] {
            assert!(matches!(load(&digits, mode), Err(HmacKeyFault::Permissions { .. })));
        }
        assert!(matches!(HmacKey::load(Path::new("absent"), "key"), Err(HmacKeyFault::Read { .. })));
    }

    #[test]
    fn a_key_does_not_print() {
        assert_eq!(format!("{:?}", HmacKey::from_bytes([1; 32])), "HmacKey(redacted)");
    }
}

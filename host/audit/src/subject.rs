//! Whom a question was about, for those who hold the key.

use std::fmt;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

use ssbtx_core::PersonId;

/// The key under which persons are named in the audit log.
///
/// An identity number has so few possible values that a plain digest of it can be undone by trying them all. With a key, whoever has the log
/// alone learns nothing of the persons in it, and whoever has the key too can find every question about a given one. It is wiped from memory
/// when it is dropped.
///
/// # Shape
///
/// 32 random bytes. In its file: 64 hexadecimal digits, optionally a line feed, and no access for group or others.
pub struct SubjectKey {
    id: KeyId,
    bytes: [u8; KEY_BYTES],
}

impl SubjectKey {
    /// Takes 32 bytes, which must come from a source of randomness fit for keys.
    pub fn from_bytes(bytes: [u8; KEY_BYTES]) -> Self {
        let digest = hmac(&bytes, KEY_ID_TEXT);
        let mut id = [0; KEY_ID_BYTES];
        for (to, from) in id.iter_mut().zip(digest) {
            *to = from;
        }
        Self { id: KeyId(id), bytes }
    }

    /// Reads a key from its file.
    ///
    /// # Errors
    ///
    /// [`SubjectKeyFault`], which names the file and shows nothing of the key.
    pub fn load(path: &Path) -> Result<Self, SubjectKeyFault> {
        let unreadable = |source| SubjectKeyFault::Read { path: path.to_owned(), source };
        let mode = fs::metadata(path).map_err(unreadable)?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(SubjectKeyFault::Permissions { path: path.to_owned(), mode });
        }
        let text = Zeroizing::new(fs::read(path).map_err(unreadable)?);
        let digits = text.strip_suffix(b"\n").unwrap_or(&text);
        let mut bytes = Zeroizing::new([0; KEY_BYTES]);
        hex::decode_to_slice(digits, bytes.as_mut_slice())
            .map_err(|_| SubjectKeyFault::Shape { path: path.to_owned() })?;
        Ok(Self::from_bytes(*bytes))
    }

    /// Which key this is.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// Names a person under this key: the same person has the same name for as long as the key is kept.
    pub fn subject(&self, person: &PersonId) -> Subject {
        Subject { key: self.id, hmac: hmac(&self.bytes, person.reveal().as_bytes()) }
    }
}

impl fmt::Debug for SubjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SubjectKey({}, redacted)", self.id)
    }
}

impl Drop for SubjectKey {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

/// Which key named a person.
///
/// # Shape
///
/// 8 bytes, in text 16 lower-case hexadecimal digits: the beginning of HMAC-SHA-256 under the key over `ssbtx audit key id`. It follows from the
/// key, so that nobody can give two keys one id, and tells nothing of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyId([u8; KEY_ID_BYTES]);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A person under a key: HMAC-SHA-256 over the twelve digits in ASCII.
///
/// It stands for a person, so its `Debug` shows only the key's id.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Subject {
    key: KeyId,
    hmac: [u8; 32],
}

impl Subject {
    /// Which key named the person.
    pub fn key(&self) -> KeyId {
        self.key
    }

    /// The name: 64 lower-case hexadecimal digits.
    pub fn hmac_sha256(&self) -> String {
        hex::encode(self.hmac)
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Subject(redacted, key {})", self.key)
    }
}

/// What is wrong with the file of a key.
#[derive(Debug, thiserror::Error)]
pub enum SubjectKeyFault {
    /// It cannot be read.
    #[error("subject key `{path}` cannot be read")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Others than its owner may use it.
    #[error("subject key `{path}` has mode `{mode:03o}`, expected no access for group and others, such as `600`")]
    Permissions {
        /// The file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// It holds no key.
    #[error("subject key `{path}` is not 64 hexadecimal digits")]
    Shape {
        /// The file.
        path: PathBuf,
    },
}

fn hmac(key: &[u8; KEY_BYTES], message: &[u8]) -> [u8; 32] {
    // A key shorter than a block counts as if zeros followed it: RFC 2104, section 2.
    let mut block = Zeroizing::new([0; SHA256_BLOCK_BYTES]);
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    mac.update(message);
    mac.finalize().into_bytes().into()
}

const KEY_BYTES: usize = 32;
const SHA256_BLOCK_BYTES: usize = 64;
const KEY_ID_BYTES: usize = 8;
const KEY_ID_TEXT: &[u8] = b"ssbtx audit key id";

#[cfg(test)]
mod tests {
    use std::io::Write;

    use ssbtx_core::IdentityCheck;

    use super::*;

    fn person(digits: &str) -> PersonId {
        PersonId::parse(digits, IdentityCheck::DateAndCheckDigit).unwrap()
    }

    fn load(text: &str, mode: u32) -> Result<SubjectKey, SubjectKeyFault> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        fs::set_permissions(file.path(), fs::Permissions::from_mode(mode)).unwrap();
        SubjectKey::load(file.path())
    }

    #[test]
    fn a_person_has_one_name_under_one_key_and_another_under_another() {
        let (key, other) = (SubjectKey::from_bytes([1; 32]), SubjectKey::from_bytes([2; 32]));
        let named = key.subject(&person("197701172392"));
        assert!(named == SubjectKey::from_bytes([1; 32]).subject(&person("197701172392")));
        assert!(named != key.subject(&person("197701182383")));
        assert!(named != other.subject(&person("197701172392")));
        assert_ne!(key.id(), other.id());
    }

    #[test]
    fn a_name_is_what_other_tools_compute_too() {
        // printf 197701172392 | openssl dgst -sha256 -mac HMAC -macopt hexkey:0101…01
        let named = SubjectKey::from_bytes([1; 32]).subject(&person("197701172392"));
        assert_eq!(named.hmac_sha256(), "298bcd0e772a395f9b425e30575602bb227f4d70abf5e5a4d195ca37d7820dc3");
        assert_eq!(named.key().to_string(), "945ab82ecb382caf");
    }

    #[test]
    fn a_key_and_a_name_do_not_print() {
        let key = SubjectKey::from_bytes([1; 32]);
        let named = key.subject(&person("197701172392"));
        assert_eq!(format!("{key:?}"), format!("SubjectKey({}, redacted)", key.id()));
        assert!(!format!("{named:?}").contains(&named.hmac_sha256()));
    }

    #[test]
    fn ok_key_file() {
        for end in ["", "\n"] {
            let key = load(&format!("{}{end}", "01".repeat(32)), 0o600).unwrap();
            assert_eq!(key.id(), SubjectKey::from_bytes([1; 32]).id());
        }
    }

    #[test]
    fn err_key_file() {
        let digits = "01".repeat(32);
        for (text, mode) in [("", 0o600), ("0101", 0o600), (&"xy".repeat(32), 0o600), (&format!("{digits}\n\n"), 0o600)]
        {
            assert!(matches!(load(text, mode), Err(SubjectKeyFault::Shape { .. })), "{text}");
        }
        for mode in [0o640, 0o604] {
            assert!(matches!(load(&digits, mode), Err(SubjectKeyFault::Permissions { .. })));
        }
        assert!(matches!(SubjectKey::load(Path::new("absent")), Err(SubjectKeyFault::Read { .. })));
    }
}

//! Whom a question was about, for those who hold the key.

use std::fmt;
use std::path::Path;

use crate::hmac_key::{HmacKey, HmacKeyFault};
use crate::indexed::NamedSubject;
use ssbtx_core::PersonId;

/// The key under which persons are named in the audit log.
///
/// An identity number has so few possible values that a plain digest of it can be undone by trying them all. With a key, whoever has the log
/// alone learns nothing of the persons in it, and whoever has the key too can find every question about a given one. It is wiped from memory
/// when it is dropped.
///
/// # Shape
///
/// As an [`HmacKey`].
pub struct SubjectKey {
    id: KeyId,
    key: HmacKey,
    earlier: Option<Box<SubjectKey>>,
}

impl SubjectKey {
    /// Takes 32 bytes, which must come from a source of randomness fit for keys.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self::new(HmacKey::from_bytes(bytes))
    }

    /// Reads a key from its file.
    ///
    /// # Errors
    ///
    /// [`HmacKeyFault`], which names the file and shows nothing of the key.
    pub fn load(path: &Path) -> Result<Self, HmacKeyFault> {
        HmacKey::load(path, "subject key").map(Self::new)
    }

    fn new(key: HmacKey) -> Self {
        let digest = key.digest(KEY_ID_TEXT);
        let mut id = [0; KEY_ID_BYTES];
        for (to, from) in id.iter_mut().zip(digest) {
            *to = from;
        }
        Self { id: KeyId(id), key, earlier: None }
    }

    /// The same key in the time after it took the place of an earlier one: a person has both names then, so that who was asked about before and after
    /// the change is seen to be one person.
    #[must_use]
    pub fn overlapping(self, earlier: Self) -> Self {
        Self { earlier: Some(Box::new(earlier)), ..self }
    }

    /// Which key this is.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// Which key it took the place of, while that overlaps.
    pub fn earlier_id(&self) -> Option<KeyId> {
        self.earlier.as_ref().map(|earlier| earlier.id)
    }

    /// Names a person under this key: the same person has the same name for as long as the key is kept.
    pub fn subject(&self, person: &PersonId) -> Subject {
        let name = |key: &Self| Name { key: key.id, hmac: key.key.digest(person.reveal().as_bytes()) };
        Subject { name: name(self), earlier: self.earlier.as_deref().map(name) }
    }
}

impl fmt::Debug for SubjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SubjectKey({}, redacted)", self.id)
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

/// A person under a key: HMAC-SHA-256 over the twelve digits in ASCII; while a key takes the place of another, under both.
///
/// It stands for a person, so its `Debug` shows only the key's id.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Subject {
    name: Name,
    earlier: Option<Name>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Name {
    key: KeyId,
    hmac: [u8; 32],
}

impl Subject {
    /// Which key named the person.
    pub fn key(&self) -> KeyId {
        self.name.key
    }

    /// The name: 64 lower-case hexadecimal digits.
    pub fn hmac_sha256(&self) -> String {
        hex::encode(self.name.hmac)
    }

    /// As lines are found by it.
    pub fn named(&self) -> NamedSubject {
        self.name.named()
    }

    /// The person under the key before, while that overlaps.
    pub fn earlier(&self) -> Option<NamedSubject> {
        self.earlier.map(Name::named)
    }
}

impl Name {
    fn named(self) -> NamedSubject {
        NamedSubject { key: self.key.to_string(), hmac_sha256: hex::encode(self.hmac) }
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Subject(redacted, key {})", self.name.key)
    }
}

const KEY_ID_BYTES: usize = 8;
const KEY_ID_TEXT: &[u8] = b"ssbtx audit key id";

#[cfg(test)]
mod tests {
    use ssbtx_core::IdentityCheck;

    use super::*;

    fn person(digits: &str) -> PersonId {
        PersonId::parse(digits, IdentityCheck::DateAndCheckDigit).unwrap()
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
    fn a_person_has_both_names_while_a_key_takes_the_place_of_another() {
        let old = || SubjectKey::from_bytes([1; 32]);
        let named = SubjectKey::from_bytes([2; 32]).overlapping(old()).subject(&person("197701172392"));
        assert_eq!(named.earlier(), Some(old().subject(&person("197701172392")).named()));
        assert_eq!(named.named(), SubjectKey::from_bytes([2; 32]).subject(&person("197701172392")).named());
    }

    #[test]
    fn a_key_and_a_name_do_not_print() {
        let key = SubjectKey::from_bytes([1; 32]);
        let named = key.subject(&person("197701172392"));
        assert_eq!(format!("{key:?}"), format!("SubjectKey({}, redacted)", key.id()));
        assert!(!format!("{named:?}").contains(&named.hmac_sha256()));
    }
}

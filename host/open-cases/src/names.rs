//! What a case, a consumer and a person in a case are called in the store.

use std::fmt;
use std::path::Path;

use ssbtx_audit::{HmacKey, HmacKeyFault};
use ssbtx_core::PersonId;

use crate::open_cases::CaseOf;

/// The key under which cases and persons are named in the store.
///
/// It is another than the audit log's: whoever has one of the two keys cannot tell who in one is whom in the other. It never prints.
///
/// # Shape
///
/// As an [`HmacKey`].
#[derive(Debug)]
pub struct CaseKey(HmacKey);

impl CaseKey {
    /// Takes 32 bytes, which must come from a source of randomness fit for keys.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(HmacKey::from_bytes(bytes))
    }

    /// Reads a key from its file.
    ///
    /// # Errors
    ///
    /// [`HmacKeyFault`], which names the file and shows nothing of the key.
    pub fn load(path: &Path) -> Result<Self, HmacKeyFault> {
        HmacKey::load(path, "key of the open cases").map(Self)
    }

    /// Tells this key from others, and nothing else of it.
    pub fn id(&self) -> [u8; 32] {
        self.digest(&[b"key"])
    }

    pub(crate) fn consumer(&self, consumer: &str) -> ConsumerKey {
        ConsumerKey(self.digest(&[b"consumer", consumer.as_bytes()]))
    }

    pub(crate) fn case(&self, of: CaseOf<'_>) -> CaseName {
        let CaseOf { consumer, organisation, case } = of;
        let parts = [consumer, organisation.as_str(), case.as_str()].map(str::as_bytes);
        let [consumer, organisation, case] = parts;
        CaseName(self.digest(&[b"case", consumer, organisation, case]))
    }

    pub(crate) fn person(&self, of: CaseOf<'_>, person: &PersonId) -> PersonName {
        let CaseOf { consumer, organisation, case } = of;
        let parts = [consumer, organisation.as_str(), case.as_str(), person.reveal()].map(str::as_bytes);
        let [consumer, organisation, case, person] = parts;
        PersonName(self.digest(&[b"person", consumer, organisation, case, person]))
    }

    /// Each part with its length before it, so that no two lists of parts are the same message.
    fn digest(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut message = Vec::new();
        for part in parts {
            message.extend_from_slice(&(part.len() as u64).to_be_bytes());
            message.extend_from_slice(part);
        }
        self.0.digest(&message)
    }
}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// HMAC-SHA-256; its `Debug` shows nothing of it.
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name(pub(crate) [u8; 32]);

        impl $name {
            /// The digest, for a store.
            pub fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(redacted)"))
            }
        }
    };
}

name! {
    /// A consumer under the key.
    ConsumerKey
}
name! {
    /// A case of a consumer's, for one organisation, under the key.
    CaseName
}
name! {
    /// A person in one case under the key.
    PersonName
}

#[cfg(test)]
mod tests {
    use ssbtx_core::{CaseId, IdentityCheck, OrganisationNumber};

    use super::*;

    fn name(key: &CaseKey, consumer: &str, organisation: &str, case: &str, person: &str) -> PersonName {
        let organisation: OrganisationNumber = organisation.parse().unwrap();
        let case = CaseId::parse(case).unwrap();
        let person = PersonId::parse(person, IdentityCheck::DateAndCheckDigit).unwrap();
        key.person(CaseOf { consumer, organisation: &organisation, case: &case }, &person)
    }

    #[test]
    fn a_person_has_another_name_in_every_case() {
        let (key, other) = (CaseKey::from_bytes([1; 32]), CaseKey::from_bytes([2; 32]));
        let first = name(&key, "a", "162020000001", "1", "197701172392");
        assert_eq!(first, name(&key, "a", "162020000001", "1", "197701172392"));
        for another in [
            name(&key, "b", "162020000001", "1", "197701172392"),
            name(&key, "a", "162020000003", "1", "197701172392"),
            name(&key, "a", "162020000001", "2", "197701172392"),
            name(&key, "a", "162020000001", "1", "197701182383"),
            name(&other, "a", "162020000001", "1", "197701172392"),
        ] {
            assert!(first != another);
        }
    }

    #[test]
    fn where_one_part_ends_and_the_next_begins_is_part_of_the_name() {
        let key = CaseKey::from_bytes([1; 32]);
        assert_ne!(key.digest(&[b"ab", b"c"]), key.digest(&[b"a", b"bc"]));
        assert_ne!(key.digest(&[b"ab"]), key.digest(&[b"ab", b""]));
        let organisation: OrganisationNumber = "162020000001".parse().unwrap();
        let case = CaseId::parse("1").unwrap();
        let of = CaseOf { consumer: "a", organisation: &organisation, case: &case };
        assert_ne!(key.case(of).0, key.consumer("a").0);
    }

    #[test]
    fn a_key_and_a_name_do_not_print() {
        let key = CaseKey::from_bytes([1; 32]);
        assert_eq!(format!("{key:?}"), "CaseKey(HmacKey(redacted))");
        assert_eq!(format!("{:?}", key.consumer("a")), "ConsumerKey(redacted)");
    }
}

//! The keys of a role with its threshold, and the rules that they keep.

use std::fmt;
use std::str::FromStr;

use crate::authority::Authority;
use crate::public_key::{KeyId, PublicKey};
use ssbtx_trust::Person;

/// The keys of a role, and how many of their holders must sign.
#[derive(Debug, Clone)]
pub struct Holders {
    /// The keys, in the order in which they are listed.
    pub keys: Vec<PublicKey>,
    /// How many must sign; smallest 1, largest the number of keys.
    pub threshold: u64,
}

/// What is to be different of a role's keys.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    /// Keys that come.
    pub add: Vec<PublicKey>,
    /// Keys that go.
    pub remove: Vec<KeyName>,
    /// How many must sign, if that changes.
    pub threshold: Option<u64>,
}

/// How a key is named that goes: by its holder, or by the beginning of its id.
///
/// # Shape
///
/// 8 to 64 hexadecimal digits are a key id; anything else is a person's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyName {
    /// Every key of a person.
    Person(Person),
    /// The key whose id begins so.
    Id(String),
}

/// Why a role cannot have these keys.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidHolders {
    /// More signatures than keys, or none.
    #[error("threshold of role `{role}` is {found}, expected 1 to {keys}, the number of its keys")]
    Threshold {
        /// The role.
        role: String,
        /// The threshold.
        found: u64,
        /// How many keys there are.
        keys: u64,
    },
    /// A key that says of nobody that it is theirs.
    #[error("key `{key}` of role `{role}` names no person")]
    NoPerson {
        /// The role.
        role: String,
        /// The key id.
        key: KeyId,
    },
    /// A person with two keys could sign as two.
    #[error("`{person}` has two keys of role `{role}`, expected one")]
    SamePerson {
        /// The role.
        role: String,
        /// The person.
        person: String,
    },
    /// One key that is listed twice, perhaps under two names.
    #[error("key `{key}` stands twice among those of role `{role}`")]
    SameKey {
        /// The role.
        role: String,
        /// The key id of the second.
        key: KeyId,
    },
    /// A key that goes was not there.
    #[error("role `{role}` has no key of `{key}`")]
    NotThere {
        /// The role.
        role: String,
        /// The key, as it was named.
        key: String,
    },
}

impl Holders {
    /// The same with an edit, within the rules.
    pub(crate) fn edited(mut self, role: &str, edit: &Edit) -> Result<Self, InvalidHolders> {
        for name in &edit.remove {
            let before = self.keys.len();
            self.keys.retain(|key| !name.names(key));
            if self.keys.len() == before {
                return Err(InvalidHolders::NotThere { role: role.to_owned(), key: name.to_string() });
            }
        }
        self.keys.extend(edit.add.iter().cloned());
        self.threshold = edit.threshold.unwrap_or(self.threshold);
        Ok(self)
    }

    /// Refuses keys that no role may have: whoever signs, one key is one, and enough of them exist.
    pub(crate) fn are_distinct(&self, role: &str) -> Result<(), InvalidHolders> {
        let keys = self.keys.len() as u64;
        if !(1..=keys).contains(&self.threshold) {
            return Err(InvalidHolders::Threshold { role: role.to_owned(), found: self.threshold, keys });
        }
        for (position, key) in self.keys.iter().enumerate() {
            if self.keys.iter().take(position).any(|other| other.point() == key.point()) {
                return Err(InvalidHolders::SameKey { role: role.to_owned(), key: key.id().clone() });
            }
        }
        Ok(())
    }

    /// Refuses as well keys that no role of persons may have: every key has a holder, and no holder has two.
    pub(crate) fn are_persons(&self, role: &str) -> Result<(), InvalidHolders> {
        self.are_distinct(role)?;
        let mut seen: Vec<&Person> = Vec::new();
        for key in &self.keys {
            let role = role.to_owned();
            let person =
                key.person().ok_or_else(|| InvalidHolders::NoPerson { role: role.clone(), key: key.id().clone() })?;
            if seen.contains(&person) {
                return Err(InvalidHolders::SamePerson { role, person: person.to_string() });
            }
            seen.push(person);
        }
        Ok(())
    }
}

impl From<&Authority> for Holders {
    fn from(authority: &Authority) -> Self {
        Self { keys: authority.keys().to_vec(), threshold: authority.threshold() }
    }
}

impl KeyName {
    fn names(&self, key: &PublicKey) -> bool {
        match self {
            Self::Person(person) => key.person().is_some_and(|holder| holder == person),
            Self::Id(start) => key.id().as_str().starts_with(start),
        }
    }
}

impl FromStr for KeyName {
    type Err = ssbtx_trust::InvalidPerson;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_id = (8..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_id { Ok(Self::Id(text.to_ascii_lowercase())) } else { text.parse().map(Self::Person) }
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(person) => person.fmt(f),
            Self::Id(start) => f.write_str(start),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8, person: &str) -> PublicKey {
        PublicKey::of_person([byte; 32], &person.parse().unwrap()).unwrap()
    }

    fn holders(keys: Vec<PublicKey>, threshold: u64) -> Holders {
        Holders { keys, threshold }
    }

    #[test]
    fn a_person_has_one_key_of_a_role_however_the_name_is_written() {
        let twice = holders(vec![key(1, "Anna Exempel"), key(2, " anna EXEMPEL")], 2);
        let refused = twice.are_persons("governance").unwrap_err();
        insta::assert_snapshot!(refused, @"`anna EXEMPEL` has two keys of role `governance`, expected one");
    }

    #[test]
    fn one_key_under_two_names_is_one_key() {
        let twice = holders(vec![key(1, "Anna Exempel"), key(1, "Bo Exempel")], 2);
        assert!(matches!(twice.are_persons("root"), Err(InvalidHolders::SameKey { .. })));
    }

    #[test]
    fn a_machine_signs_for_no_role_of_persons() {
        let machine = holders(vec![PublicKey::of_machine([1; 32]).unwrap()], 1);
        assert!(matches!(machine.are_persons("root"), Err(InvalidHolders::NoPerson { .. })));
        assert_eq!(machine.are_distinct("snapshot"), Ok(()));
    }

    #[test]
    fn a_threshold_is_at_least_one_and_at_most_the_number_of_keys() {
        for threshold in [0, 3] {
            let refused = holders(vec![key(1, "Anna"), key(2, "Bo")], threshold).are_persons("root").unwrap_err();
            assert!(matches!(refused, InvalidHolders::Threshold { found, keys: 2, .. } if found == threshold));
        }
    }

    #[test]
    fn a_key_goes_by_its_holder_or_by_its_id() {
        let (anna, bo) = (key(1, "Anna Exempel"), key(2, "Bo Exempel"));
        let both = holders(vec![anna.clone(), bo], 1);
        for name in ["anna exempel", anna.id().as_str(), anna.id().short()] {
            let edit = Edit { remove: vec![name.parse().unwrap()], ..Edit::default() };
            let left = both.clone().edited("root", &edit).unwrap();
            assert_eq!(left.keys.iter().map(PublicKey::holder).collect::<Vec<_>>(), ["Bo Exempel"], "{name}");
        }
        let edit = Edit { remove: vec!["Cia Exempel".parse().unwrap()], ..Edit::default() };
        assert!(matches!(both.edited("root", &edit), Err(InvalidHolders::NotThere { .. })));
    }
}

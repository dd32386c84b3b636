//! Who may let a person be looked up.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use ssbtx_signing::{InvalidPublicKey, PublicKey};

/// The officers of an audit log: the keys of which two, of two persons, must sign before a person is looked up.
///
/// # Shape
///
/// In its file, a JSON list of public keys as `ssbtx key new` writes them, each with its holder: at most 100. A person may have several keys, such as a
/// token and the one that replaces it; whatever is signed, persons are counted.
///
/// # Errors
///
/// Parsing gives [`InvalidOfficers`].
#[derive(Clone)]
pub struct Officers {
    keys: Vec<PublicKey>,
}

impl Officers {
    /// How many persons must sign.
    pub const NEEDED: usize = 2;

    /// Reads the file of the officers.
    ///
    /// # Errors
    ///
    /// [`OfficersFault`].
    pub fn load(path: &Path) -> Result<Self, OfficersFault> {
        let text = fs::read(path).map_err(|source| OfficersFault::Read { path: path.to_owned(), source })?;
        Self::parse(&text).map_err(|source| OfficersFault::Invalid { path: path.to_owned(), source })
    }

    /// Reads the list.
    ///
    /// # Errors
    ///
    /// [`InvalidOfficers`], which names the key by its place, from 1.
    pub fn parse(json: &[u8]) -> Result<Self, InvalidOfficers> {
        let list: Vec<Value> = serde_json::from_slice(json).map_err(|_| InvalidOfficers::NoList)?;
        if list.len() > MOST {
            return Err(InvalidOfficers::TooMany { found: list.len() });
        }
        let mut keys: Vec<PublicKey> = Vec::new();
        for (place, description) in (1..).zip(list) {
            let key = PublicKey::parse(description.to_string().as_bytes());
            let key = key.map_err(|source| InvalidOfficers::Key { place, source })?;
            if key.person().is_none() {
                return Err(InvalidOfficers::NoPerson { place });
            }
            if keys.iter().any(|other| other.point() == key.point()) {
                return Err(InvalidOfficers::SameKey { place });
            }
            keys.push(key);
        }
        let mut persons: Vec<_> = keys.iter().filter_map(PublicKey::person).collect();
        persons.sort();
        persons.dedup();
        if persons.len() < Self::NEEDED {
            return Err(InvalidOfficers::TooFew { found: persons.len() });
        }
        Ok(Self { keys })
    }

    /// The key with these bytes, if it is an officer's.
    pub(crate) fn by_point(&self, point: &[u8; 32]) -> Option<&PublicKey> {
        self.keys.iter().find(|key| key.point() == point)
    }
}

impl fmt::Debug for Officers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.keys.iter().map(PublicKey::holder)).finish()
    }
}

/// Why there are no officers from a file.
#[derive(Debug, thiserror::Error)]
pub enum OfficersFault {
    /// It cannot be read.
    #[error("list of officers `{path}` cannot be read")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is not as it must be.
    #[error("list of officers `{path}` cannot be used")]
    Invalid {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: InvalidOfficers,
    },
}

/// What is wrong with a list of officers.
#[derive(Debug, thiserror::Error)]
pub enum InvalidOfficers {
    /// It is no JSON list.
    #[error("it is no JSON list of public keys")]
    NoList,
    /// More keys than anybody needs.
    #[error("it has `{found}` keys, expected at most {MOST}")]
    TooMany {
        /// How many.
        found: usize,
    },
    /// A key that cannot be one.
    #[error("key `{place}` cannot be used")]
    Key {
        /// Which, from 1.
        place: usize,
        /// Why.
        source: InvalidPublicKey,
    },
    /// A key that says of nobody that it is theirs.
    #[error("key `{place}` names no person")]
    NoPerson {
        /// Which, from 1.
        place: usize,
    },
    /// One key twice, perhaps under two names.
    #[error("key `{place}` stands in the list before, expected every key once")]
    SameKey {
        /// Which, from 1.
        place: usize,
    },
    /// Nobody could ever be looked up.
    #[error("it has the keys of `{found}` persons, expected at least two")]
    TooFew {
        /// How many persons.
        found: usize,
    },
}

const MOST: usize = 100;

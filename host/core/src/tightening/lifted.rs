//! What is withheld no longer.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::identifier::TighteningId;
use crate::signed_json::{self, InvalidJson, InvalidValue, VERSION, value};

/// The entries of the [`Tightening`](super::Tightening) that hold no longer. Lifting can open, so it takes as many signatures as a policy.
///
/// # Shape
///
/// UTF-8 JSON of at most [`Lifted::MAX_BYTES`] and 4,096 ids, no other keys; written sorted:
///
/// ```json
/// {"kind":"ssbtx-lifted","version":1,"lifted":["2026-11-22-af"]}
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lifted(BTreeSet<TighteningId>);

impl Lifted {
    /// The largest file that is read, in bytes.
    pub const MAX_BYTES: usize = 1 << 20;

    /// Takes the ids.
    ///
    /// # Errors
    ///
    /// [`InvalidLifted::TooMany`].
    pub fn new(ids: BTreeSet<TighteningId>) -> Result<Self, InvalidLifted> {
        if ids.len() > MOST_IDS { Err(InvalidLifted::TooMany(ids.len())) } else { Ok(Self(ids)) }
    }

    /// Reads a list.
    ///
    /// # Errors
    ///
    /// [`InvalidLifted`].
    pub fn parse(bytes: &[u8]) -> Result<Self, InvalidLifted> {
        let file: LiftedFile = signed_json::read(bytes, KIND, Self::MAX_BYTES)?;
        let mut ids = BTreeSet::new();
        for (position, text) in file.lifted.iter().enumerate() {
            let id: TighteningId = value(|| format!("lifted[{position}]"), text)?;
            if ids.contains(&id) {
                return Err(InvalidLifted::Twice(id));
            }
            ids.insert(id);
        }
        Self::new(ids)
    }

    /// Writes it in its one form.
    pub fn to_json(&self) -> Vec<u8> {
        let lifted = self.0.iter().map(TighteningId::to_string).collect();
        signed_json::write(&LiftedFile { kind: KIND.to_owned(), version: VERSION, lifted })
    }

    /// Every id, in order.
    pub fn ids(&self) -> &BTreeSet<TighteningId> {
        &self.0
    }

    /// Whether an entry is lifted.
    pub fn holds(&self, id: &TighteningId) -> bool {
        self.0.contains(id)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LiftedFile {
    kind: String,
    version: u64,
    lifted: Vec<String>,
}

/// What is wrong with a list of what is withheld no longer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidLifted {
    /// The file is not JSON of this kind.
    #[error(transparent)]
    Json(#[from] InvalidJson),
    /// An id is none.
    #[error(transparent)]
    Value(#[from] InvalidValue),
    /// More ids than a list may have.
    #[error("list has {0} ids, expected at most 4096")]
    TooMany(usize),
    /// An id twice.
    #[error("id `{0}` is listed twice")]
    Twice(TighteningId),
}

const KIND: &str = "ssbtx-lifted";
const MOST_IDS: usize = 4096;

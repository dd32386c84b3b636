//! What governance withholds at once, and what of it is lifted again.

mod json;
mod lifted;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::agency::AgencyId;
use crate::catalogue::{Bilingual, Catalogue, Scope};
use crate::digest::Sha256Digest;
use crate::identifier::{DatasetId, Role, TighteningId};
use crate::redaction::without_identity_numbers;
use crate::signed_json::{InvalidJson, InvalidValue};

pub use lifted::{InvalidLifted, Lifted};

/// The list of what is withheld whatever policies say. It can only remove: one person may sign it.
///
/// # Shape
///
/// UTF-8 JSON of at most [`Tightening::MAX_BYTES`] and 1,024 entries, no keys but these; `roles` may be absent, which means every role:
///
/// ```json
/// {"kind":"ssbtx-tightening","version":1,"withheld":[{"id":"2026-11-22-af","since":"2026-11-22",
///  "reason":{"sv":"…","en":"…"},"what":{"agency":"AF","dataset":"inskrivning"},"roles":["arbetsmarknad"]}]}
/// ```
///
/// `what` is `{"agency":"AF"}`, `{"agency":"AF","dataset":"inskrivning"}`, `{"agency":"AF","element":"path"}` or `{"adapter":"<sha256>"}`, where
/// `agency` is the base service. [`Tightening::to_json`] writes entries and roles sorted: equal lists are equal bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tightening {
    entries: Vec<TightenedEntry>,
}

/// One thing that is withheld.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TightenedEntry {
    /// Its name, by which answers tell of it and it is lifted.
    pub id: TighteningId,
    /// The day on which it was decided, for readers: it holds from the moment that it is listed.
    pub since: Date,
    /// Why.
    ///
    /// # Shape
    ///
    /// Two texts of 1 to 1,024 bytes without control characters or identity numbers.
    pub reason: Bilingual,
    /// What is withheld.
    pub what: Tightened,
    /// From which roles; from every role where absent.
    pub roles: Option<BTreeSet<Role>>,
}

/// What an entry withholds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tightened {
    /// Every dataset of a base service.
    Agency(AgencyId),
    /// One dataset of a base service.
    Dataset(AgencyId, DatasetId),
    /// The elements of a path in a base service's catalogue, as [`Catalogue::path`] writes it, with everything below them.
    Element(AgencyId, String),
    /// Every dataset that an adapter of these bytes gives; the adapter is not called.
    Adapter(Sha256Digest),
}

impl Tightening {
    /// The largest file that is read, in bytes.
    pub const MAX_BYTES: usize = 1 << 20;

    /// Takes a list, and sorts it by ids.
    ///
    /// # Errors
    ///
    /// [`InvalidTightening`], which names the first entry that is wrong.
    pub fn new(mut entries: Vec<TightenedEntry>) -> Result<Self, InvalidTightening> {
        if entries.len() > MOST_ENTRIES {
            return Err(InvalidTightening::TooMany(entries.len()));
        }
        entries.sort_by(|one, other| one.id.cmp(&other.id));
        let mut named = BTreeSet::new();
        for entry in &entries {
            if !named.insert(&entry.id) {
                return Err(InvalidTightening::Twice(entry.id.clone()));
            }
            entry.check()?;
        }
        Ok(Self { entries })
    }

    /// Reads a list.
    ///
    /// # Errors
    ///
    /// [`InvalidTightening`].
    pub fn parse(bytes: &[u8]) -> Result<Self, InvalidTightening> {
        json::parse(bytes)
    }

    /// Writes it in its one form.
    pub fn to_json(&self) -> Vec<u8> {
        json::write(self)
    }

    /// Every entry, in the order of ids, lifted or not.
    pub fn entries(&self) -> &[TightenedEntry] {
        &self.entries
    }

    /// The entries that hold: those that are not lifted.
    pub fn without(&self, lifted: &Lifted) -> impl Iterator<Item = &TightenedEntry> {
        self.entries.iter().filter(|entry| !lifted.holds(&entry.id))
    }
}

impl TightenedEntry {
    /// Whether it withholds from a role.
    pub fn is_for(&self, role: &Role) -> bool {
        self.roles.as_ref().is_none_or(|roles| roles.contains(role))
    }

    fn check(&self) -> Result<(), InvalidTightening> {
        let is_text = |text: &String| {
            (1..=MOST_REASON_BYTES).contains(&text.len())
                && !text.trim().is_empty()
                && !text.chars().any(char::is_control)
        };
        if ![&self.reason.sv, &self.reason.en].into_iter().all(is_text) {
            return Err(InvalidTightening::Reason(self.id.clone()));
        }
        if [&self.reason.sv, &self.reason.en].into_iter().any(|text| without_identity_numbers(text) != *text) {
            return Err(InvalidTightening::IdentityNumber(self.id.clone()));
        }
        let is_path = |path: &String| {
            (1..=MOST_PATH_BYTES).contains(&path.len())
                && !path.chars().any(char::is_control)
                && !path.split('/').any(str::is_empty)
        };
        if matches!(&self.what, Tightened::Element(_, path) if !is_path(path)) {
            return Err(InvalidTightening::Path(self.id.clone()));
        }
        if self.roles.as_ref().is_some_and(BTreeSet::is_empty) {
            return Err(InvalidTightening::NoRole(self.id.clone()));
        }
        Ok(())
    }
}

impl Tightened {
    /// Whether it withholds anything that a catalogue lists, spoken for by an adapter of these bytes.
    pub fn touches(&self, catalogue: &Catalogue, adapter: Sha256Digest) -> bool {
        let holds = |holds: &dyn Fn(&Scope) -> bool| catalogue.elements().iter().any(|element| holds(&element.scope));
        match self {
            Self::Adapter(sha256) => *sha256 == adapter,
            Self::Agency(agency) => *agency == catalogue.agency() && holds(&|scope| *scope != Scope::Technical),
            Self::Dataset(agency, dataset) => {
                *agency == catalogue.agency()
                    && holds(&|scope| matches!(scope, Scope::Dataset(listed) if listed == dataset))
            }
            Self::Element(agency, path) => {
                *agency == catalogue.agency() && catalogue.iter().any(|(id, _)| catalogue.path(id) == *path)
            }
        }
    }
}

/// What is wrong with a list of what is withheld.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTightening {
    /// The file is not JSON of this kind.
    #[error(transparent)]
    Json(#[from] InvalidJson),
    /// A name, a day or a digest is none.
    #[error(transparent)]
    Value(#[from] InvalidValue),
    /// More entries than a list may have.
    #[error("list has {0} entries, expected at most 1024")]
    TooMany(usize),
    /// Two entries of one id.
    #[error("entry `{0}` is listed twice")]
    Twice(TighteningId),
    /// What is withheld is none of the four.
    #[error("entry `{0}` withholds neither an agency, a dataset, an element nor an adapter")]
    What(TighteningId),
    /// A path that no element can have.
    #[error("entry `{0}` names an element by a path that none can have")]
    Path(TighteningId),
    /// No reason to show, in one of the languages.
    #[error("entry `{0}` has a reason that is empty, over 1024 bytes or holds a control character")]
    Reason(TighteningId),
    /// A reason that quotes an identity number: it would be shown and logged.
    #[error("entry `{0}` has a reason that holds an identity number")]
    IdentityNumber(TighteningId),
    /// A list of roles that is empty, or names one twice.
    #[error("entry `{0}` has an empty or repeating list of roles")]
    NoRole(TighteningId),
}

const MOST_ENTRIES: usize = 1024;
const MOST_REASON_BYTES: usize = 1024;
/// 32 names of 128 bytes, with what stands between and before them.
const MOST_PATH_BYTES: usize = 32 * 130;

#[cfg(test)]
mod tests;

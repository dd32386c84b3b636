//! A policy, checked.

use std::collections::BTreeMap;
use std::str::FromStr;

use crate::fault::{Faults, InvalidSource, Mistake, Place};
use crate::policy_file::{BasisFile, PolicyFile, TextFile};
use crate::rules::Rules;
use crate::shape::{Day, Name, Prose, Version, read};

/// A policy from `policy.toml` in which every rule rests on a basis that is listed and every basis is used.
///
/// # Errors
///
/// Parsing gives [`InvalidSource::Form`] for what is no such TOML, unknown keys included, and else [`InvalidSource::Faults`] with everything
/// that is wrong.
#[derive(Debug)]
pub struct Policy {
    pub(crate) role: Name,
    pub(crate) version: Version,
    pub(crate) title: Text,
    pub(crate) purposes: Vec<Name>,
    pub(crate) bases: Vec<Basis>,
    pub(crate) rules: Rules,
}

/// A text in both languages.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) sv: Prose,
    pub(crate) en: Prose,
}

/// A legal basis.
#[derive(Debug)]
pub(crate) struct Basis {
    pub(crate) id: Name,
    pub(crate) act: Prose,
    pub(crate) item: Option<Prose>,
    pub(crate) standing: Standing,
    pub(crate) title: Text,
}

/// When a basis is in force. Only an established one has a provision.
#[derive(Debug)]
pub(crate) enum Standing {
    InForce { provision: Prose, from: Day, until: Option<Day> },
    Pending,
}

impl FromStr for Policy {
    type Err = InvalidSource;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let file: PolicyFile = toml::from_str(text)?;
        let mut faults = Faults::default();
        let made = Self::checked(file, &mut faults);
        Ok(faults.or(made)?)
    }
}

impl Policy {
    fn checked(file: PolicyFile, faults: &mut Faults) -> Option<Self> {
        let role = read(faults, &Place::Top, "role", &file.role);
        let version = read(faults, &Place::Top, "version", &file.version);
        let title = Text::checked(&file.title, &Place::Top, faults);
        let purposes = purposes(&file.purposes, faults);
        // By what they call themselves, so that a basis with a fault of its own is still one that a rule can rest on.
        let listed: Vec<String> = file.basis.iter().map(|basis| basis.id.clone()).collect();
        let bases = bases(file.basis, faults);
        let rules = Rules::checked(file.open, file.closed, &listed, faults);
        Some(Self { role: role?, version: version?, title: title?, purposes, bases, rules })
    }

    /// The position of a basis in the list.
    pub(crate) fn basis(&self, id: &str) -> Option<usize> {
        self.bases.iter().position(|basis| basis.id.0 == id)
    }
}

impl Text {
    fn checked(file: &TextFile, place: &Place, faults: &mut Faults) -> Option<Self> {
        let sv = read(faults, place, "title.sv", &file.sv);
        let en = read(faults, place, "title.en", &file.en);
        Some(Self { sv: sv?, en: en? })
    }
}

impl Basis {
    fn checked(file: &BasisFile, place: &Place, faults: &mut Faults) -> Option<Self> {
        let id = read(faults, place, "id", &file.id);
        let act = read(faults, place, "act", &file.act);
        let item = file.item.as_deref().map(|item| read(faults, place, "item", item));
        let standing = Standing::checked(file, place, faults);
        let title = Text::checked(&file.title, place, faults);
        Some(Self {
            id: id?,
            act: act?,
            item: item.map_or(Some(None), |item| item.map(Some))?,
            standing: standing?,
            title: title?,
        })
    }
}

impl Standing {
    fn checked(file: &BasisFile, place: &Place, faults: &mut Faults) -> Option<Self> {
        match (file.pending, file.provision.as_deref(), file.from.as_deref()) {
            (true, None, None) if file.until.is_none() && file.item.is_none() => Some(Self::Pending),
            (false, Some(provision), Some(from)) => {
                let provision = read(faults, place, "provision", provision);
                let from = read::<Day>(faults, place, "from", from);
                let until = file.until.as_deref().map(|until| read::<Day>(faults, place, "until", until));
                if let (Some(from), Some(Some(until))) = (&from, &until)
                    && until < from
                {
                    faults.note(place, Mistake::Backwards { from: from.0.to_string(), until: until.0.to_string() });
                }
                Some(Self::InForce { provision: provision?, from: from?, until: until.flatten() })
            }
            _ => {
                faults.note(place, Mistake::Combination { expected: STANDING });
                None
            }
        }
    }
}

fn purposes(texts: &[String], faults: &mut Faults) -> Vec<Name> {
    if texts.is_empty() {
        faults.note(&Place::Top, Mistake::Empty { key: "purposes" });
    }
    texts.iter().filter_map(|text| read(faults, &Place::Top, "purposes", text)).collect()
}

fn bases(files: Vec<BasisFile>, faults: &mut Faults) -> Vec<Basis> {
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    let mut bases = Vec::with_capacity(files.len());
    for (position, file) in files.into_iter().enumerate() {
        let place = Place::table("basis", position, &file.id);
        bases.extend(Basis::checked(&file, &place, faults));
        if let Some(first) = places.get(&file.id) {
            faults.note(&place, Mistake::Duplicate { found: file.id, first: first.clone() });
        } else {
            places.insert(file.id, place);
        }
    }
    bases
}

const STANDING: &str = "expected either `provision` and `from`, for a basis in law, or `pending = true` without `provision`, `item`, `from` and `until`";

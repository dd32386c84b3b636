//! A policy, checked.

use std::collections::BTreeMap;

use crate::fault::{Faults, InvalidSource, Mistake, Place};
use crate::included::{Folder, Written, written};
use crate::policy_file::{BasisFile, ClosedFile, IncludedFile, OpenFile, PolicyFile, TextFile};
use crate::rules::Rules;
use crate::shape::{Day, Name, Prose, Version, read};

/// A policy from `policy.toml` and what that includes, in which every rule rests on a basis that is listed and every basis is used.
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

impl Policy {
    /// Reads `policy.toml` from its text, and the files that it includes from its folder.
    ///
    /// # Errors
    ///
    /// [`InvalidSource`] for what cannot be read or is no such TOML, unknown keys included, and else with everything that is wrong.
    pub fn parse(text: &str, folder: &Folder) -> Result<Self, InvalidSource> {
        let file: PolicyFile = toml::from_str(text)?;
        let mut tables = Tables::default();
        tables.add(None, file.basis, file.open, file.closed);
        for name in &file.include {
            let included: IncludedFile = folder.include(name)?;
            tables.add(Some(name), included.basis, included.open, included.closed);
        }
        let mut faults = Faults::default();
        let role = read(&mut faults, &Place::Top, "role", &file.role);
        let version = read(&mut faults, &Place::Top, "version", &file.version);
        let title = Text::checked(&file.title, &Place::Top, &mut faults);
        let purposes = purposes(&file.purposes, &mut faults);
        let made = tables.checked(&mut faults);
        let made = role.zip(version).zip(title).map(|((role, version), title)| {
            let (bases, rules) = made;
            Self { role, version, title, purposes, bases, rules }
        });
        Ok(faults.or(made)?)
    }

    /// The position of a basis in the list.
    pub(crate) fn basis(&self, id: &str) -> Option<usize> {
        self.bases.iter().position(|basis| basis.id.0 == id)
    }
}

/// The tables of all files, in order.
#[derive(Default)]
struct Tables {
    bases: Vec<Written<BasisFile>>,
    open: Vec<Written<OpenFile>>,
    closed: Vec<Written<ClosedFile>>,
}

impl Tables {
    fn add(&mut self, file: Option<&str>, bases: Vec<BasisFile>, open: Vec<OpenFile>, closed: Vec<ClosedFile>) {
        self.bases.extend(written(file, "basis", bases, |basis| &basis.id));
        self.open.extend(written(file, "open", open, |open| &open.agency));
        self.closed.extend(written(file, "closed", closed, |closed| &closed.agency));
    }

    fn checked(self, faults: &mut Faults) -> (Vec<Basis>, Rules) {
        if self.open.is_empty() {
            faults.note(&Place::Top, Mistake::Empty { key: "open" });
        }
        // By what they call themselves, so that a basis with a fault of its own is still one that a rule can rest on.
        let listed: Vec<(String, Place)> =
            self.bases.iter().map(|basis| (basis.entry.id.clone(), basis.place.clone())).collect();
        let bases = bases(self.bases, faults);
        (bases, Rules::checked(self.open, self.closed, &listed, faults))
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

fn bases(files: Vec<Written<BasisFile>>, faults: &mut Faults) -> Vec<Basis> {
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    let mut bases = Vec::with_capacity(files.len());
    for Written { place, entry } in files {
        bases.extend(Basis::checked(&entry, &place, faults));
        if let Some(first) = places.get(&entry.id) {
            faults.note(&place, Mistake::Duplicate { found: entry.id, first: first.clone() });
        } else {
            places.insert(entry.id, place);
        }
    }
    bases
}

const STANDING: &str = "expected either `provision` and `from`, for a basis in law, or `pending = true` without `provision`, `item`, `from` and `until`";

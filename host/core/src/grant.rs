//! What an agency lets a role's policy open of its elements: the agency's veto.

mod granted_basis;
mod json;

use std::collections::BTreeSet;

use crate::agency::AgencyId;
use crate::identifier::{BasisId, Role};
use crate::legal_basis::LegalBasis;
use crate::signed_json::{InvalidJson, InvalidValue};
use crate::verdict::{Context, Relation};

pub use granted_basis::GrantedBasis;

/// One agency's permission to one role: which of its elements a policy may open, on which legal bases, in which contexts.
///
/// Its elements are those of datasets whose discloser it is, in whichever base service's catalogue. It is judged by itself: no earlier policy is
/// needed to see what a policy may do.
///
/// # Shape
///
/// UTF-8 JSON of at most [`Grant::MAX_BYTES`], every key present and no other:
///
/// ```json
/// {"kind":"ssbtx-grant","version":1,"agency":"AF","role":"arbetsmarknad",
///  "bases":[{"id":"…","act":"…","provision":"…","item":null,"from":"2025-07-01","until":null,"pending":false}],
///  "entries":[{"basis":"…","relations":["subject"],"protectedIdentity":[false],"consents":[],"elements":["AF/path/of/element"]}]}
/// ```
///
/// At most 1,024 bases, 1,024 entries and 65,536 elements in all entries together. [`Grant::to_json`] writes every list sorted: equal grants are
/// equal bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    agency: AgencyId,
    role: Role,
    bases: Vec<GrantedBasis>,
    entries: Vec<GrantEntry>,
}

/// Elements that may be opened on one basis, in some contexts.
///
/// A context is covered when its relation and its protection are listed and it has every consent that is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct GrantEntry {
    /// The legal basis, by the name that the policy and the grant give it.
    pub basis: BasisId,
    /// Whom the question may be about; at least one.
    pub relations: Vec<Relation>,
    /// Whether the person's identity may be protected; at least one of the two.
    pub protected_identity: Vec<bool>,
    /// The consents that must be given; none where no consent is asked for.
    pub consents: Vec<BasisId>,
    /// The elements, as [`Grant::element`] writes them; at least one.
    pub elements: BTreeSet<String>,
}

impl Grant {
    /// The largest file that is read, in bytes.
    pub const MAX_BYTES: usize = 4 << 20;

    /// Takes a permission, and sorts its lists.
    ///
    /// # Errors
    ///
    /// [`InvalidGrant`], which names the first basis or entry (counted from 0, as given) that is wrong.
    pub fn new(
        agency: AgencyId,
        role: Role,
        mut bases: Vec<GrantedBasis>,
        mut entries: Vec<GrantEntry>,
    ) -> Result<Self, InvalidGrant> {
        at_most("bases", bases.len(), MOST_BASES)?;
        at_most("entries", entries.len(), MOST_ENTRIES)?;
        at_most("elements", entries.iter().map(|entry| entry.elements.len()).sum(), MOST_ELEMENTS)?;
        bases.sort_by(|one, other| one.id.cmp(&other.id));
        let mut named = BTreeSet::new();
        for basis in &bases {
            if !named.insert(&basis.id) {
                return Err(InvalidGrant::BasisTwice(basis.id.clone()));
            }
            basis.check()?;
        }
        for (position, entry) in entries.iter_mut().enumerate() {
            entry.sort(position)?;
            if !named.contains(&entry.basis) {
                return Err(InvalidGrant::UnknownBasis(position, entry.basis.clone()));
            }
        }
        entries.sort();
        Ok(Self { agency, role, bases, entries })
    }

    /// Reads a grant.
    ///
    /// # Errors
    ///
    /// [`InvalidGrant`].
    pub fn parse(bytes: &[u8]) -> Result<Self, InvalidGrant> {
        json::parse(bytes)
    }

    /// Writes it in its one form.
    pub fn to_json(&self) -> Vec<u8> {
        json::write(self)
    }

    /// The agency whose elements it is about.
    pub fn agency(&self) -> AgencyId {
        self.agency
    }

    /// The role whose policy may open them.
    pub fn role(&self) -> &Role {
        &self.role
    }

    /// The legal bases, in the order of names.
    pub fn bases(&self) -> &[GrantedBasis] {
        &self.bases
    }

    /// What is granted on them, in order.
    pub fn entries(&self) -> &[GrantEntry] {
        &self.entries
    }

    /// An element as an entry names it: the base service and [`Catalogue::path`](crate::Catalogue::path), joined by `/`.
    ///
    /// Elements of one path, an object and a list of one name, are granted together.
    pub fn element(base_service: AgencyId, path: &str) -> String {
        format!("{base_service}/{path}")
    }

    /// Whether an element may be opened on a basis in a context. The basis must be the granted one in everything but its title.
    pub fn covers(&self, base_service: AgencyId, path: &str, basis: &LegalBasis, context: &Context) -> bool {
        let element = Self::element(base_service, path);
        self.opened(basis, context).any(|elements| elements.contains(&element))
    }

    /// The lists of elements that may be opened on a basis in a context, as [`covers`](Self::covers) judges both.
    pub(crate) fn opened<'g>(
        &'g self,
        basis: &'g LegalBasis,
        context: &'g Context,
    ) -> impl Iterator<Item = &'g BTreeSet<String>> {
        let is_granted = self.role == context.role && self.bases.iter().any(|granted| granted.is(basis));
        let entries = self.entries.iter().filter(move |entry| is_granted && entry.basis == basis.id);
        entries.filter(|entry| entry.covers_context(context)).map(|entry| &entry.elements)
    }
}

impl GrantEntry {
    fn covers_context(&self, context: &Context) -> bool {
        self.relations.contains(&context.relation)
            && self.protected_identity.contains(&context.protected_identity)
            && self.consents.iter().all(|consent| context.consents.contains(consent))
    }

    /// Sorts the lists, if they say something and say it once.
    fn sort(&mut self, position: usize) -> Result<(), InvalidGrant> {
        let list = |key, is_right: bool| if is_right { Ok(()) } else { Err(InvalidGrant::List { position, key }) };
        list("relations", sort_distinct(&mut self.relations) && !self.relations.is_empty())?;
        list("protectedIdentity", sort_distinct(&mut self.protected_identity) && !self.protected_identity.is_empty())?;
        list("consents", sort_distinct(&mut self.consents))?;
        list("elements", !self.elements.is_empty())?;
        if self.elements.iter().all(|element| is_element(element)) {
            Ok(())
        } else {
            Err(InvalidGrant::Element(position))
        }
    }
}

/// Sorts a list; `false` where it says something twice.
fn sort_distinct<T: Ord>(list: &mut Vec<T>) -> bool {
    let given = list.len();
    list.sort();
    list.dedup();
    list.len() == given
}

fn is_element(text: &str) -> bool {
    text.len() <= MOST_ELEMENT_BYTES
        && !text.chars().any(char::is_control)
        && text.split_once('/').is_some_and(|(base_service, _)| base_service.parse::<AgencyId>().is_ok())
}

fn at_most(what: &'static str, found: usize, most: usize) -> Result<(), InvalidGrant> {
    if found > most { Err(InvalidGrant::TooMany { what, found, most }) } else { Ok(()) }
}

/// What is wrong with a grant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidGrant {
    /// The file is not JSON of this kind.
    #[error(transparent)]
    Json(#[from] InvalidJson),
    /// A name or a day is none.
    #[error(transparent)]
    Value(#[from] InvalidValue),
    /// More than a grant may have.
    #[error("grant has {found} {what}, expected at most {most}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// A legal basis twice.
    #[error("basis `{0}` is listed twice")]
    BasisTwice(BasisId),
    /// A legal basis that no policy can declare.
    #[error(
        "basis `{0}` has no act, a text that is over 4096 bytes or holds a control character, or days that do not fit"
    )]
    Basis(BasisId),
    /// An entry on a basis that the grant does not describe.
    #[error("entry {0} rests on basis `{1}`, which the grant does not list")]
    UnknownBasis(usize, BasisId),
    /// A list of an entry that says nothing, or something twice.
    #[error("entry {position} has an empty or repeating `{key}`")]
    List {
        /// The entry's position.
        position: usize,
        /// The list.
        key: &'static str,
    },
    /// An element that no catalogue can have.
    #[error("entry {0} names an element that is not `<base service>/<path>`")]
    Element(usize),
}

/// As many as a policy may declare.
const MOST_BASES: usize = 1024;
const MOST_ENTRIES: usize = 1024;
const MOST_ELEMENTS: usize = 65_536;
/// The base service and 32 names of 128 bytes, with what stands between and before them.
const MOST_ELEMENT_BYTES: usize = 8 + 32 * 130;

#[cfg(test)]
mod tests;

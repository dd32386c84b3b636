//! What bounds a policy from outside: the agencies' grants and what is withheld at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::agency::AgencyId;
use crate::catalogue::{Catalogue, Element, ElementId, Scope};
use crate::digest::Sha256Digest;
use crate::grant::Grant;
use crate::identifier::{DatasetId, Role, TighteningId};
use crate::legal_basis::LegalBasis;
use crate::tightening::{Lifted, Tightened, TightenedEntry, Tightening};
use crate::verdict::Context;

/// What a role's policy is held to, whatever it says. It can only remove.
#[derive(Debug, Clone)]
pub struct Restrictions {
    veto: Veto,
    tightened: Vec<TightenedEntry>,
}

/// Whether agencies are asked for leave.
#[derive(Debug, Clone)]
enum Veto {
    /// A policy is judged by itself.
    NotEnforced,
    /// Nothing is opened but what its discloser grants.
    Enforced(Vec<Arc<Grant>>),
}

impl Restrictions {
    /// Takes the grants of a role, and what is withheld and not lifted.
    pub fn new(grants: impl IntoIterator<Item = Arc<Grant>>, tightening: &Tightening, lifted: &Lifted) -> Self {
        let tightened = tightening.without(lifted).cloned().collect();
        Self { veto: Veto::Enforced(grants.into_iter().collect()), tightened }
    }

    /// None, for tools that judge a policy by itself. Nothing that decides what leaves the host may use it.
    pub fn none() -> Self {
        Self { veto: Veto::NotEnforced, tightened: Vec::new() }
    }

    /// The same without the agencies' veto, for comparing a policy that no agency has been asked about yet.
    #[must_use]
    pub fn without_veto(&self) -> Self {
        Self { veto: Veto::NotEnforced, tightened: self.tightened.clone() }
    }

    /// What is withheld and not lifted, in the order of ids, for whichever role.
    pub fn tightened(&self) -> &[TightenedEntry] {
        &self.tightened
    }

    /// The entry that withholds an adapter of these bytes from any role; none where nothing does. It is then not to be called without a question
    /// either.
    pub fn withheld_adapter(&self, adapter: Sha256Digest) -> Option<&TighteningId> {
        let entry = self.tightened.iter().find(|entry| entry.what == Tightened::Adapter(adapter))?;
        Some(&entry.id)
    }

    /// What the agencies let a policy open in one context.
    pub(crate) fn leave<'a>(&'a self, context: &'a Context) -> Leave<'a> {
        Leave { veto: &self.veto, context, found: BTreeMap::new() }
    }

    /// What is withheld of a catalogue from a role.
    pub(crate) fn closures(&self, catalogue: &Catalogue, adapter: Sha256Digest, role: &Role) -> Closures<'_> {
        let mut closures = Closures { whole: None, datasets: BTreeMap::new(), elements: BTreeMap::new() };
        let mut paths: BTreeMap<&str, &TighteningId> = BTreeMap::new();
        for TightenedEntry { id, what, .. } in self.tightened.iter().filter(|entry| entry.is_for(role)) {
            match what {
                Tightened::Adapter(sha256) if *sha256 == adapter => closures.whole = closures.whole.or(Some(id)),
                Tightened::Agency(agency) if *agency == catalogue.agency() => {
                    closures.whole = closures.whole.or(Some(id));
                }
                Tightened::Dataset(agency, dataset) if *agency == catalogue.agency() => {
                    closures.datasets.entry(dataset).or_insert(id);
                }
                Tightened::Element(agency, path) if *agency == catalogue.agency() => {
                    paths.entry(path).or_insert(id);
                }
                Tightened::Adapter(_) | Tightened::Agency(_) | Tightened::Dataset(..) | Tightened::Element(..) => {}
            }
        }
        if !paths.is_empty() {
            closures.elements = below(catalogue, &paths);
        }
        closures
    }
}

/// Every element of one of the paths, and everything below it.
fn below<'t>(catalogue: &Catalogue, paths: &BTreeMap<&str, &'t TighteningId>) -> BTreeMap<ElementId, &'t TighteningId> {
    let mut closed: BTreeMap<ElementId, &TighteningId> = BTreeMap::new();
    for (id, element) in catalogue.iter() {
        let inherited = element.parent.and_then(|parent| closed.get(&parent).copied());
        if let Some(why) = inherited.or_else(|| paths.get(catalogue.path(id).as_str()).copied()) {
            closed.insert(id, why);
        }
    }
    closed
}

/// What agencies let a policy open in one context. Their grants are searched once for each basis, and not for each element that is opened on it.
pub(crate) struct Leave<'a> {
    veto: &'a Veto,
    context: &'a Context,
    /// By discloser, and by the very basis: two of one name would not be the same.
    found: BTreeMap<(AgencyId, *const LegalBasis), Vec<&'a BTreeSet<String>>>,
}

impl<'a> Leave<'a> {
    /// Whether an element's agency lets a policy open it on a basis. The element is named as [`Grant::element`] writes it.
    pub(crate) fn permits(&mut self, discloser: AgencyId, basis: &'a LegalBasis, element: &str) -> bool {
        let Veto::Enforced(grants) = self.veto else { return true };
        let context = self.context;
        let lists = self.found.entry((discloser, std::ptr::from_ref(basis))).or_insert_with(|| {
            let of_the_discloser = grants.iter().filter(|grant| grant.agency() == discloser);
            of_the_discloser.flat_map(|grant| grant.opened(basis, context)).collect()
        });
        lists.iter().any(|elements| elements.contains(element))
    }
}

/// What is withheld of one catalogue from one role.
pub(crate) struct Closures<'t> {
    whole: Option<&'t TighteningId>,
    datasets: BTreeMap<&'t DatasetId, &'t TighteningId>,
    elements: BTreeMap<ElementId, &'t TighteningId>,
}

impl<'t> Closures<'t> {
    /// Which entry withholds an element: the one that withholds most. A technical element, which carries no personal data, is withheld only by
    /// its path, or by that of one that holds it.
    pub(crate) fn of(&self, id: ElementId, element: &Element) -> Option<&'t TighteningId> {
        let by_scope = match &element.scope {
            Scope::Technical => None,
            Scope::Dataset(dataset) => self.whole.or_else(|| self.datasets.get(dataset).copied()),
        };
        by_scope.or_else(|| self.elements.get(&id).copied())
    }
}

#[cfg(test)]
mod tests;

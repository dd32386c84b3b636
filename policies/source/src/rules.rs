//! The rules of a policy, checked and laid out per agency.

use std::collections::{BTreeMap, BTreeSet};

use crate::fault::{Faults, Mistake, Place};
use crate::included::Written;
use crate::path::{ElementPath, Step};
use crate::policy_file::{ClosedFile, OpenFile};
use crate::shape::{Agency, Name, read};
use crate::terms::{ProtectedIdentity, Reason, Relation};

/// Every agency's rules.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    pub(crate) agencies: BTreeMap<Agency, AgencyRules>,
}

/// One agency's rules: for datasets as a whole, and for elements.
#[derive(Debug, Default)]
pub(crate) struct AgencyRules {
    pub(crate) datasets: BTreeMap<Name, Placed>,
    pub(crate) elements: Tree,
}

/// Rules as a tree of the steps that lead to them.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) rule: Option<Placed>,
    pub(crate) branches: BTreeMap<Step, Tree>,
}

/// A rule and where it is written.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    pub(crate) rule: Rule,
    place: Place,
}

/// What is said of a dataset or an element.
#[derive(Debug, Clone)]
pub(crate) enum Rule {
    Open { basis: usize, relations: Vec<Relation>, consent: Option<Name>, protected_identity: ProtectedIdentity },
    Closed(Reason),
}

impl Rules {
    /// Checks the rules of a policy that lists these bases.
    pub(crate) fn checked(
        open: Vec<Written<OpenFile>>,
        closed: Vec<Written<ClosedFile>>,
        listed: &[(String, Place)],
        faults: &mut Faults,
    ) -> Self {
        let mut rules = Self::default();
        let used: BTreeSet<String> = open.iter().map(|file| file.entry.basis.clone()).collect();
        for Written { place, entry } in open {
            let rule = opening(&entry, listed, &place, faults);
            rules.add(&entry.agency, &entry.datasets, &entry.elements, rule, &place, faults);
        }
        for Written { place, entry } in closed {
            let rule = Some(Rule::Closed(entry.reason));
            rules.add(&entry.agency, &entry.datasets, &entry.elements, rule, &place, faults);
        }
        for (_, place) in listed.iter().filter(|(basis, _)| !used.contains(basis)) {
            faults.note(place, Mistake::UnusedBasis);
        }
        rules
    }

    fn add(
        &mut self,
        agency: &str,
        datasets: &[String],
        elements: &[String],
        rule: Option<Rule>,
        place: &Place,
        faults: &mut Faults,
    ) {
        if datasets.is_empty() && elements.is_empty() {
            faults.note(place, Mistake::Combination { expected: SUBJECTS });
        }
        let agency = read(faults, place, "agency", agency);
        let datasets: Vec<Option<Name>> = datasets.iter().map(|text| read(faults, place, "datasets", text)).collect();
        let elements: Vec<Option<ElementPath>> =
            elements.iter().map(|text| read(faults, place, "elements", text)).collect();
        let (Some(agency), Some(rule)) = (agency, rule) else { return };
        let placed = Placed { rule, place: place.clone() };
        let rules = self.agencies.entry(agency).or_default();
        for dataset in datasets.into_iter().flatten() {
            let found = dataset.0.clone();
            match rules.datasets.get(&dataset) {
                Some(earlier) => faults.note(place, Mistake::Duplicate { found, first: earlier.place.clone() }),
                None => drop(rules.datasets.insert(dataset, placed.clone())),
            }
        }
        for path in elements.into_iter().flatten() {
            let rule = rules.elements.rule_at(&path);
            match rule {
                Some(earlier) => {
                    faults.note(place, Mistake::Duplicate { found: path.to_string(), first: earlier.place.clone() });
                }
                None => *rule = Some(placed.clone()),
            }
        }
    }
}

impl Tree {
    fn rule_at(&mut self, path: &ElementPath) -> &mut Option<Placed> {
        let end = path.steps().iter().fold(self, |tree, step| tree.branches.entry(step.clone()).or_default());
        &mut end.rule
    }
}

fn opening(file: &OpenFile, listed: &[(String, Place)], place: &Place, faults: &mut Faults) -> Option<Rule> {
    let basis = listed.iter().position(|(listed, _)| *listed == file.basis);
    if basis.is_none() {
        faults.note(place, Mistake::UnknownBasis { found: file.basis.clone() });
    }
    let relations = file.relations.clone().unwrap_or_else(|| Relation::ALL.to_vec());
    if relations.is_empty() {
        faults.note(place, Mistake::Empty { key: "relations" });
    }
    let consent = file.consent.as_deref().map(|consent| read(faults, place, "consent", consent));
    let consent = consent.map_or(Some(None), |consent| consent.map(Some));
    let protected_identity = file.protected_identity.unwrap_or(ProtectedIdentity::NoChange);
    Some(Rule::Open { basis: basis?, relations, consent: consent?, protected_identity })
}

const SUBJECTS: &str = "expected `datasets` or `elements` that the rule is about";

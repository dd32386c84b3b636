//! What is granted, folded so that it is short to read and long to write.

use std::collections::{BTreeMap, BTreeSet};

use ssbtx_core::{BasisId, GrantEntry};

use crate::space::{PROTECTION, RELATIONS};

/// What is to be granted: for each basis and element, every circumstance.
#[derive(Debug, Default)]
pub(crate) struct Needs(BTreeMap<(BasisId, String), BTreeSet<Need>>);

/// One circumstance: the consents that must be given, and the positions of relation and protected identity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Need {
    pub(crate) consents: Vec<BasisId>,
    pub(crate) protection: usize,
    pub(crate) relation: usize,
}

/// Circumstances that one entry says: any of the relations with any of the protections, when the consents are given.
type Shape = (Vec<BasisId>, BTreeSet<usize>, BTreeSet<usize>);

impl Needs {
    pub(crate) fn add(&mut self, basis: BasisId, element: String, need: Need) {
        self.0.entry((basis, element)).or_default().insert(need);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The bases that are needed.
    pub(crate) fn bases(&self) -> BTreeSet<&BasisId> {
        self.0.keys().map(|(basis, _)| basis).collect()
    }

    /// One entry for all elements that are needed on one basis in the same circumstances.
    pub(crate) fn entries(&self) -> Vec<GrantEntry> {
        let mut entries: BTreeMap<(&BasisId, Shape), BTreeSet<String>> = BTreeMap::new();
        for ((basis, element), needs) in &self.0 {
            for shape in shapes(needs) {
                entries.entry((basis, shape)).or_default().insert(element.clone());
            }
        }
        let entry = |((basis, (consents, protections, relations)), elements): ((&BasisId, Shape), _)| GrantEntry {
            basis: basis.clone(),
            relations: relations.into_iter().filter_map(|position| RELATIONS.get(position).copied()).collect(),
            protected_identity: protections
                .into_iter()
                .filter_map(|position| PROTECTION.get(position).copied())
                .collect(),
            consents,
            elements,
        };
        entries.into_iter().map(entry).collect()
    }
}

/// Folds circumstances: relations first, then protections with the same relations. What is needed with fewer consents is not said again with more.
fn shapes(needs: &BTreeSet<Need>) -> BTreeSet<Shape> {
    let mut by_consents: BTreeMap<&[BasisId], BTreeMap<usize, BTreeSet<usize>>> = BTreeMap::new();
    for need in needs.iter().filter(|need| !needs.iter().any(|other| other.implies(need))) {
        let relations = by_consents.entry(need.consents.as_slice()).or_default().entry(need.protection).or_default();
        relations.insert(need.relation);
    }
    let mut shapes = BTreeSet::new();
    for (consents, by_protection) in by_consents {
        let mut by_relations: BTreeMap<BTreeSet<usize>, BTreeSet<usize>> = BTreeMap::new();
        for (protection, relations) in by_protection {
            by_relations.entry(relations).or_default().insert(protection);
        }
        let shape = |(relations, protections)| (consents.to_vec(), protections, relations);
        shapes.extend(by_relations.into_iter().map(shape));
    }
    shapes
}

impl Need {
    /// Whether a grant of this one is a grant of the other: it is the same with fewer consents.
    fn implies(&self, other: &Self) -> bool {
        self.protection == other.protection
            && self.relation == other.relation
            && self.consents.len() < other.consents.len()
            && self.consents.iter().all(|consent| other.consents.contains(consent))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn need(consents: &[&str], protection: usize, relation: usize) -> Need {
        let consents = consents.iter().map(|consent| consent.parse().unwrap()).collect();
        Need { consents, protection, relation }
    }

    fn all() -> Vec<Need> {
        let mut needs = Vec::new();
        for consents in [&[] as &[&str], &["a"], &["b"], &["a", "b"]] {
            for protection in 0..2 {
                needs.extend((0..3).map(|relation| need(consents, protection, relation)));
            }
        }
        needs
    }

    fn says(shapes: &BTreeSet<Shape>, asked: &Need) -> bool {
        shapes.iter().any(|(consents, protections, relations)| {
            consents.iter().all(|consent| asked.consents.contains(consent))
                && protections.contains(&asked.protection)
                && relations.contains(&asked.relation)
        })
    }

    proptest! {
        #[test]
        fn folding_grants_what_is_needed_and_what_more_consents_bring_and_nothing_else(
            chosen in prop::sample::subsequence(all(), 0..=24),
        ) {
            let chosen: BTreeSet<Need> = chosen.into_iter().collect();
            let shapes = shapes(&chosen);
            for asked in all() {
                let expected = chosen.iter().any(|need| *need == asked || need.implies(&asked));
                prop_assert_eq!(says(&shapes, &asked), expected, "{:?}", asked);
            }
        }
    }

    #[test]
    fn elements_of_one_basis_in_the_same_circumstances_are_one_entry() {
        let mut needs = Needs::default();
        for element in ["AF/a", "AF/b"] {
            for relation in 0..3 {
                for protection in 0..2 {
                    needs.add("law".parse().unwrap(), element.to_owned(), need(&[], protection, relation));
                }
            }
        }
        needs.add("law".parse().unwrap(), "AF/c".to_owned(), need(&[], 0, 0));
        let entries = needs.entries();
        assert_eq!(entries.iter().map(|entry| entry.elements.len()).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(entries[1].relations, RELATIONS);
        assert_eq!(entries[1].protected_identity, PROTECTION);
    }
}

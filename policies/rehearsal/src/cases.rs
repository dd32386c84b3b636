//! A policy's cases: whether they hold, and what they leave out.

use std::collections::BTreeSet;

use ssbtx_policy_engine::{BrokenCase, Case, Outline, OutlinedElement, Policy, Scope, positions};
use ssbtx_policy_source::CASE_DAY;

/// A case that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// What it promises.
    pub promise: &'static str,
    /// How it does not hold; `None` if there is no catalogue of the agency that it is about.
    pub how: Option<BrokenCase>,
}

/// Every case that does not hold.
pub fn broken_cases(policy: &Policy, cases: &[Case], outlines: &[Outline]) -> Vec<Broken> {
    let broken = |case: &Case| {
        let how = match outlines.iter().find(|outline| outline.agency == case.agency) {
            Some(outline) => Some(case.hold(policy, outline, CASE_DAY).err()?),
            None => None,
        };
        Some(Broken { promise: case.promise, how })
    };
    cases.iter().filter_map(broken).collect()
}

/// Every dataset, as agency and name, that no case names an element of.
pub fn datasets_without_case<'c>(cases: &[Case], outlines: &'c [Outline]) -> Vec<(&'c str, &'c str)> {
    let missing = |outline: &'c Outline| {
        let named = named_datasets(cases, outline);
        let all: BTreeSet<&str> = outline.elements.iter().filter_map(dataset).collect();
        all.into_iter()
            .filter(move |dataset| !named.contains(dataset))
            .map(|dataset| (outline.agency.as_str(), dataset))
    };
    outlines.iter().flat_map(missing).collect()
}

fn named_datasets<'c>(cases: &[Case], outline: &'c Outline) -> BTreeSet<&'c str> {
    let cases = cases.iter().filter(|case| case.agency == outline.agency);
    let elements = cases.flat_map(|case| case.elements).flat_map(|path| positions(path, &outline.elements));
    elements.filter_map(|position| dataset(outline.elements.get(position)?)).collect()
}

/// The dataset that an element belongs to.
pub(crate) fn dataset(element: &OutlinedElement) -> Option<&str> {
    match &element.scope {
        Scope::Dataset(dataset) => Some(dataset),
        Scope::Technical => None,
    }
}

//! A policy's cases: whether they hold, and what they leave out.

use ssbtx_policy_engine::{AgencyCatalogue, BrokenCase, Case, Policy, Scope, Segment, position};

/// A case that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// What it promises.
    pub promise: &'static str,
    /// How it does not hold; `None` if there is no catalogue of the agency that it is about.
    pub how: Option<BrokenCase>,
}

/// Every case that does not hold.
pub fn broken_cases(policy: &Policy, cases: &[Case], catalogues: &[AgencyCatalogue]) -> Vec<Broken> {
    let broken = |case: &Case| {
        let how = match catalogues.iter().find(|catalogue| catalogue.agency == case.agency) {
            Some(catalogue) => Some(case.hold(policy, catalogue, DAY).err()?),
            None => None,
        };
        Some(Broken { promise: case.promise, how })
    };
    cases.iter().filter_map(broken).collect()
}

/// Every dataset, as agency and name, that no case names an element of.
pub fn datasets_without_case<'c>(cases: &[Case], catalogues: &'c [AgencyCatalogue]) -> Vec<(&'c str, &'c str)> {
    let named = |dataset: &str, catalogue: &AgencyCatalogue| {
        let mut paths = cases.iter().filter(|case| case.agency == catalogue.agency).flat_map(|case| case.elements);
        paths.any(|path| dataset_of(path, catalogue) == Some(dataset))
    };
    let datasets = |catalogue: &'c AgencyCatalogue| catalogue.datasets.iter().map(move |dataset| (catalogue, dataset));
    let missing = catalogues.iter().flat_map(datasets).filter(|(catalogue, dataset)| !named(&dataset.id, catalogue));
    missing.map(|(catalogue, dataset)| (catalogue.agency.as_str(), dataset.id.as_str())).collect()
}

fn dataset_of<'c>(path: &[Segment<'_>], catalogue: &'c AgencyCatalogue) -> Option<&'c str> {
    match &catalogue.elements.get(position(path, &catalogue.elements)?)?.scope {
        Scope::Dataset(dataset) => Some(dataset),
        Scope::Technical => None,
    }
}

/// The day on which cases are tried: any on which the laws that policies cite today are in force.
const DAY: &str = "2026-01-01";

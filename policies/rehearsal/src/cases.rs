//! A policy's cases: whether they hold, and what they leave out.

use std::collections::HashSet;

use ssbtx_policy_engine::{AgencyCatalogue, BrokenCase, Case, Policy, Scope, positions};
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
pub fn broken_cases(policy: &Policy, cases: &[Case], catalogues: &[AgencyCatalogue]) -> Vec<Broken> {
    let broken = |case: &Case| {
        let how = match catalogues.iter().find(|catalogue| catalogue.agency == case.agency) {
            Some(catalogue) => Some(case.hold(policy, catalogue, CASE_DAY).err()?),
            None => None,
        };
        Some(Broken { promise: case.promise, how })
    };
    cases.iter().filter_map(broken).collect()
}

/// Every dataset, as agency and name, that no case names an element of.
pub fn datasets_without_case<'c>(cases: &[Case], catalogues: &'c [AgencyCatalogue]) -> Vec<(&'c str, &'c str)> {
    let missing = |catalogue: &'c AgencyCatalogue| {
        let named = named_datasets(cases, catalogue);
        let datasets = catalogue.datasets.iter().map(|dataset| dataset.id.as_str());
        let unnamed = datasets.filter(move |dataset| !named.contains(dataset));
        unnamed.map(|dataset| (catalogue.agency.as_str(), dataset))
    };
    catalogues.iter().flat_map(missing).collect()
}

fn named_datasets<'c>(cases: &[Case], catalogue: &'c AgencyCatalogue) -> HashSet<&'c str> {
    let cases = cases.iter().filter(|case| case.agency == catalogue.agency);
    let elements = cases.flat_map(|case| case.elements).flat_map(|path| positions(path, &catalogue.elements));
    let scopes = elements.filter_map(|position| Some(&catalogue.elements.get(position)?.scope));
    let dataset = |scope: &'c Scope| match scope {
        Scope::Dataset(dataset) => Some(dataset.as_str()),
        Scope::Technical => None,
    };
    scopes.filter_map(dataset).collect()
}

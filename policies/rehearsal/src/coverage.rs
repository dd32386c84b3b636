//! What cases and rules leave out.

use ssbtx_policy_engine::{AgencyCatalogue, Branch, Case, Policy, Scope, Segment, position};

use crate::skeleton::{InvalidSkeleton, skeletons};

/// Every dataset, as agency and name, that no case names an element of.
///
/// # Errors
///
/// [`InvalidSkeleton`] if a skeleton cannot be read.
pub fn datasets_without_case(cases: &[Case]) -> Result<Vec<(String, String)>, InvalidSkeleton> {
    let mut missing = Vec::new();
    for catalogue in skeletons()? {
        for dataset in &catalogue.datasets {
            let named = cases.iter().filter(|case| case.agency == catalogue.agency).any(|case| {
                case.elements.iter().any(|path| dataset_of(path, &catalogue).is_some_and(|found| found == dataset.id))
            });
            if !named {
                missing.push((catalogue.agency.clone(), dataset.id.clone()));
            }
        }
    }
    Ok(missing)
}

/// Every dataset and every path, as agency and name, that a rule names and that no skeleton has: most likely a slip of the pen.
///
/// # Errors
///
/// [`InvalidSkeleton`] if a skeleton cannot be read.
pub fn rules_without_element(policy: &Policy) -> Result<Vec<(&'static str, String)>, InvalidSkeleton> {
    let skeletons = skeletons()?;
    let mut strays = Vec::new();
    for rules in policy.agencies {
        let catalogue = skeletons.iter().find(|catalogue| catalogue.agency == rules.agency);
        let datasets = rules.datasets.iter().map(|rule| rule.dataset);
        let is_known =
            |dataset: &str| catalogue.is_some_and(|known| known.datasets.iter().any(|own| own.id == dataset));
        strays.extend(datasets.filter(|dataset| !is_known(dataset)).map(|dataset| (rules.agency, dataset.to_owned())));
        let mut paths = Vec::new();
        ruled_paths(rules.elements, &mut Vec::new(), &mut paths);
        let leads = |path: &[Segment<'_>]| catalogue.is_some_and(|known| position(path, &known.elements).is_some());
        strays.extend(paths.iter().filter(|path| !leads(path)).map(|path| (rules.agency, written(path))));
    }
    Ok(strays)
}

fn ruled_paths(branches: &'static [Branch], above: &mut Vec<Segment<'static>>, paths: &mut Vec<Vec<Segment<'static>>>) {
    for branch in branches {
        above.push(branch.segment);
        if branch.rule.is_some() {
            paths.push(above.clone());
        }
        ruled_paths(branch.branches, above, paths);
        above.pop();
    }
}

fn dataset_of<'a>(path: &[Segment<'_>], catalogue: &'a AgencyCatalogue) -> Option<&'a str> {
    match &catalogue.elements.get(position(path, &catalogue.elements)?)?.scope {
        Scope::Dataset(dataset) => Some(dataset),
        Scope::Technical => None,
    }
}

fn written(path: &[Segment<'_>]) -> String {
    let steps: Vec<String> = path
        .iter()
        .map(|step| match step {
            Segment::Element(name) => (*name).to_owned(),
            Segment::Attribute(name) => format!("@{name}"),
        })
        .collect();
    steps.join("/")
}

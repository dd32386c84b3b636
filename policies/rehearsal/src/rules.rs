//! A policy's rules, beside what they could name.

use ssbtx_policy_engine::{AgencyRules, Branch, Outline, Policy, Segment, positions};

use crate::cases::dataset;

/// Every dataset and every path, as agency and name, that a rule names and that no catalogue has: most likely a slip of the pen.
pub fn rules_without_element(policy: &Policy, outlines: &[Outline]) -> Vec<(&'static str, String)> {
    policy.agencies.iter().flat_map(|rules| strays(rules, outlines)).collect()
}

fn strays(rules: &'static AgencyRules, outlines: &[Outline]) -> Vec<(&'static str, String)> {
    let outline = outlines.iter().find(|outline| outline.agency == rules.agency);
    let has_dataset =
        |name: &str| outline.is_some_and(|known| known.elements.iter().filter_map(dataset).any(|own| own == name));
    let has_element = |path: &[Segment<'_>]| outline.is_some_and(|known| !positions(path, &known.elements).is_empty());
    let datasets = rules.datasets.iter().map(|rule| rule.dataset).filter(|dataset| !has_dataset(dataset));
    let mut paths = Vec::new();
    collect(rules.elements, &mut Vec::new(), &mut paths);
    let elements = paths.iter().filter(|path| !has_element(path)).map(|path| written(path));
    datasets.map(str::to_owned).chain(elements).map(|name| (rules.agency, name)).collect()
}

/// Collects the paths that end in a rule.
fn collect(branches: &'static [Branch], above: &mut Vec<Segment<'static>>, paths: &mut Vec<Vec<Segment<'static>>>) {
    for branch in branches {
        above.push(branch.segment);
        if branch.rule.is_some() {
            paths.push(above.clone());
        }
        collect(branch.branches, above, paths);
        above.pop();
    }
}

fn written(path: &[Segment<'_>]) -> String {
    let steps: Vec<String> = path
        .iter()
        .map(|step| match step {
            Segment::Element(name) => (*name).to_owned(),
            Segment::Attribute(name) => format!("@{name}"),
            Segment::Any => "*".to_owned(),
        })
        .collect();
    steps.join("/")
}

//! What a catalogue lacks for those who read it and decide by it.
//!
//! The host has admitted the catalogue by then, so that its form is right. What is looked at here is what no form can hold: that a caseworker
//! is told something, that nothing about the person is called technical, and what a role loses beside what it may not see.

mod entanglement;
mod suspicion;
mod texts;

use std::sync::Arc;

use ssbtx_core::{Catalogue, Scope};

use crate::finding::Finding;

/// Everything that there is to say about a catalogue, the heaviest first.
///
/// # Shape
///
/// | rule | level | found |
/// |---|---|---|
/// | `help-missing` | fault | an element with a value in a dataset, or a dataset, has no help in one of the languages |
/// | `dataset-empty` | fault | no element is in the dataset |
/// | `dataset-without-values` | warning | the dataset has containers and no value |
/// | `help-repeats-label` | warning | the help says what the label says |
/// | `help-not-translated` | warning | the help is the same in both languages |
/// | `suspicious-technical-element` | warning | a technical element with a value is named as data of a person is: no policy decides about it |
/// | `no-protection-mark` | note | no element says that the person's identity is protected |
/// | `protection-mark` | note | an element does |
/// | `taken-along` | note | who may not see one dataset loses values of another, since the agency's schema demands it |
pub fn lint(catalogue: &Arc<Catalogue>) -> Vec<Finding> {
    let mut findings = texts::findings(catalogue);
    findings.extend(empty_datasets(catalogue));
    findings.extend(suspicion::findings(catalogue));
    findings.extend(protection_marks(catalogue));
    findings.extend(entanglement::findings(catalogue));
    findings.sort_by_key(|finding| finding.level);
    findings
}

fn empty_datasets(catalogue: &Catalogue) -> Vec<Finding> {
    let finding = |dataset: &ssbtx_core::Dataset| {
        let mut elements = catalogue
            .elements()
            .iter()
            .filter(|element| matches!(&element.scope, Scope::Dataset(id) if *id == dataset.id))
            .peekable();
        let place = dataset.id.as_str();
        if elements.peek().is_none() {
            return Some(Finding::fault("dataset-empty", place, "no element is in this dataset"));
        }
        let has_values = elements.any(|element| element.kind.holds_value());
        (!has_values).then(|| {
            Finding::warning(
                "dataset-without-values",
                place,
                "this dataset has containers only: opening it opens nothing",
            )
        })
    };
    catalogue.datasets().iter().filter_map(finding).collect()
}

fn protection_marks(catalogue: &Catalogue) -> Vec<Finding> {
    let marks: Vec<Finding> = catalogue
        .iter()
        .filter(|(_, element)| element.marks_protection)
        .map(|(id, _)| {
            Finding::note("protection-mark", catalogue.path(id), "says that the person's identity is protected")
        })
        .collect();
    if marks.is_empty() {
        let text =
            "no element says that the person's identity is protected: the host learns it from other agencies only";
        return vec![Finding::note("no-protection-mark", "", text)];
    }
    marks
}

#[cfg(test)]
mod tests;

//! What a reviewer is told of a catalogue.

use ssbtx_core::{CatalogueSource, Element, Kind, Scope};

use super::lint;
use crate::sample::{element, parse, source};

/// One line for each finding on the sample as it is changed.
fn found(change: impl FnOnce(&mut CatalogueSource)) -> Vec<String> {
    let mut source = source();
    change(&mut source);
    let line = |finding: crate::Finding| format!("{} {} {}", finding.level.label(), finding.rule, finding.place);
    lint(&parse(source)).into_iter().map(line).collect()
}

const NO_MARK: &str = "note no-protection-mark ";

#[test]
fn a_catalogue_in_order_is_told_only_that_it_marks_no_protection() {
    assert_eq!(found(|_| {}), [NO_MARK]);
}

#[test]
fn a_value_or_dataset_without_help_in_one_language_is_a_fault() {
    assert_eq!(found(|source| source.elements[1].help.en.clear()), ["fault help-missing arendetyp", NO_MARK]);
    assert_eq!(found(|source| source.datasets[1].help.sv = " ".to_owned()), ["fault help-missing datum", NO_MARK]);
    assert_eq!(found(|source| source.elements[0].help.en.clear()), [NO_MARK], "a container may do without");
}

#[test]
fn a_help_that_says_what_the_label_says_is_warned_of() {
    let repeats = |source: &mut CatalogueSource| source.elements[1].help.sv = "Arendetyp: sv.".to_owned();
    assert_eq!(found(repeats), ["warning help-repeats-label arendetyp", NO_MARK]);
}

#[test]
fn a_help_that_is_the_same_in_both_languages_is_warned_of() {
    let same = |source: &mut CatalogueSource| source.elements[2].help.en = source.elements[2].help.sv.clone();
    assert_eq!(found(same), ["warning help-not-translated beslutsdag", NO_MARK]);
}

#[test]
fn a_dataset_without_elements_is_a_fault_and_one_without_values_a_warning() {
    let empty = |source: &mut CatalogueSource| source.elements[2].scope = source.elements[1].scope.clone();
    assert_eq!(found(empty), ["fault dataset-empty datum", NO_MARK]);
    let container = |source: &mut CatalogueSource| {
        let scope = source.elements[2].scope.clone();
        source.elements[2] = Element { scope, ..element(0, "beslut", Kind::Object) };
    };
    assert_eq!(found(container), ["warning dataset-without-values datum", NO_MARK]);
}

#[test]
fn a_technical_value_that_is_named_as_data_of_a_person_is_warned_of() {
    for name in ["personnummer", "EfterNamn", "Adress"] {
        let named = |source: &mut CatalogueSource| source.elements.push(element(0, name, Kind::Scalar));
        assert_eq!(found(named), [&format!("warning suspicious-technical-element {name}"), NO_MARK]);
    }
    assert_eq!(found(|source| source.elements.push(element(0, "personnummer", Kind::Object))), [NO_MARK]);
}

#[test]
fn what_marks_protection_is_told() {
    assert_eq!(found(|source| source.elements[1].marks_protection = true), ["note protection-mark arendetyp"]);
}

#[test]
fn what_a_required_element_of_another_dataset_takes_along_is_told() {
    let required = |source: &mut CatalogueSource| source.elements[1].required = true;
    assert_eq!(found(required), [NO_MARK, "note taken-along arende"]);
    let below = |source: &mut CatalogueSource| {
        let scope = Scope::Dataset("arende".parse().unwrap());
        source.elements.push(Element { scope, ..element(0, "beslut", Kind::Object) });
        let scope = Scope::Dataset("datum".parse().unwrap());
        source.elements.push(Element { scope, ..element(3, "dag", Kind::Scalar) });
    };
    assert_eq!(found(below), [NO_MARK, "note taken-along arende"]);
}

//! What changes between two catalogues.

use ssbtx_core::{CatalogueSource, Dataset, Element, Kind, Scope, ValueType};

use super::compare;
use crate::sample::{element, parse, source};

/// One line for each change that makes another catalogue of the sample.
fn changes(change: impl FnOnce(&mut CatalogueSource)) -> Vec<String> {
    let mut changed = source();
    change(&mut changed);
    let line = |change: super::Change| {
        format!("{} {}: `{}` -> `{}`", change.kind.label(), change.place, change.old, change.new)
    };
    compare(&parse(source()), &parse(changed)).into_iter().map(line).collect()
}

#[test]
fn a_catalogue_changes_nothing_against_itself() {
    assert_eq!(changes(|_| {}), [""; 0]);
}

#[test]
fn elements_that_come_and_go_are_told_with_their_dataset() {
    assert_eq!(
        changes(|source| source.elements.push(element(0, "ref", Kind::Scalar))),
        ["element-added ref: `` -> `technical`"]
    );
    assert_eq!(
        changes(|source| source.elements[1].name = "slag".to_owned()),
        ["element-removed arendetyp: `arende` -> ``", "element-added slag: `` -> `arende`",]
    );
}

#[test]
fn datasets_that_come_and_go_are_told() {
    let added = |source: &mut CatalogueSource| {
        let new = Dataset { id: "ny".parse().unwrap(), ..source.datasets[0].clone() };
        source.datasets.push(new);
    };
    assert_eq!(changes(added), ["dataset-added ny: `` -> `arende (sv)`"]);
    let removed = |source: &mut CatalogueSource| {
        source.elements.pop();
        source.datasets.pop();
    };
    assert_eq!(
        changes(removed),
        ["dataset-removed datum: `datum (sv)` -> ``", "element-removed beslutsdag: `datum` -> ``"]
    );
}

#[test]
fn an_element_that_moves_between_datasets_or_becomes_technical_is_told() {
    assert_eq!(
        changes(|source| source.elements[2].scope = Scope::Dataset("arende".parse().unwrap())),
        ["moved beslutsdag: `datum` -> `arende`"]
    );
    assert_eq!(
        changes(|source| source.elements[2].scope = Scope::Technical),
        ["moved beslutsdag: `datum` -> `technical`"]
    );
}

#[test]
fn every_property_of_an_element_is_compared() {
    let all = |source: &mut CatalogueSource| {
        let scope = source.elements[2].scope.clone();
        source.elements[2] = Element {
            value_type: ValueType::Boolean,
            namespace: "urn:x".to_owned(),
            required: true,
            repeats: true,
            marks_protection: true,
            scope,
            ..element(0, "beslutsdag", Kind::Scalar)
        };
        source.elements[2].label.en = "day".to_owned();
        source.elements[2].help.sv = "Dagen.".to_owned();
    };
    insta::assert_snapshot!(changes(all).join("\n"), @r"
    form beslutsdag: `scalar `beslutsdag` in namespace ``` -> `scalar `beslutsdag` in namespace `urn:x``
    type beslutsdag: `text` -> `boolean`
    required beslutsdag: `false` -> `true`
    repeats beslutsdag: `false` -> `true`
    protection-mark beslutsdag: `false` -> `true`
    label beslutsdag: `beslutsdag (sv) / beslutsdag (en)` -> `beslutsdag (sv) / day`
    help beslutsdag: `Vad beslutsdag betyder. / What beslutsdag means.` -> `Dagen. / What beslutsdag means.`
    ");
}

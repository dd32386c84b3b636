use std::collections::BTreeSet;

use ssbtx_core::{Context, Relation, Standing, Verdict, WithholdReason};
use ssbtx_review::{BasisChange, ChangeKind, Effect, Finding, Outcome, Point, Review, Row};

use crate::bench::{Bench, review};
use crate::variant::Variant;

const OPENED: &str = "Svar/ArbetssokandeInfo/ArbetssokandeAvaktualiserad";

/// Every cell that the rows say, and each once.
fn cells(review: &Review) -> BTreeSet<(String, Point)> {
    let mut cells = BTreeSet::new();
    for row in rows(review) {
        let before = cells.len();
        for path in row.elements.iter().flat_map(|gathered| &gathered.paths) {
            for block in &row.contexts {
                cells.extend(block.points().map(|point| (path.clone(), point)));
            }
        }
        assert_eq!(cells.len() - before, row.cells, "no cell is said twice");
    }
    cells
}

fn rows(review: &Review) -> impl Iterator<Item = &Row> {
    review.disclosers.iter().flat_map(|discloser| &discloser.datasets).flat_map(|dataset| &dataset.rows)
}

fn only_row(old: &Variant, new: &Variant) -> (Row, Review) {
    let review = review(Some(old), new, &[]).unwrap();
    let mut found = rows(&review);
    let row = found.next().unwrap().clone();
    assert_eq!(found.next(), None);
    drop(found);
    (row, review)
}

#[test]
fn an_element_that_opens_for_some_is_told_with_those_contexts_and_no_other() {
    let real = &Bench::get().arbetsmarknad;
    let is_meant = |context: &Context| context.protected_identity && context.relation == Relation::Subject;
    let old =
        Variant::changed(
            real,
            |_, path, verdict| {
                if path == OPENED { Verdict::Withhold(WithholdReason::NotNeeded) } else { verdict }
            },
        );
    let new = Variant::changed(real, |context, path, verdict| match path {
        OPENED if context.protected_identity && context.relation == Relation::Subject => Verdict::Disclose(0),
        OPENED => Verdict::Withhold(WithholdReason::NotNeeded),
        _ => verdict,
    });
    let (row, review) = only_row(&old, &new);
    assert_eq!(row.change.kind, ChangeKind::NewlyPending);
    assert_eq!((row.change.before.effect, row.change.after.effect), (Effect::NotDisclosed, Effect::IfAccepted));
    let expected: BTreeSet<_> = review
        .space
        .points()
        .filter(|point| is_meant(&review.space.context(*point).unwrap()))
        .map(|point| (OPENED.to_owned(), point))
        .collect();
    assert_eq!(cells(&review), expected);
    assert_eq!(row.contexts.len(), 1);
}

#[test]
fn an_element_that_closes_is_told_with_its_reason() {
    let real = &Bench::get().ekonomiskt_bistand;
    let new = Variant::changed(real, |_, path, verdict| match path {
        OPENED => Verdict::Withhold(WithholdReason::NotNeeded),
        _ => verdict,
    });
    let (row, review) = only_row(&Variant::unchanged(real), &new);
    assert_eq!(row.change.kind, ChangeKind::Closed);
    assert_eq!(row.change.after.outcome, Outcome::Withheld(WithholdReason::NotNeeded));
    assert_eq!(row.cells, review.space.len());
    // The way back opens it, and two reasons for the same are a change of reason.
    let (row, _) = only_row(&new, &Variant::unchanged(real));
    assert_eq!(row.change.kind, ChangeKind::Opened);
    let other = Variant::changed(real, |_, path, verdict| match path {
        OPENED => Verdict::Withhold(WithholdReason::NoLegalBasis),
        _ => verdict,
    });
    assert_eq!(only_row(&new, &other).0.change.kind, ChangeKind::ReasonChanged);
}

#[test]
fn another_legal_basis_for_the_same_element_is_a_change() {
    let real = &Bench::get().ekonomiskt_bistand;
    let new = Variant::changed(real, |_, path, verdict| match (path, verdict) {
        (OPENED, Verdict::Disclose(basis)) => Verdict::Disclose(basis + 1),
        _ => verdict,
    });
    let (row, _) = only_row(&Variant::unchanged(real), &new);
    assert_eq!(row.change.kind, ChangeKind::BasisChanged);
}

#[test]
fn a_practice_that_becomes_law_is_told_from_the_day_when_it_does() {
    let real = &Bench::get().arbetsmarknad;
    let mut new = Variant::changed(real, |_, _, verdict| verdict);
    for basis in &mut new.bases {
        basis.standing = Standing::InForce { from: "2026-07-01".parse().unwrap(), until: None };
        basis.provision = "15 kap. 99 §".to_owned();
    }
    let review = review(Some(&Variant::unchanged(real)), &new, &[]).unwrap();
    assert!(matches!(review.bases.as_slice(), [BasisChange::Altered { .. }]));
    let kinds: BTreeSet<&str> = rows(&review).map(|row| row.change.after.outcome.label()).collect();
    assert_eq!(kinds, ["basis-not-in-force", "open"].into());
    assert!(rows(&review).all(|row| row.change.kind == ChangeKind::NoLongerPending && row.contexts.len() == 1));
    // There are two days, one before it is law and one after, and on both the same elements are open to the same persons.
    let cells_that = |label: &str| -> usize {
        rows(&review).filter(|row| row.change.after.outcome.label() == label).map(|row| row.cells).sum()
    };
    assert_eq!(review.space.days().len(), 2);
    assert_eq!(cells_that("open"), cells_that("basis-not-in-force"));
}

#[test]
fn what_goes_along_with_a_required_neighbour_is_told_too() {
    let real = &Bench::get().ekonomiskt_bistand;
    let new = Variant::changed(real, |_, path, verdict| {
        if path.ends_with("Beslut/BeslutFrom") { Verdict::Withhold(WithholdReason::NotNeeded) } else { verdict }
    });
    let review = review(Some(&Variant::unchanged(real)), &new, &[]).unwrap();
    let along: Vec<&Row> = rows(&review).filter(|row| row.change.kind == ChangeKind::ClosedAlong).collect();
    let paths: BTreeSet<&String> = along.iter().flat_map(|row| &row.elements).flat_map(|line| &line.paths).collect();
    assert!(paths.iter().any(|path| path.ends_with("Beslut/ErsattningTyp")), "{paths:?}");
    assert!(!review.frames.is_empty(), "the container of the decision goes too");
}

#[test]
fn what_a_consent_opens_is_seen_when_the_consent_is_named() {
    let real = &Bench::get().arbetsmarknad;
    let new = Variant::changed(real, |context, path, verdict| match path {
        OPENED if context.consents.iter().any(|consent| consent.as_str() == "af-samtycke") => verdict,
        OPENED => Verdict::Withhold(WithholdReason::ConsentMissing),
        _ => verdict,
    });
    let unnamed = review(Some(&Variant::unchanged(real)), &new, &[]).unwrap();
    assert!(unnamed.findings.contains(&Finding::UnnamedConsent("AF".parse().unwrap())));
    let named = review(Some(&Variant::unchanged(real)), &new, &["af-samtycke"]).unwrap();
    assert_eq!(named.findings, []);
    assert_eq!(cells(&named).len() * 2, named.space.len());
}

#[test]
fn two_components_of_one_version_are_a_finding() {
    let real = &Bench::get().arbetsmarknad;
    let old = Variant::unchanged(real);
    let mut new = Variant::changed(real, |_, _, verdict| verdict);
    assert_eq!(review(Some(&old), &new, &[]).unwrap().findings, []);
    new.identity.version.clone_from(&old.identity.version);
    let found = review(Some(&old), &new, &[]).unwrap().findings;
    assert_eq!(found, [Finding::SameVersion(old.identity.version.clone())]);
}

//! The promises that `cases.toml` makes for `policy.toml`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail where it stands")]

use ssbtx_policy_ekonomiskt_bistand::{CASES, POLICY};
use ssbtx_policy_engine::{Context, Expected, Relation, Scope, Standing, Verdict};
use ssbtx_policy_rehearsal::{broken_cases, datasets_without_case, rules_without_element, skeletons};

#[test]
fn every_case_holds() {
    assert_eq!(broken_cases(&POLICY, CASES), Ok(Vec::new()));
}

#[test]
fn every_dataset_of_every_agency_is_named_by_a_case() {
    assert_eq!(datasets_without_case(CASES), Ok(Vec::new()));
}

#[test]
fn every_rule_names_something_that_a_catalogue_has() {
    assert_eq!(rules_without_element(&POLICY), Ok(Vec::new()));
}

#[test]
fn there_are_cases_that_disclose_and_cases_that_withhold() {
    assert!(CASES.iter().any(|case| matches!(case.expected, Expected::Disclose(_))));
    assert!(CASES.iter().any(|case| matches!(case.expected, Expected::Withhold(_))));
}

#[test]
fn every_basis_is_described_in_the_order_of_the_verdicts() {
    let description = POLICY.describe();
    assert_eq!(description.role, POLICY.role);
    let described: Vec<&str> = description.legal_bases.iter().map(|basis| basis.id.as_str()).collect();
    let listed: Vec<&str> = POLICY.bases.iter().map(|basis| basis.id).collect();
    assert_eq!(described, listed);
}

#[test]
fn with_practice_accepted_everything_of_version_10_is_disclosed_also_when_the_identity_is_protected() {
    for (catalogue, protected_identity) in questions() {
        let verdicts = POLICY.decide(&context(protected_identity), &catalogue).unwrap();
        for (element, verdict) in catalogue.elements.iter().zip(verdicts) {
            let disclosed = matches!(verdict, Verdict::Disclose(_));
            assert!(disclosed || matches!(element.scope, Scope::Technical), "{}", element.name);
        }
    }
}

#[test]
fn a_container_never_rests_on_a_pending_basis_while_it_holds_something_in_force() {
    for (catalogue, protected_identity) in questions() {
        let verdicts = POLICY.decide(&context(protected_identity), &catalogue).unwrap();
        for (element, verdict) in catalogue.elements.iter().zip(&verdicts) {
            let holder = element.parent.map(|parent| &verdicts[usize::from(parent)]);
            if let Some(holder) = holder
                && is_in_force(*verdict)
            {
                assert!(is_in_force(*holder), "what holds {}", element.name);
            }
        }
    }
}

fn questions() -> Vec<(ssbtx_policy_engine::AgencyCatalogue, bool)> {
    let skeletons = skeletons().unwrap();
    skeletons.into_iter().flat_map(|catalogue| [(catalogue.clone(), false), (catalogue, true)]).collect()
}

fn context(protected_identity: bool) -> Context {
    Context {
        role: "ekonomiskt-bistand".to_owned(),
        purpose: "arendehandlaggning".to_owned(),
        relation: Relation::Subject,
        consents: Vec::new(),
        protected_identity,
        asked_on: "2026-01-01".to_owned(),
    }
}

fn is_in_force(verdict: Verdict) -> bool {
    match verdict {
        Verdict::Disclose(basis) => matches!(POLICY.bases[usize::from(basis)].standing, Standing::InForce { .. }),
        Verdict::Withhold(_) => false,
    }
}

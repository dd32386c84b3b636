//! The promises that `cases.toml` makes for `policy.toml`.

use ssbtx_policy_arbetsmarknad::{CASES, POLICY};
use ssbtx_policy_engine::{Expected, Standing};
use ssbtx_policy_rehearsal::{broken_cases, datasets_without_case, rules_without_element};

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
fn the_policy_ships_closed_since_it_has_no_basis_in_law() {
    assert!(POLICY.bases.iter().all(|basis| basis.standing == Standing::Pending));
}

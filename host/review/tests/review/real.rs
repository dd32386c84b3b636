use std::collections::BTreeSet;

use ssbtx_review::{Check, Outcome, Review};

use crate::bench::{Bench, TODAY, wait};

fn policies() -> [&'static ssbtx_runtime::FieldFilter; 2] {
    let bench = Bench::get();
    [&bench.ekonomiskt_bistand, &bench.arbetsmarknad]
}

#[test]
fn a_policy_compared_with_itself_differs_in_nothing() {
    let bench = Bench::get();
    let elements: usize = bench.listed.iter().map(|listed| listed.catalogue.elements().len()).sum();
    for policy in policies() {
        let review = wait(Review::of(Some(policy), policy, bench.listed.clone(), &BTreeSet::new(), TODAY)).unwrap();
        assert_eq!((review.changed, review.bases.len(), review.findings.len()), (0, 0, 0), "{:?}", review.findings);
        assert_eq!(review.compared, elements * review.space.len());
        assert!(review.disclosers.is_empty() && review.frames.is_empty());
    }
}

#[test]
fn the_policies_that_ship_give_no_finding() {
    for policy in policies() {
        let check = wait(Check::of(policy, &Bench::get().listed, &BTreeSet::new(), TODAY)).unwrap();
        assert_eq!(check.findings, [], "{}", policy.identity().name);
        assert_eq!(check.tallies.len(), 7);
    }
}

#[test]
fn the_first_policy_of_arbetsmarknad_opens_nothing_without_the_operators_word() {
    let bench = Bench::get();
    let first: Option<&ssbtx_runtime::FieldFilter> = None;
    let review = wait(Review::of(first, &bench.arbetsmarknad, bench.listed.clone(), &BTreeSet::new(), TODAY)).unwrap();
    assert!(review.changed > 0);
    let rows = review.disclosers.iter().flat_map(|discloser| &discloser.datasets).flat_map(|dataset| &dataset.rows);
    for row in rows {
        assert!(matches!(row.change.after.outcome, Outcome::Pending(_)), "{row:?}");
    }
}

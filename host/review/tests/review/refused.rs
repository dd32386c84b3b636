use ssbtx_core::{Verdict, WithholdReason};
use ssbtx_review::{Check, Finding, Refused};

use crate::bench::{Bench, TODAY, review, wait};
use crate::variant::Variant;

fn refusal(guest: &str) -> Refused {
    let bench = Bench::get();
    review(None, &bench.guest(guest), &[]).unwrap_err()
}

#[test]
fn a_policy_that_cannot_decide_is_not_reviewed() {
    for guest in ["policy-traps", "policy-miscounts"] {
        assert!(matches!(refusal(guest), Refused::Failed { .. }), "{guest}");
    }
}

#[test]
fn a_policy_that_names_a_basis_outside_its_description_is_refused() {
    assert!(matches!(refusal("policy-unknown-basis"), Refused::UndeclaredBasis { found: 1, declared: 1, .. }));
}

#[test]
fn a_policy_that_changes_on_a_day_that_no_basis_accounts_for_is_refused() {
    let real = &Bench::get().ekonomiskt_bistand;
    let new = Variant::changed(real, |context, path, verdict| {
        let later = context.asked_on.year() > 2027;
        if later && path.ends_with("Fornamn") { Verdict::Withhold(WithholdReason::NotNeeded) } else { verdict }
    });
    let refused = review(Some(&Variant::unchanged(real)), &new, &[]).unwrap_err();
    assert!(matches!(&refused, Refused::HiddenDay { element, .. } if element.ends_with("Fornamn")), "{refused}");
}

#[test]
fn policies_of_two_roles_are_not_compared() {
    let bench = Bench::get();
    let refused = review(Some(&bench.ekonomiskt_bistand), &bench.arbetsmarknad, &[]).unwrap_err();
    assert_eq!(refused.to_string(), "new policy is of role `arbetsmarknad`, the old one of `ekonomiskt-bistand`");
}

#[test]
fn a_policy_that_decides_for_anybody_is_a_finding() {
    let bench = Bench::get();
    let guest = bench.guest("policy-honest");
    let check = wait(Check::of(&guest, &bench.arbetsformedlingen(), &[].into(), TODAY)).unwrap();
    assert_eq!(check.findings, [Finding::DecidesForOtherRoles, Finding::DecidesForOtherPurposes]);
}

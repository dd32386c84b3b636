//! The promises that `cases.toml` makes for `policy.toml`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail where it stands")]

use ssbtx_policy_ekonomiskt_bistand::{CASES, POLICY};
use ssbtx_policy_engine::{Context, Outline, Relation, Scope, Standing, Verdict};
use ssbtx_policy_rehearsal::outlines;

ssbtx_policy_rehearsal::promises!(POLICY, CASES);

#[test]
fn with_practice_accepted_everything_of_version_10_is_disclosed_also_when_the_identity_is_protected() {
    for (outline, protected_identity) in questions() {
        let verdicts = POLICY.decide(&context(protected_identity), &outline).unwrap();
        for (element, verdict) in outline.elements.iter().zip(verdicts) {
            let disclosed = matches!(verdict, Verdict::Disclose(_));
            assert!(disclosed || matches!(element.scope, Scope::Technical), "{}", element.name);
        }
    }
}

#[test]
fn a_container_never_rests_on_a_pending_basis_while_it_holds_something_in_force() {
    for (outline, protected_identity) in questions() {
        let verdicts = POLICY.decide(&context(protected_identity), &outline).unwrap();
        for (element, verdict) in outline.elements.iter().zip(&verdicts) {
            let holder = element.parent.map(|parent| &verdicts[usize::from(parent)]);
            if let Some(holder) = holder
                && is_in_force(*verdict)
            {
                assert!(is_in_force(*holder), "what holds {}", element.name);
            }
        }
    }
}

fn questions() -> Vec<(Outline, bool)> {
    outlines().unwrap().into_iter().flat_map(|outline| [(outline.clone(), false), (outline, true)]).collect()
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

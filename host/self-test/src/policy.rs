//! The cases of a policy.

use std::collections::HashMap;
use std::sync::Arc;

use ssbtx_cases::{CaseKind, Cases, ExpectedVerdict, PolicyCase};
use ssbtx_core::{AgencyId, Catalogue, Context, ElementId, LegalBasis, Verdict};
use ssbtx_runtime::FieldFilter;
use tokio::task::yield_now;

use crate::broken::{BrokenPolicyCase, SelfTestFailed};
use crate::deadline::within_deadline;

/// Asks a policy its cases, against the catalogues that it would decide about.
///
/// A case about a base service without a catalogue here is passed over: nothing of it can be disclosed. Whether a basis is in force or accepted
/// makes no difference.
///
/// # Errors
///
/// [`SelfTestFailed`] for the first case that does not hold, and past [`DEADLINE`](crate::DEADLINE).
///
/// # Cancel safety
///
/// It may be dropped at any time.
pub async fn test_policy(
    policy: &FieldFilter,
    cases: &Cases,
    catalogues: &[Arc<Catalogue>],
) -> Result<(), SelfTestFailed> {
    if let Some(found @ CaseKind::Adapter) = cases.kind() {
        return Err(SelfTestFailed::Kind { found, expected: CaseKind::Policy });
    }
    within_deadline(all_hold(policy, cases.policy(), catalogues)).await
}

async fn all_hold(
    policy: &FieldFilter,
    cases: &[PolicyCase],
    catalogues: &[Arc<Catalogue>],
) -> Result<(), SelfTestFailed> {
    // Many cases share a context, and a decision is about a whole catalogue.
    let mut decided: HashMap<(AgencyId, Context), Vec<Verdict>> = HashMap::new();
    for case in cases {
        // What follows is not interrupted, so that it is the place where the deadline is seen.
        yield_now().await;
        let Some(catalogue) = catalogues.iter().find(|catalogue| catalogue.agency() == case.agency()) else { continue };
        let broken = |how| SelfTestFailed::Policy { promise: case.promise().clone(), how };
        let asked = (case.agency(), case.context(policy.role()));
        if !decided.contains_key(&asked) {
            let verdicts = policy.decide(&asked.1, catalogue).await;
            decided.insert(asked.clone(), verdicts.map_err(BrokenPolicyCase::Undecided).map_err(broken)?);
        }
        let verdicts = decided.get(&asked).map(Vec::as_slice).unwrap_or_default();
        holds(case, policy.bases(), catalogue, verdicts).map_err(broken)?;
    }
    Ok(())
}

fn holds(
    case: &PolicyCase,
    bases: &[LegalBasis],
    catalogue: &Catalogue,
    verdicts: &[Verdict],
) -> Result<(), BrokenPolicyCase> {
    let expected = expected(case.expected());
    for pattern in case.elements() {
        let elements = pattern.elements(catalogue);
        if elements.is_empty() {
            return Err(BrokenPolicyCase::NoElement { agency: case.agency(), path: pattern.to_string() });
        }
        let found = |id: &ElementId| Some((*id, found(*verdicts.get(id.index())?, bases)));
        if let Some((id, found)) = elements.iter().filter_map(found).find(|(_, found)| *found != expected) {
            let element = format!("{}/{}", case.agency(), catalogue.path(id));
            return Err(BrokenPolicyCase::Verdict { element, found, expected });
        }
    }
    Ok(())
}

fn expected(verdict: &ExpectedVerdict) -> String {
    match verdict {
        ExpectedVerdict::Disclose(basis) => disclose(basis.as_str()),
        ExpectedVerdict::Withhold(reason) => withhold(reason.label()),
    }
}

fn found(verdict: Verdict, bases: &[LegalBasis]) -> String {
    match verdict {
        Verdict::Disclose(position) => {
            let basis = bases.get(usize::from(position));
            disclose(basis.map_or("a basis that the policy does not declare", |basis| basis.id.as_str()))
        }
        Verdict::Withhold(reason) => withhold(reason.label()),
    }
}

fn disclose(basis: &str) -> String {
    format!("disclose: {basis}")
}

fn withhold(reason: &str) -> String {
    format!("withhold: {reason}")
}

//! Containers follow their contents.

use crate::bindings::exports::ssbtx::catalogue::types::{Kind, Scope};
use crate::bindings::exports::ssbtx::policy::field_filter::{OutlinedElement, Verdict};
use crate::policy::{Policy, Standing};

/// Gives every container the verdict of its contents, and leaves the rest as it was.
///
/// A container holds no value, and to withhold it is to withhold all that lies in it. So it must never rest on less than what it holds: of the
/// verdicts in it, it takes the one that stands firmest on the day, and of equals the first. What is technical and holds nothing else says
/// nothing of what it lies in, and a container of such alone keeps its own verdict.
pub(crate) fn follow(
    mut verdicts: Vec<Verdict>,
    elements: &[OutlinedElement],
    policy: &Policy,
    asked_on: &str,
) -> Vec<Verdict> {
    let mut firmest: Vec<Option<Verdict>> = vec![None; elements.len()];
    for (position, element) in elements.iter().enumerate().rev() {
        let Some(verdict) = verdicts.get_mut(position) else { continue };
        match firmest.get(position).copied().flatten() {
            Some(inside) if matches!(element.kind, Kind::Object | Kind::List) => *verdict = inside,
            _ if matches!(element.scope, Scope::Technical) => continue,
            _ => {}
        }
        let Some(parent) = element.parent.map(usize::from).filter(|parent| *parent < position) else { continue };
        let firmness = |verdict| Firmness::of(verdict, policy, asked_on);
        if let Some(seen) = firmest.get_mut(parent)
            && seen.is_none_or(|seen| firmness(*verdict) >= firmness(seen))
        {
            *seen = Some(*verdict);
        }
    }
    verdicts
}

/// How firmly a verdict opens, from least to most.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Firmness {
    /// Not at all.
    Withheld,
    /// By a law that is not in force on the day: the host withholds it.
    NotInForce,
    /// If the operator accepts the basis.
    Pending,
    /// By law.
    InForce,
}

impl Firmness {
    fn of(verdict: Verdict, policy: &Policy, asked_on: &str) -> Self {
        let Verdict::Disclose(basis) = verdict else { return Self::Withheld };
        match policy.bases.get(usize::from(basis)).map(|basis| basis.standing) {
            // Days are written `yyyy-MM-dd`, so they compare as texts.
            Some(Standing::InForce { from, until })
                if from <= asked_on && until.is_none_or(|until| asked_on <= until) =>
            {
                Self::InForce
            }
            Some(Standing::Pending) => Self::Pending,
            Some(Standing::InForce { .. }) | None => Self::NotInForce,
        }
    }
}

//! What a reader of a policy should know, although the policy keeps its contract.

use std::collections::BTreeSet;

use jiff::civil::Date;
use ssbtx_core::{AgencyId, BasisId, Context, Refusal, Standing, WithholdReason};
use ssbtx_runtime::DecideFailed;

use crate::cell::{Effect, Outcome};
use crate::observed::Observed;
use crate::space::{Point, Space};
use crate::subject::{Decides, Listed};

/// Something about a policy that is not as one would expect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// No element rests on the basis in any context.
    UnusedBasis(BasisId),
    /// The basis ended before today.
    EndedBasis {
        /// Its name.
        basis: BasisId,
        /// Its last day.
        until: Date,
    },
    /// Two bases cite the same act, provision and item.
    SameCitation {
        /// The first.
        first: BasisId,
        /// The second.
        second: BasisId,
    },
    /// It opens nothing, whatever the operator accepts.
    NothingOpen,
    /// It decides for a role that is not its own.
    DecidesForOtherRoles,
    /// It decides for a purpose that nobody has.
    DecidesForOtherPurposes,
    /// It asks for a consent that the review was not told of, so that what it opens with that consent is not seen.
    UnnamedConsent(AgencyId),
    /// It does not know the base service; nothing of it is disclosed.
    UnknownAgency(AgencyId),
    /// Two components that differ have one version.
    SameVersion(String),
}

impl Finding {
    /// The stable name.
    pub fn label(&self) -> &'static str {
        match self {
            Self::UnusedBasis(_) => "unused-basis",
            Self::EndedBasis { .. } => "ended-basis",
            Self::SameCitation { .. } => "same-citation",
            Self::NothingOpen => "nothing-open",
            Self::DecidesForOtherRoles => "decides-for-other-roles",
            Self::DecidesForOtherPurposes => "decides-for-other-purposes",
            Self::UnnamedConsent(_) => "unnamed-consent",
            Self::UnknownAgency(_) => "unknown-agency",
            Self::SameVersion(_) => "same-version",
        }
    }
}

/// Looks through what a policy says of itself and what it was seen to decide.
pub(crate) async fn findings(
    policy: &impl Decides,
    listed: &[Listed],
    space: &Space,
    observed: &Observed,
    today: Date,
) -> Vec<Finding> {
    let mut findings = of_bases(policy, observed, today);
    findings.extend(of_decisions(listed, space, observed));
    findings.extend(of_strangers(policy, listed, space).await);
    findings
}

fn of_bases(policy: &impl Decides, observed: &Observed, today: Date) -> Vec<Finding> {
    let used: BTreeSet<&str> =
        observed.cells().filter_map(|(_, cell)| cell.outcome.citation()).map(|citation| citation.id.as_str()).collect();
    let mut findings = Vec::new();
    for (position, basis) in policy.bases().iter().enumerate() {
        if !used.contains(basis.id.as_str()) {
            findings.push(Finding::UnusedBasis(basis.id.clone()));
        }
        if let Standing::InForce { until: Some(until), .. } = basis.standing
            && until < today
        {
            findings.push(Finding::EndedBasis { basis: basis.id.clone(), until });
        }
        let cited = |other: &&_| same_citation(basis, other);
        if let Some(first) = policy.bases().iter().take(position).find(cited) {
            findings.push(Finding::SameCitation { first: first.id.clone(), second: basis.id.clone() });
        }
    }
    findings
}

fn same_citation(one: &ssbtx_core::LegalBasis, other: &ssbtx_core::LegalBasis) -> bool {
    // One citation may be valid in two spans of days.
    one.act == other.act && one.provision == other.provision && one.item == other.item && one.standing == other.standing
}

fn of_decisions(listed: &[Listed], space: &Space, observed: &Observed) -> Vec<Finding> {
    let mut findings = Vec::new();
    if observed.cells().all(|(_, cell)| cell.effect == Effect::NotDisclosed) {
        findings.push(Finding::NothingOpen);
    }
    // The last combination holds every consent that is known.
    let most = space.consents().len().saturating_sub(1);
    let with_all = |point: &Point| {
        let [_, consents, _, _] = point.0;
        consents == most
    };
    for (position, listed) in listed.iter().enumerate() {
        let (agency, elements) = (listed.catalogue.agency(), listed.catalogue.elements().len());
        let seen = |wanted: &Outcome| {
            space.points().enumerate().filter(|(_, point)| with_all(point)).any(|(context, _)| {
                (0..elements).any(|element| {
                    observed.cell(position, context, element).is_some_and(|cell| cell.outcome == *wanted)
                })
            })
        };
        if seen(&Outcome::UnknownAgency) {
            findings.push(Finding::UnknownAgency(agency));
        }
        if seen(&Outcome::Withheld(WithholdReason::ConsentMissing)) {
            findings.push(Finding::UnnamedConsent(agency));
        }
    }
    findings
}

/// Asks as somebody else, and for something else. A host never does, so that a policy decides there is no danger; but it should say no.
async fn of_strangers(policy: &impl Decides, listed: &[Listed], space: &Space) -> Vec<Finding> {
    let (Some(listed), Some(context)) = (listed.first(), space.points().next().and_then(|point| space.context(point)))
    else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    if let Ok(role) = OTHER.parse() {
        let asked = policy.decide(&Context { role, ..context.clone() }, &listed.catalogue).await;
        if asked != Err(DecideFailed::Refused(Refusal::WrongRole)) {
            findings.push(Finding::DecidesForOtherRoles);
        }
    }
    if let Ok(purpose) = OTHER.parse() {
        let asked = policy.decide(&Context { purpose, ..context }, &listed.catalogue).await;
        if asked != Err(DecideFailed::Refused(Refusal::WrongPurpose)) {
            findings.push(Finding::DecidesForOtherPurposes);
        }
    }
    findings
}

/// A role and a purpose that there is not.
const OTHER: &str = "something-that-nobody-is-or-wants";

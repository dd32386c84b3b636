//! Whose data a base service gives, and what came of each: Försäkringskassan's answers for Pensionsmyndigheten too.

use ssbtx_core::{AgencyId, Catalogue, Decision, Discloser, Outcome, State, default_disclosers};

/// Each agency whose data the base service gives, with a state of its own where it differs from the part's.
pub(crate) fn disclosers(
    agency: AgencyId,
    catalogue: Option<&Catalogue>,
    decision: Option<&Decision>,
    outcome: &Outcome,
) -> Vec<Discloser> {
    let agencies = catalogue.map_or_else(|| default_disclosers(agency), Catalogue::disclosers);
    let state_of = |discloser: AgencyId| {
        let (Some(catalogue), Some(decision)) = (catalogue, decision) else { return outcome.state() };
        let mut wanted = catalogue
            .datasets()
            .iter()
            .filter(|dataset| dataset.discloser == discloser && decision.wanted().contains(&dataset.id))
            .peekable();
        if wanted.peek().is_none() {
            return State::NotPermitted;
        }
        match outcome {
            Outcome::Answered { failures, .. }
                if wanted.all(|dataset| failures.iter().any(|failure| failure.dataset == dataset.id)) =>
            {
                State::Failed
            }
            _ => outcome.state(),
        }
    };
    agencies.into_iter().map(|discloser| Discloser { agency: discloser, state: state_of(discloser) }).collect()
}

#[cfg(test)]
mod tests;

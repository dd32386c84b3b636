//! From what the base services gave to what the asker is given: the only place where a document is projected, and every document is.

use std::sync::Arc;
use std::time::Duration;

use ssbtx_core::{
    AgencyId, AgencyPart, BrokerFault, Catalogue, Decision, Discloser, Failure, Outcome, State, default_disclosers,
};
use ssbtx_runtime::Adapter;

use crate::agency_call::Collected;

/// What is known of one base service when all have been waited for.
pub(crate) struct Gathered<'e> {
    pub(crate) agency: AgencyId,
    pub(crate) adapter: Option<&'e Adapter>,
    pub(crate) asked: Asked,
    pub(crate) elapsed: Duration,
}

/// Whether a base service was asked, and what came of it.
pub(crate) enum Asked {
    /// The asker did not include it.
    NotIncluded,
    /// It was included, and there was no adapter or no decision.
    Impossible(BrokerFault),
    /// The role may see nothing of it.
    NotPermitted(Arc<Decision>),
    /// It was asked under this decision.
    Asked(Arc<Decision>, Collected),
    /// It was asked, and then there was no decision to disclose its answer under.
    Undisclosed(BrokerFault),
}

impl Asked {
    /// Whether a request about the person may have left the host.
    pub(crate) fn was_asked(&self) -> bool {
        matches!(self, Self::Asked(..) | Self::Undisclosed(_))
    }
}

/// Composes one part, letting through what the decision of its own [`Asked`] opens.
pub(crate) fn compose(gathered: Gathered<'_>) -> AgencyPart {
    let Gathered { agency, adapter, asked, elapsed } = gathered;
    let decision = match &asked {
        Asked::Asked(decision, _) | Asked::NotPermitted(decision) => Some(Arc::clone(decision)),
        Asked::NotIncluded | Asked::Impossible(_) | Asked::Undisclosed(_) => None,
    };
    let outcome = match asked {
        Asked::NotIncluded => Outcome::NotAsked,
        Asked::Impossible(fault) | Asked::Undisclosed(fault) => Outcome::Failed(Failure::Broker(fault)),
        Asked::NotPermitted(decision) => Outcome::NotPermitted { decision },
        Asked::Asked(decision, collected) => project(decision, collected),
    };
    let catalogue = adapter.map(|adapter| adapter.catalogue().as_ref());
    let disclosers = disclosers(agency, catalogue, decision.as_deref(), &outcome);
    AgencyPart { agency, outcome, disclosers, adapter: adapter.map(|adapter| adapter.identity().clone()), elapsed }
}

fn project(decision: Arc<Decision>, collected: Collected) -> Outcome {
    match collected {
        Collected::Failed(failure) => Outcome::Failed(failure),
        Collected::TimedOut => Outcome::TimedOut,
        // A protected identity came to light after this one was asked: whatever it said, even that it knows nothing, the role may not see.
        _ if !decision.mask().discloses_anything() => Outcome::NotPermitted { decision },
        Collected::NothingFound { document, reason } => {
            Outcome::NothingFound { document: document.and_then(|document| decision.mask().project(document)), reason }
        }
        Collected::Answered { document, failures } => match decision.mask().project(document) {
            Some(document) => Outcome::Answered { document, failures, decision },
            None => Outcome::NotPermitted { decision },
        },
    }
}

/// Each agency whose data the base service gives, with a state of its own where it differs from the part's.
fn disclosers(
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

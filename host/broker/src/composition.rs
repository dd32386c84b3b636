//! From what the base services gave to what the asker is given: the only place where a document is projected, and every document is.

use std::sync::Arc;
use std::time::Duration;

use ssbtx_core::{AgencyId, AgencyPart, BrokerFault, Decision, Failure, Outcome};
use ssbtx_runtime::Adapter;

use crate::agency_call::{Called, Collected};
use crate::disclosers::disclosers;

/// What is known of one base service when it has been waited for.
pub(crate) struct Gathered {
    pub(crate) agency: AgencyId,
    pub(crate) adapter: Option<Adapter>,
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
    NotPermitted(Decided),
    /// It was to be asked under this decision, and this came of it.
    Called(Decided, Called),
    /// It has data, and there is no decision to disclose it under.
    Undisclosed {
        /// Why there is none.
        fault: BrokerFault,
        /// Whether a request about the person may have left the host.
        was_sent: bool,
    },
}

/// What a role may see of one base service.
///
/// Whether the person's identity is protected is known only when all have answered. Both decisions are made before that, so that none is left to
/// wait for when time is up.
pub(crate) struct Decided {
    /// What it may see of a person of whom nothing more is known.
    pub(crate) decision: Arc<Decision>,
    /// What it may see if the person's identity is protected.
    pub(crate) if_protected: Result<Arc<Decision>, BrokerFault>,
}

impl Asked {
    /// Whether a request about the person may have left the host.
    pub(crate) fn was_asked(&self) -> bool {
        match self {
            Self::Called(_, Called { was_sent, .. }) | Self::Undisclosed { was_sent, .. } => *was_sent,
            Self::NotIncluded | Self::Impossible(_) | Self::NotPermitted(_) => false,
        }
    }

    /// Whether the base service says that the person's identity is protected.
    pub(crate) fn marks_protection(&self) -> bool {
        matches!(self, Self::Called(_, called) if called.collected.marks_protection())
    }

    /// The decision that it is held to, where that was made for the context that the question ended in.
    ///
    /// None where a protected identity came to light, and what may then be seen was not decided, or is more than a part that was closed before that.
    pub(crate) fn decision(&self, protected: bool) -> Option<&Arc<Decision>> {
        match (self, protected) {
            (Self::Called(decided, _) | Self::NotPermitted(decided), false) => Some(&decided.decision),
            (Self::Called(decided, _), true) => decided.if_protected.as_ref().ok(),
            (Self::NotPermitted(decided), true) => decided.if_protected.as_ref().ok().filter(|anew| is_closed(anew)),
            (Self::NotIncluded | Self::Impossible(_) | Self::Undisclosed { .. }, _) => None,
        }
    }

    /// Whether its part is the same, to the last word of what is withheld and why, whatever comes to light about the person's identity.
    pub(crate) fn is_the_same_if_protected(&self) -> bool {
        match self {
            Self::Called(decided, _) | Self::NotPermitted(decided) => decided.is_the_same_if_protected(),
            Self::NotIncluded | Self::Impossible(_) | Self::Undisclosed { .. } => true,
        }
    }

    /// Holds it to what the role may see of a person whose identity is protected. What could not be decided is not disclosed.
    ///
    /// A part that was not permitted stays so, whatever is decided now: nobody was asked. One that failed or was late has nothing to disclose
    /// and stays what it is.
    pub(crate) fn protect(self) -> Self {
        match self {
            Self::Called(Decided { if_protected: Err(fault), .. }, called) if called.collected.has_data() => {
                Self::Undisclosed { fault, was_sent: called.was_sent }
            }
            Self::Called(decided, called) => Self::Called(decided.protect(), called),
            Self::NotPermitted(decided) if decided.if_protected.as_ref().is_ok_and(|anew| is_closed(anew)) => {
                Self::NotPermitted(decided.protect())
            }
            unchanged
            @ (Self::NotPermitted(_) | Self::NotIncluded | Self::Impossible(_) | Self::Undisclosed { .. }) => unchanged,
        }
    }
}

impl Decided {
    fn is_the_same_if_protected(&self) -> bool {
        self.if_protected.as_ref().is_ok_and(|anew| {
            self.decision.mask().digest() == anew.mask().digest() && self.decision.withheld() == anew.withheld()
        })
    }

    fn protect(self) -> Self {
        let decision = self.if_protected.as_ref().map_or(self.decision, Arc::clone);
        Self { decision, if_protected: self.if_protected }
    }
}

fn is_closed(decision: &Decision) -> bool {
    !decision.mask().discloses_anything()
}

/// Composes one part of a person whose identity is protected or is not, letting through what the decision of its own [`Asked`] opens.
pub(crate) fn compose(gathered: Gathered, protected: bool) -> AgencyPart {
    let Gathered { agency, adapter, asked, elapsed } = gathered;
    let mask = asked.decision(protected).map(|decision| decision.mask().digest());
    let decision = match &asked {
        Asked::Called(decided, _) | Asked::NotPermitted(decided) => Some(Arc::clone(&decided.decision)),
        Asked::NotIncluded | Asked::Impossible(_) | Asked::Undisclosed { .. } => None,
    };
    let outcome = match asked {
        Asked::NotIncluded => Outcome::NotAsked,
        Asked::Impossible(fault) | Asked::Undisclosed { fault, .. } => Outcome::Failed(Failure::Broker(fault)),
        Asked::NotPermitted(decided) => Outcome::NotPermitted { decision: decided.decision },
        Asked::Called(decided, called) => project(decided.decision, called.collected),
    };
    let catalogue = adapter.as_ref().map(|adapter| adapter.catalogue().as_ref());
    let disclosers = disclosers(agency, catalogue, decision.as_deref(), &outcome);
    let adapter = adapter.map(|adapter| adapter.identity().clone());
    AgencyPart { agency, outcome, disclosers, adapter, mask, elapsed }
}

fn project(decision: Arc<Decision>, collected: Collected) -> Outcome {
    match collected {
        Collected::Failed(failure) => Outcome::Failed(failure),
        Collected::TimedOut => Outcome::TimedOut,
        // A protected identity came to light after this one was asked: whatever it said, even that it knows nothing, the role may not see.
        _ if is_closed(&decision) => Outcome::NotPermitted { decision },
        Collected::NothingFound { document, reason } => {
            Outcome::NothingFound { document: document.and_then(|document| decision.mask().project(document)), reason }
        }
        Collected::Answered { document, failures } => match decision.mask().project(document) {
            Some(document) => Outcome::Answered { document, failures, decision },
            None => Outcome::NotPermitted { decision },
        },
    }
}

#[cfg(test)]
mod tests;

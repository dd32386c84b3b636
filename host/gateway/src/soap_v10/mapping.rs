//! The six states of the design, in the words of SSBTEK v10: the one table.

use std::borrow::Cow;
use std::collections::BTreeSet;

use ssbtx_core::{BrokerFault, Decision, Document, Failure, Outcome, TighteningId};

/// What an agency's block holds.
#[derive(Debug)]
pub(super) enum Block<'a> {
    /// `data`
    Data(&'a Document),
    /// `error`
    Error(ErrorBlock<'a>),
    /// There is no block.
    Absent,
}

/// `error{kalla, felkod, felmeddelande+}`
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ErrorBlock<'a> {
    /// `SSBT` or `BT`.
    pub(super) source: &'a str,
    /// The stable code.
    pub(super) code: &'a str,
    /// What it means, in Swedish; at least one.
    pub(super) messages: Vec<Cow<'a, str>>,
}

/// What stands for an outcome.
pub(super) fn block(outcome: &Outcome) -> Block<'_> {
    match outcome {
        Outcome::Answered { document, failures: _, decision: _ }
        | Outcome::NothingFound { document: Some(document), reason: _ } => Block::Data(document),
        Outcome::NothingFound { document: None, reason } => {
            let mut error = broker_error(BrokerFault::NothingFound);
            error.messages.extend(reason.as_ref().map(|reason| Cow::Borrowed(reason.message())));
            Block::Error(error)
        }
        Outcome::NotAsked => Block::Absent,
        Outcome::NotPermitted { decision } => {
            let mut error = broker_error(BrokerFault::NotPermitted);
            error.messages.extend(withheld_at_once(decision).map(Cow::Owned));
            Block::Error(error)
        }
        Outcome::Failed(failure) => Block::Error(error(failure)),
        Outcome::TimedOut => Block::Error(broker_error(BrokerFault::TimedOut)),
    }
}

/// What stands for a failure.
pub(super) fn error(failure: &Failure) -> ErrorBlock<'_> {
    ErrorBlock { source: failure.source(), code: failure.code(), messages: vec![failure.message().into()] }
}

fn broker_error(fault: BrokerFault) -> ErrorBlock<'static> {
    ErrorBlock { source: "SSBT", code: fault.code(), messages: vec![fault.message().into()] }
}

/// Why what could be seen yesterday, and may be tomorrow, cannot be seen now; nothing where nothing is withheld at once.
fn withheld_at_once(decision: &Decision) -> Option<String> {
    let ids: BTreeSet<&TighteningId> =
        decision.withheld().iter().filter_map(|withheld| withheld.reason.tightening()).collect();
    let ids: Vec<&str> = ids.into_iter().map(TighteningId::as_str).collect();
    (!ids.is_empty()).then(|| format!("Uppgifter är tillfälligt spärrade: {}.", ids.join(", ")))
}

#[cfg(test)]
mod tests;

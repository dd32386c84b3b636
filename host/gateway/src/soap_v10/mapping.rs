//! The six states of the design, in the words of SSBTEK v10: the one table.

use ssbtx_core::{BrokerFault, Document, Failure, Outcome};

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
    pub(super) messages: Vec<&'a str>,
}

/// What stands for an outcome.
pub(super) fn block(outcome: &Outcome) -> Block<'_> {
    match outcome {
        Outcome::Answered { document, failures: _, decision: _ }
        | Outcome::NothingFound { document: Some(document), reason: _ } => Block::Data(document),
        Outcome::NothingFound { document: None, reason } => {
            let mut error = broker_error(BrokerFault::NothingFound);
            error.messages.extend(reason.as_ref().map(ssbtx_core::Notice::message));
            Block::Error(error)
        }
        Outcome::NotAsked => Block::Absent,
        Outcome::NotPermitted { decision: _ } => Block::Error(broker_error(BrokerFault::NotPermitted)),
        Outcome::Failed(failure) => Block::Error(error(failure)),
        Outcome::TimedOut => Block::Error(broker_error(BrokerFault::TimedOut)),
    }
}

/// What stands for a failure.
pub(super) fn error(failure: &Failure) -> ErrorBlock<'_> {
    ErrorBlock { source: failure.source(), code: failure.code(), messages: vec![failure.message()] }
}

fn broker_error(fault: BrokerFault) -> ErrorBlock<'static> {
    ErrorBlock { source: "SSBT", code: fault.code(), messages: vec![fault.message()] }
}

#[cfg(test)]
mod tests;

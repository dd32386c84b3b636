//! How a component does not keep its word.

use std::time::Duration;

use ssbtx_cases::{CaseKind, Difference, InvalidOutcome, Promise};
use ssbtx_core::AgencyId;
use ssbtx_runtime::DecideFailed;

use crate::trial::TrialFailed;

/// Why a component does not pass its own cases: the first that does not hold. It holds no value of a document.
#[derive(Debug, thiserror::Error)]
pub enum SelfTestFailed {
    /// The cases are of another kind of component.
    #[error("component carries cases of a component that is `{}`, and is `{}`", found.label(), expected.label())]
    Kind {
        /// What its cases are of.
        found: CaseKind,
        /// What it is.
        expected: CaseKind,
    },
    /// A policy's case.
    #[error("case `{promise}` does not hold")]
    Policy {
        /// What it promises.
        promise: Promise,
        /// How it does not hold.
        #[source]
        how: BrokenPolicyCase,
    },
    /// An adapter's case.
    #[error("case `{promise}` does not hold")]
    Adapter {
        /// What it promises.
        promise: Promise,
        /// How it does not hold.
        #[source]
        how: BrokenAdapterCase,
    },
    /// They take longer than a host waits.
    #[error("cases were not at their end after {} ms", .0.as_millis())]
    Deadline(Duration),
}

/// How a policy's case does not hold.
#[derive(Debug, thiserror::Error)]
pub enum BrokenPolicyCase {
    /// There is no decision.
    #[error("policy gives no decision")]
    Undecided(#[source] DecideFailed),
    /// The catalogue in force has no such element.
    #[error("catalogue of `{agency}` has no element `{path}`")]
    NoElement {
        /// The base service.
        agency: AgencyId,
        /// The element, as the case names it.
        path: String,
    },
    /// Another verdict.
    #[error("verdict on `{element}` is `{found}`, expected `{expected}`")]
    Verdict {
        /// The element: the base service's id and the path in its catalogue.
        element: String,
        /// The verdict.
        found: String,
        /// The expected one.
        expected: String,
    },
}

/// How an adapter's case does not hold.
#[derive(Debug, thiserror::Error)]
pub enum BrokenAdapterCase {
    /// There is no outcome.
    #[error("question comes to no outcome")]
    NoOutcome(#[from] TrialFailed),
    /// Fewer requests than recorded replies.
    #[error("adapter left {0} recorded replies unused")]
    UnusedReplies(usize),
    /// The outcome cannot be written as JSON v1 has it.
    #[error("outcome cannot be written down")]
    Unwritable(#[source] serde_json::Error),
    /// The outcome is in no form that a case can expect.
    #[error("outcome is none that a case can expect")]
    Unreadable(#[source] InvalidOutcome),
    /// Another outcome.
    #[error(transparent)]
    Outcome(#[from] Difference),
}

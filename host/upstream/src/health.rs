//! What an operator is told of an upstream.

use std::time::Duration;

use ssbtx_observation::Distribution;

use crate::breaker::BreakerState;
use crate::ending::Ending;
use ssbtx_core::{AgencyId, UpstreamName};

/// The state of one upstream at one moment. Nothing in it is of a person, a consumer or a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpstreamHealth {
    /// The agency whose adapter may reach it.
    pub agency: AgencyId,
    /// The name by which the adapter knows it.
    pub name: UpstreamName,
    /// How it is, as far as exchanges have shown.
    pub health: Health,
    /// Whether it is asked.
    pub breaker: BreakerState,
    /// How many exchanges in a row have failed, until the breaker opened.
    pub failures_in_a_row: usize,
    /// How many exchanges are under way.
    pub in_flight: usize,
    /// How many may be.
    pub max_in_flight: usize,
    /// How many wait for one of these places.
    pub waiting: usize,
    /// The newest failure, which stays when answers come again; `None` where there was none since the start.
    pub last_failure: Option<LastFailure>,
    /// How many exchanges have ended in which way since the start: every way, in the order of [`Ending::ALL`].
    pub endings: Vec<(Ending, u64)>,
    /// How long exchanges took that were begun, whatever came of them.
    pub times: Distribution,
    /// How long exchanges waited for their place, whether they got one or not.
    pub waits: Distribution,
}

/// How an upstream is, as far as exchanges have shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// Nobody has asked it since the start.
    Unused,
    /// The newest exchange that ended had an answer.
    Answering,
    /// The newest exchange that ended failed.
    Failing,
    /// It is not asked: its breaker is open or half open.
    CutOff,
}

impl Health {
    /// The stable name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Unused => "unused",
            Self::Answering => "answering",
            Self::Failing => "failing",
            Self::CutOff => "cut-off",
        }
    }
}

/// A failure of an upstream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastFailure {
    /// What it was.
    pub ending: Ending,
    /// How long ago.
    pub ago: Duration,
}

//! One question, put to an adapter and answered from recordings.

use std::time::{Duration, Instant};

use ssbtx_cases::{Recording, TrialQuestion};
use ssbtx_core::{BrokerFault, Failure, HeaderName, Method, Request, TransportFailure};
use ssbtx_runtime::{Adapter, AgencyQuestion, CallFailed, Step};

use crate::outcome::Outcome;

/// What is tried: an adapter, a question, and what the base service replied to its requests, in their order over all steps.
#[derive(Clone, Copy)]
pub struct Trial<'t> {
    /// The adapter.
    pub adapter: &'t Adapter,
    /// The question.
    pub question: &'t TrialQuestion,
    /// The replies.
    pub replies: &'t [Recording],
    /// The clock by which calls are timed.
    pub now: fn() -> Instant,
}

/// What came of a trial.
#[derive(Debug)]
pub struct TrialResult {
    /// What it ended with.
    pub outcome: Outcome,
    /// How many replies are left that no request was sent for.
    pub unused_replies: usize,
    /// How long each call took: `plan` first, then one `absorb` for each step that sent something.
    pub calls: Vec<Duration>,
}

/// Why a trial came to no outcome.
#[derive(Debug, thiserror::Error)]
pub enum TrialFailed {
    /// The adapter was stopped or broke its contract. A host would answer with a failure of the broker.
    #[error("adapter failed, and a host would answer `{}`", .fault.code())]
    Call {
        /// What a host would answer with.
        fault: BrokerFault,
        /// What the adapter did.
        #[source]
        source: CallFailed,
    },
    /// There are fewer replies than requests.
    #[error("reply {missing} is not recorded")]
    NotRecorded {
        /// Its number, from 1.
        missing: usize,
    },
}

/// A request that would have been sent.
pub struct Sent {
    /// The upstream that it would have gone to, by name.
    pub upstream: String,
    /// The method, as HTTP writes it.
    pub method: &'static str,
    /// Path and query.
    pub path: String,
    /// The headers that the adapter set.
    pub headers: Vec<(&'static str, String)>,
    /// The body, empty with GET.
    pub body: Vec<u8>,
}

impl Trial<'_> {
    /// Puts the question. `sent` is given every request, also where the trial fails later.
    ///
    /// # Errors
    ///
    /// [`TrialFailed`] where the adapter failed or replies are missing.
    pub async fn run(&self, sent: &mut Vec<Sent>) -> Result<TrialResult, TrialFailed> {
        let catalogue = self.adapter.catalogue();
        let (question, wanted) = (self.question.to(catalogue.agency()), self.question.wanted(catalogue));
        let asked = AgencyQuestion {
            question: &question,
            agency: catalogue.agency(),
            wanted: &wanted,
            legal_text: self.question.legal_text(),
        };
        let mut calls = Vec::new();
        let mut replies = self.replies.iter();
        let mut begun = (self.now)();
        let mut result = self.adapter.plan(&asked).await;
        loop {
            calls.push((self.now)().duration_since(begun));
            let was_sent = !sent.is_empty();
            let outcome = match result.map_err(broken)? {
                Step::Send { requests, state } => {
                    let count = requests.len();
                    sent.extend(requests.into_iter().map(Sent::of));
                    let given: Vec<_> = replies.by_ref().take(count).map(Recording::reply).collect();
                    if given.len() < count {
                        return Err(TrialFailed::NotRecorded { missing: self.replies.len() + 1 });
                    }
                    begun = (self.now)();
                    result = self.adapter.absorb(&asked, state, given).await;
                    continue;
                }
                Step::Answer { document, failures } => Outcome::Answered { document, failures },
                Step::Nothing { document, reason } => Outcome::NothingFound { document, reason },
                Step::Failed(notice) if was_sent => Outcome::Failed(Failure::BaseService(notice)),
                Step::Failed(notice) => Outcome::Failed(Failure::Adapter(notice)),
                Step::Unanswered(failure) => unanswered(failure),
            };
            return Ok(TrialResult { outcome, unused_replies: replies.len(), calls });
        }
    }
}

impl Sent {
    fn of(request: Request) -> Self {
        let method = match request.method() {
            Method::Get => "GET",
            Method::Post => "POST",
        };
        let header = |(name, value): &(HeaderName, String)| (name.as_str(), value.clone());
        Self {
            upstream: request.upstream().to_string(),
            method,
            path: request.path().to_owned(),
            headers: request.headers().iter().map(header).collect(),
            body: request.into_body().to_vec(),
        }
    }
}

impl std::fmt::Debug for Sent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sent").field("upstream", &self.upstream).field("method", &self.method).finish_non_exhaustive()
    }
}

fn broken(source: CallFailed) -> TrialFailed {
    let fault = match source {
        CallFailed::Stopped(_) => BrokerFault::AdapterStopped,
        CallFailed::OutOfContract(_) => BrokerFault::AdapterOutOfContract,
    };
    TrialFailed::Call { fault, source }
}

/// As the broker answers for a base service that did not.
fn unanswered(failure: TransportFailure) -> Outcome {
    Outcome::Failed(Failure::Broker(match failure {
        TransportFailure::TimedOut => return Outcome::TimedOut,
        TransportFailure::Unreachable => BrokerFault::Unreachable,
        TransportFailure::BrokenOff => BrokerFault::BrokenOff,
        TransportFailure::TooLarge => BrokerFault::ReplyTooLarge,
    }))
}

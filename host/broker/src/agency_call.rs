//! One base service is asked: plan, send, absorb, until there is an outcome or time is up.

use futures::future::join_all;
use ssbtx_core::{BrokerFault, DatasetFailure, Decision, Document, Failure, Notice, Question, TransportFailure};
use ssbtx_runtime::{Adapter, AgencyQuestion, CallFailed, Step};
use ssbtx_upstream::Upstreams;
use tokio::time::{Instant, timeout_at};
use tracing::warn;

/// What a base service gave, before anything is removed from it. Only [`crate::composition`] reads it.
pub(crate) enum Collected {
    /// It answered.
    Answered { document: Document, failures: Vec<DatasetFailure> },
    /// It knows nothing of the person.
    NothingFound { document: Option<Document>, reason: Option<Notice> },
    /// It, or the broker, failed.
    Failed(Failure),
    /// It did not answer in time.
    TimedOut,
}

impl Collected {
    /// Whether it says that the person's identity is protected.
    pub(crate) fn marks_protection(&self) -> bool {
        match self {
            Self::Answered { document, .. } | Self::NothingFound { document: Some(document), .. } => {
                document.marks_protection()
            }
            Self::NothingFound { document: None, .. } | Self::Failed(_) | Self::TimedOut => false,
        }
    }
}

/// Asks one base service.
///
/// # Cancel safety
///
/// Dropping the future ends the exchange and any guest call; nothing is left behind.
#[tracing::instrument(name = "agency call", skip_all, fields(agency = %adapter.catalogue().agency()))]
pub(crate) async fn call(
    adapter: &Adapter,
    upstreams: &Upstreams,
    question: &Question,
    decision: &Decision,
    deadline: Instant,
    traceparent: Option<&str>,
) -> Collected {
    let exchange = exchange(adapter, upstreams, question, decision, deadline, traceparent);
    match timeout_at(deadline, exchange).await {
        Err(_) => Collected::TimedOut,
        Ok(Ok(collected)) => collected,
        Ok(Err(failed)) => {
            warn!(error = %failed, "adapter call failed");
            Collected::Failed(Failure::Broker(fault_of(&failed)))
        }
    }
}

async fn exchange(
    adapter: &Adapter,
    upstreams: &Upstreams,
    question: &Question,
    decision: &Decision,
    deadline: Instant,
    traceparent: Option<&str>,
) -> Result<Collected, CallFailed> {
    let agency = adapter.catalogue().agency();
    let agency_question =
        AgencyQuestion { question, agency, wanted: decision.wanted(), legal_text: decision.legal_text() };
    let mut step = adapter.plan(&agency_question).await?;
    // The sandbox counts the steps and refuses the ninth.
    loop {
        match step {
            Step::Send { requests, state } => {
                let sending = requests
                    .into_iter()
                    .map(|request| upstreams.send(agency, request, adapter.reply_bytes(), deadline, traceparent));
                let replies = join_all(sending).await;
                step = adapter.absorb(&agency_question, state, replies).await?;
            }
            Step::Answer { document, failures } => return Ok(Collected::Answered { document, failures }),
            Step::Nothing { document, reason } => return Ok(Collected::NothingFound { document, reason }),
            Step::Failed(notice) => return Ok(Collected::Failed(Failure::BaseService(notice))),
            Step::Unanswered(failure) => return Ok(unanswered(failure)),
        }
    }
}

fn unanswered(failure: TransportFailure) -> Collected {
    let fault = match failure {
        TransportFailure::TimedOut => return Collected::TimedOut,
        TransportFailure::Unreachable => BrokerFault::Unreachable,
        TransportFailure::BrokenOff => BrokerFault::BrokenOff,
        TransportFailure::TooLarge => BrokerFault::ReplyTooLarge,
    };
    Collected::Failed(Failure::Broker(fault))
}

/// The published fault of a failed call.
pub(crate) fn fault_of(failed: &CallFailed) -> BrokerFault {
    match failed {
        CallFailed::Stopped(_) => BrokerFault::AdapterStopped,
        CallFailed::OutOfContract(_) => BrokerFault::AdapterOutOfContract,
    }
}

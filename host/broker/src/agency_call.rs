//! One base service is asked: plan, send, absorb, until there is an outcome or time is up.

use std::sync::atomic::{AtomicBool, Ordering};

use futures::future::join_all;
use ssbtx_core::{
    BrokerFault, DatasetFailure, Decision, Document, Failure, InvalidRequest, Notice, Question, TransportFailure,
};
use ssbtx_observation::{Span, Trace};
use ssbtx_runtime::{Adapter, AgencyQuestion, Breach, CallFailed, Step};
use ssbtx_upstream::Upstreams;
use tokio::time::{Instant, timeout_at};
use tracing::warn;

use crate::spans;

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
    /// Whether it says anything about the person.
    pub(crate) fn has_data(&self) -> bool {
        match self {
            Self::Answered { .. } | Self::NothingFound { .. } => true,
            Self::Failed(_) | Self::TimedOut => false,
        }
    }

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

/// What came of a call, and whether anything left the host for it.
pub(crate) struct Called {
    pub(crate) collected: Collected,
    /// A request about the person may have reached the base service. An adapter may end a question without one, and a host that is too busy may
    /// come to the deadline before one.
    pub(crate) was_sent: bool,
}

/// Asks one base service, until the deadline.
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
    trace: Option<&Trace>,
) -> Called {
    let span = spans::of_call(trace, adapter.catalogue().agency());
    // Seen from outside the exchange, which is dropped where it is when time is up.
    let was_sent = AtomicBool::new(false);
    let exchange = exchange(adapter, upstreams, question, decision, deadline, span.as_ref(), &was_sent);
    let collected = match timeout_at(deadline, exchange).await {
        Err(_) => Collected::TimedOut,
        Ok(Ok(collected)) => collected,
        Ok(Err(failed)) => {
            warn!(error = told(&failed), "adapter call failed");
            Collected::Failed(Failure::Broker(fault_of(&failed)))
        }
    };
    spans::end_call(span, &collected);
    Called { collected, was_sent: was_sent.into_inner() }
}

async fn exchange(
    adapter: &Adapter,
    upstreams: &Upstreams,
    question: &Question,
    decision: &Decision,
    deadline: Instant,
    span: Option<&Span>,
    was_sent: &AtomicBool,
) -> Result<Collected, CallFailed> {
    let agency = adapter.catalogue().agency();
    let agency_question =
        AgencyQuestion { question, agency, wanted: decision.wanted(), legal_text: decision.legal_text() };
    let mut step = adapter.plan(&agency_question).await?;
    // The sandbox counts the steps and refuses the ninth.
    loop {
        match step {
            Step::Send { requests, state } => {
                was_sent.store(true, Ordering::Relaxed);
                let sending = requests.into_iter().map(async |request| {
                    let span = spans::of_exchange(span, agency);
                    let traceparent = span.as_ref().map(|span| span.trace().traceparent());
                    let reply_bytes = adapter.reply_bytes();
                    let reply = upstreams.send(agency, request, reply_bytes, deadline, traceparent.as_deref()).await;
                    spans::end_exchange(span, &reply);
                    reply
                });
                let replies = join_all(sending).await;
                step = adapter.absorb(&agency_question, state, replies).await?;
            }
            Step::Answer { document, failures } => return Ok(Collected::Answered { document, failures }),
            Step::Nothing { document, reason } => return Ok(Collected::NothingFound { document, reason }),
            // Until something is sent, only the adapter can have said so.
            Step::Failed(notice) if was_sent.load(Ordering::Relaxed) => {
                return Ok(Collected::Failed(Failure::BaseService(notice)));
            }
            Step::Failed(notice) => return Ok(Collected::Failed(Failure::Adapter(notice))),
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

/// What the log is told of a failed call: nothing that an adapter could have put a value into.
fn told(failed: &CallFailed) -> String {
    match failed {
        // The name is the adapter's own, and 32 characters are enough for an identity number.
        CallFailed::OutOfContract(Breach::Request(InvalidRequest::UndeclaredUpstream(_))) => {
            "request names an upstream that the adapter's description does not".to_owned()
        }
        CallFailed::OutOfContract(_) | CallFailed::Stopped(_) => failed.to_string(),
    }
}

/// The published fault of a failed call.
pub(crate) fn fault_of(failed: &CallFailed) -> BrokerFault {
    match failed {
        CallFailed::Stopped(_) => BrokerFault::AdapterStopped,
        CallFailed::OutOfContract(_) => BrokerFault::AdapterOutOfContract,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_adapter_cannot_write_into_the_log_by_naming_an_upstream() {
        let name = "p-197701172392".parse().unwrap();
        let failed = CallFailed::from(Breach::Request(InvalidRequest::UndeclaredUpstream(name)));
        assert_eq!(told(&failed), "request names an upstream that the adapter's description does not");
        let failed = CallFailed::from(Breach::Request(InvalidRequest::PathStart));
        assert_eq!(told(&failed), "path does not begin with exactly one `/`");
    }
}

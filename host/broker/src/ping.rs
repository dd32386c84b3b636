//! The test operation: each base service's own test function, without personal data.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use futures::future::join_all;
use ssbtx_core::{AgencyId, BASE_SERVICES, BrokerFault, Failure, Parameter, TransportFailure};
use ssbtx_runtime::{Adapter, CallFailed, PingStep};
use ssbtx_upstream::Upstreams;
use tokio::time::{Instant, timeout_at};

use crate::agency_call::fault_of;
use crate::edition::Edition;

/// What the ping of one base service found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ping {
    /// The base service.
    pub agency: AgencyId,
    /// Whether it has a test function and that was called.
    ///
    /// # Source
    ///
    /// SSBTEK v10, `TestSvar`, `anropad`.
    pub called: bool,
    /// What went wrong.
    pub failure: Option<Failure>,
}

/// Pings every base service at once, each with the caller's parameters there.
pub(crate) async fn all(
    edition: &Edition,
    upstreams: &Upstreams,
    parameters: &BTreeMap<AgencyId, Vec<Parameter>>,
    deadline: Instant,
) -> Vec<Ping> {
    join_all(BASE_SERVICES.map(|agency| async move {
        let Some(adapter) = edition.adapter(agency) else {
            return Ping { agency, called: false, failure: Some(Failure::Broker(BrokerFault::AdapterMissing)) };
        };
        if edition.is_withheld(adapter) {
            return Ping { agency, called: false, failure: Some(Failure::Broker(BrokerFault::AdapterWithheld)) };
        }
        let parameters = parameters.get(&agency).map_or(&[][..], Vec::as_slice);
        // Set when a request leaves, whatever becomes of the ping after that.
        let called = AtomicBool::new(false);
        let failure = match timeout_at(deadline, ping(adapter, upstreams, parameters, deadline, &called)).await {
            Err(_) => Some(Failure::Broker(BrokerFault::TimedOut)),
            Ok(Err(failed)) => Some(Failure::Broker(fault_of(&failed))),
            Ok(Ok(failure)) => failure,
        };
        Ping { agency, called: called.into_inner(), failure }
    }))
    .await
}

/// Pings one base service and says what went wrong.
async fn ping(
    adapter: &Adapter,
    upstreams: &Upstreams,
    parameters: &[Parameter],
    deadline: Instant,
    called: &AtomicBool,
) -> Result<Option<Failure>, CallFailed> {
    let agency = adapter.catalogue().agency();
    let mut step = adapter.ping_plan(parameters).await?;
    loop {
        match step {
            PingStep::Send { requests, state } => {
                called.store(true, Ordering::Relaxed);
                let sending = requests
                    .into_iter()
                    .map(|request| upstreams.send(agency, request, adapter.reply_bytes(), deadline, None));
                step = adapter.ping_absorb(state, join_all(sending).await).await?;
            }
            PingStep::Alive | PingStep::Untestable => return Ok(None),
            PingStep::Failed(notice) if called.load(Ordering::Relaxed) => {
                return Ok(Some(Failure::BaseService(notice)));
            }
            PingStep::Failed(notice) => return Ok(Some(Failure::Adapter(notice))),
            PingStep::Unanswered(failure) => {
                return Ok(Some(Failure::Broker(match failure {
                    TransportFailure::Unreachable => BrokerFault::Unreachable,
                    TransportFailure::BrokenOff => BrokerFault::BrokenOff,
                    TransportFailure::TooLarge => BrokerFault::ReplyTooLarge,
                    TransportFailure::TimedOut => BrokerFault::TimedOut,
                })));
            }
        }
    }
}

//! The test operation: each base service's own test function, without personal data.

use futures::future::join_all;
use ssbtx_core::{AgencyId, BASE_SERVICES, BrokerFault, Failure, TransportFailure};
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

/// Pings every base service at once.
pub(crate) async fn all(edition: &Edition, upstreams: &Upstreams, deadline: Instant) -> Vec<Ping> {
    join_all(BASE_SERVICES.map(|agency| async move {
        let Some(adapter) = edition.adapter(agency) else {
            return Ping { agency, called: false, failure: Some(Failure::Broker(BrokerFault::AdapterMissing)) };
        };
        match timeout_at(deadline, ping(adapter, upstreams, deadline)).await {
            Err(_) => Ping { agency, called: true, failure: Some(Failure::Broker(BrokerFault::TimedOut)) },
            Ok(Err(failed)) => Ping { agency, called: false, failure: Some(Failure::Broker(fault_of(&failed))) },
            Ok(Ok(ping)) => ping,
        }
    }))
    .await
}

async fn ping(adapter: &Adapter, upstreams: &Upstreams, deadline: Instant) -> Result<Ping, CallFailed> {
    let agency = adapter.catalogue().agency();
    let mut called = false;
    let mut step = adapter.ping_plan().await?;
    loop {
        let failure = match step {
            PingStep::Send { requests, state } => {
                called = true;
                let sending = requests
                    .into_iter()
                    .map(|request| upstreams.send(agency, request, adapter.reply_bytes(), deadline, None));
                step = adapter.ping_absorb(state, join_all(sending).await).await?;
                continue;
            }
            PingStep::Alive | PingStep::Untestable => None,
            PingStep::Failed(notice) => Some(Failure::BaseService(notice)),
            PingStep::Unanswered(failure) => Some(Failure::Broker(match failure {
                TransportFailure::Unreachable => BrokerFault::Unreachable,
                TransportFailure::BrokenOff => BrokerFault::BrokenOff,
                TransportFailure::TooLarge => BrokerFault::ReplyTooLarge,
                TransportFailure::TimedOut => BrokerFault::TimedOut,
            })),
        };
        return Ok(Ping { agency, called, failure });
    }
}

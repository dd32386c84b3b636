//! Every upstream of every agency.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;
use std::sync::Arc;

use tokio::time::Instant;

use crate::guarded::Guarded;
use crate::health::UpstreamHealth;
use crate::settings::UpstreamSettings;
use ssbtx_core::{AgencyId, Reply, Request, TransportFailure, UpstreamName};

/// The upstreams that the operator has configured.
///
/// An adapter's request reaches the upstream of that name that belongs to its own agency, and no other. Each has its own circuit breaker and its own
/// places, so whatever one agency does, another's part is not the worse for it. Cheap to clone: all clones are the same upstreams.
#[derive(Clone)]
pub struct Upstreams(Arc<HashMap<AgencyId, HashMap<UpstreamName, Guarded>>>);

impl Upstreams {
    /// Takes the operator's settings. Nothing is connected before the first request.
    ///
    /// # Errors
    ///
    /// [`UpstreamFault`] for the first setting that is wrong.
    pub fn new(settings: Vec<UpstreamSettings>) -> Result<Self, UpstreamFault> {
        let mut upstreams: HashMap<AgencyId, HashMap<UpstreamName, Guarded>> = HashMap::new();
        for settings in settings {
            let (agency, upstream) = (settings.agency, settings.name.clone());
            if let Some(limit) = settings.limits.out_of_range() {
                return Err(UpstreamFault::Limit { agency, upstream, limit });
            }
            match upstreams.entry(agency).or_default().entry(upstream) {
                Entry::Vacant(vacant) => vacant.insert(Guarded::new(&settings)),
                Entry::Occupied(twice) => return Err(UpstreamFault::Twice { agency, upstream: twice.key().clone() }),
            };
        }
        Ok(Self(Arc::new(upstreams)))
    }

    /// The upstreams of one agency, in no order.
    pub fn names(&self, agency: AgencyId) -> impl Iterator<Item = &UpstreamName> {
        self.0.get(&agency).into_iter().flat_map(HashMap::keys)
    }

    /// How every upstream is at this moment, by agency and name.
    pub fn health(&self) -> Vec<UpstreamHealth> {
        let now = Instant::now();
        let of_agencies = self.0.values().flat_map(HashMap::values);
        let mut health: Vec<UpstreamHealth> = of_agencies.map(|upstream| upstream.health(now)).collect();
        health.sort_by(|one, other| {
            (one.agency.as_str(), one.name.as_str()).cmp(&(other.agency.as_str(), other.name.as_str()))
        });
        health
    }

    /// Sends an adapter's request and brings back its response, whatever the status, or why there is none.
    ///
    /// `max_reply_bytes` bounds the body. The exchange ends at `deadline` or when the upstream's own time is over. `traceparent` goes along as
    /// the header of that name; one that no header can hold is left out.
    ///
    /// What is not sent is [`TransportFailure::Unreachable`], at once where the upstream's breaker is open, and after the wait for a place where
    /// it has as many exchanges as it may. A request that was not begun is sent once more, one that may have arrived never.
    ///
    /// An upstream that the agency does not have is [`TransportFailure::Unreachable`], and so is a path that no URI can hold: the operator is
    /// told in the log, since neither can happen with an adapter and a configuration that fit each other.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the exchange and closes its connection. The agency may have had the request.
    pub async fn send(
        &self,
        agency: AgencyId,
        request: Request,
        max_reply_bytes: usize,
        deadline: Instant,
        traceparent: Option<&str>,
    ) -> Reply {
        let name = request.upstream().clone();
        let Some(upstream) = self.0.get(&agency).and_then(|of_agency| of_agency.get(&name)) else {
            tracing::error!(%agency, upstream = %name, "upstream is not configured");
            return Reply::Failure(TransportFailure::Unreachable);
        };
        let Some(outgoing) = upstream.outgoing(request, traceparent) else {
            tracing::error!(%agency, upstream = %name, "adapter's request has a path or header that http cannot carry");
            return Reply::Failure(TransportFailure::Unreachable);
        };
        let started = Instant::now();
        let outcome = upstream.exchange(outgoing, max_reply_bytes, deadline).await;
        let elapsed = started.elapsed();
        match outcome {
            Ok(response) => {
                let (status, bytes) = (response.status, response.body.len());
                tracing::debug!(%agency, upstream = %name, status, bytes, ?elapsed, "upstream responded");
                Reply::Response(response)
            }
            Err(failure) => {
                tracing::debug!(%agency, upstream = %name, ?failure, ?elapsed, "upstream gave no response");
                Reply::Failure(failure)
            }
        }
    }
}

impl fmt::Debug for Upstreams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.iter().map(|(agency, upstreams)| (agency, upstreams.keys()))).finish()
    }
}

/// What is wrong with the settings of an upstream.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UpstreamFault {
    /// One name twice for one agency.
    #[error("upstream `{upstream}` of `{agency}` is configured twice")]
    Twice {
        /// The agency.
        agency: AgencyId,
        /// The name.
        upstream: UpstreamName,
    },
    /// A limit that is out of its range.
    #[error("limit `{limit}` of upstream `{upstream}` of `{agency}` is out of its range")]
    Limit {
        /// The agency.
        agency: AgencyId,
        /// The name.
        upstream: UpstreamName,
        /// The limit's name.
        limit: &'static str,
    },
}

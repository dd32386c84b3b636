//! One upstream behind its circuit breaker and its bulkhead.

use std::time::Duration;

use ssbtx_observation::Histogram;
use tokio::time::{Instant, timeout_at};

use crate::breaker::{Breaker, BreakerState, Change, Pass};
use crate::bulkhead::Bulkhead;
use crate::ending::{Ending, Sign};
use crate::health::{Health, LastFailure, UpstreamHealth};
use crate::settings::UpstreamSettings;
use crate::tally::Tally;
use crate::upstream::{Outgoing, Upstream};
use ssbtx_core::{AgencyId, Request, Response, TransportFailure, UpstreamName};

/// An upstream that is asked while it answers, by so many at once and for so long.
pub(crate) struct Guarded {
    agency: AgencyId,
    name: UpstreamName,
    upstream: Upstream,
    timeout: Duration,
    breaker: Breaker,
    bulkhead: Bulkhead,
    tally: Tally,
    times: Histogram,
}

impl Guarded {
    pub(crate) fn new(settings: &UpstreamSettings) -> Self {
        let limits = &settings.limits;
        Self {
            agency: settings.agency,
            name: settings.name.clone(),
            upstream: Upstream::new(settings),
            timeout: limits.timeout,
            breaker: Breaker::new(limits.breaker_failures, limits.breaker_open_time),
            bulkhead: Bulkhead::new(limits.max_in_flight, limits.max_wait),
            tally: Tally::default(),
            times: Histogram::default(),
        }
    }

    /// The request as it goes out: [`Upstream::outgoing`].
    pub(crate) fn outgoing(&self, request: Request, traceparent: Option<&str>) -> Option<Outgoing> {
        self.upstream.outgoing(request, traceparent)
    }

    /// Sends a request and reads the response, until the deadline or the upstream's own time is over, whichever comes first. What is not sent
    /// is [`TransportFailure::Unreachable`]: the agency cannot have had it.
    pub(crate) async fn exchange(
        &self,
        request: Outgoing,
        max_reply_bytes: usize,
        deadline: Instant,
    ) -> Result<Response, TransportFailure> {
        let began = Instant::now();
        if deadline <= began {
            return Err(TransportFailure::TimedOut);
        }
        let ends = deadline.min(began + self.timeout);
        // Before the wait for a place: the places may all be taken by exchanges that hang.
        if self.breaker.refuses(began) {
            return Err(self.not_sent(Ending::CutOff));
        }
        let Some(_place) = self.bulkhead.place(ends).await else {
            return Err(self.not_sent(Ending::Full));
        };
        let Some(pass) = self.breaker.admit(Instant::now()) else {
            return Err(self.not_sent(Ending::CutOff));
        };
        let trial = Trial { guarded: self, pass: Some(pass), ends, is_fair: self.is_fair(ends) };
        let time = self.times.start();
        let exchange = self.upstream.exchange(request, max_reply_bytes);
        let outcome = timeout_at(ends, exchange).await.unwrap_or(Err(TransportFailure::TimedOut));
        drop(time);
        trial.end(Ending::of(&outcome));
        outcome
    }

    pub(crate) fn health(&self, now: Instant) -> UpstreamHealth {
        let (breaker, failures_in_a_row) = self.breaker.state();
        let counts = self.tally.counts();
        let health = match (breaker, counts.newest.map(Ending::sign)) {
            (BreakerState::Open | BreakerState::HalfOpen, _) => Health::CutOff,
            (BreakerState::Closed, None | Some(Sign::None)) => Health::Unused,
            (BreakerState::Closed, Some(Sign::Healthy)) => Health::Answering,
            (BreakerState::Closed, Some(Sign::Failing)) => Health::Failing,
        };
        let ago = |at: Instant| now.saturating_duration_since(at);
        UpstreamHealth {
            agency: self.agency,
            name: self.name.clone(),
            health,
            breaker,
            failures_in_a_row,
            in_flight: self.bulkhead.in_flight(),
            max_in_flight: self.bulkhead.size(),
            waiting: self.bulkhead.waiting(),
            last_failure: counts.failure.map(|(ending, at)| LastFailure { ending, ago: ago(at) }),
            endings: counts.endings,
            times: self.times.distribution(),
            waits: self.bulkhead.waits(),
        }
    }

    /// Counts what was not sent.
    fn not_sent(&self, ending: Ending) -> TransportFailure {
        self.tally.count(ending, Instant::now());
        TransportFailure::Unreachable
    }

    /// Whether the upstream has the time that it may be blamed for not using: half of its own, or a second. A question whose time is nearly over
    /// when it comes here is not the upstream's fault.
    fn is_fair(&self, ends: Instant) -> bool {
        ends.saturating_duration_since(Instant::now()) >= FAIR_TIME.min(self.timeout / 2)
    }

    fn tell(&self, change: Option<Change>) {
        let (agency, upstream) = (self.agency, &self.name);
        match change {
            Some(Change::Opened) => {
                tracing::warn!(%agency, %upstream, "upstream has failed and is not asked for a while");
            }
            Some(Change::Closed) => tracing::info!(%agency, %upstream, "upstream answers and is asked again"),
            None => {}
        }
    }
}

/// An exchange under way. Dropped after its time, it has timed out; dropped before, somebody gave it up, which says nothing.
struct Trial<'g> {
    guarded: &'g Guarded,
    pass: Option<Pass<'g>>,
    ends: Instant,
    is_fair: bool,
}

impl Trial<'_> {
    fn end(mut self, ending: Ending) {
        self.settle(ending);
    }

    fn settle(&mut self, ending: Ending) {
        let Some(pass) = self.pass.take() else { return };
        let now = Instant::now();
        self.guarded.tally.count(ending, now);
        let change = match ending.sign() {
            Sign::Healthy => pass.succeeded(),
            Sign::Failing if ending != Ending::TimedOut || self.is_fair => pass.failed(now),
            // Dropping the pass leaves the breaker as it is.
            Sign::Failing | Sign::None => None,
        };
        self.guarded.tell(change);
    }
}

impl Drop for Trial<'_> {
    fn drop(&mut self) {
        // Whoever asks may have the same deadline, and notice it first.
        if Instant::now() >= self.ends {
            self.settle(Ending::TimedOut);
        }
    }
}

const FAIR_TIME: Duration = Duration::from_secs(1);

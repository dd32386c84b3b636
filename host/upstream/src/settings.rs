//! What the operator says about one upstream.

use std::ops::RangeInclusive;
use std::time::Duration;

use crate::base_url::BaseUrl;
use crate::client_tls::ClientTls;
use ssbtx_core::{AgencyId, UpstreamName};

/// One upstream of one agency's adapter.
#[derive(Debug, Clone)]
pub struct UpstreamSettings {
    /// The agency whose adapter may reach it. No other adapter can, whatever name it uses.
    pub agency: AgencyId,
    /// The name by which the adapter knows it.
    pub name: UpstreamName,
    /// Where it is.
    pub base_url: BaseUrl,
    /// How it is trusted, and how it knows us.
    pub tls: ClientTls,
    /// How long it may take and how much it may hold.
    pub limits: UpstreamLimits,
}

/// The limits of one upstream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UpstreamLimits {
    /// Time for a new connection: its turn (`max_connecting`), name, TCP and TLS. Default 2 s: a base service that has not shaken hands by then leaves no time for its answer.
    /// Smallest 1 ms, largest 60 s. It does not stop a base service that is slow after that; `timeout` does.
    pub connect_timeout: Duration,
    /// Time for a whole exchange, from the request's first byte to the response's last, a new connection included. Default 6 s, within the
    /// 6.5 s of a question. Smallest 1 ms, largest 60 s. The question's own deadline ends an exchange earlier.
    pub timeout: Duration,
    /// How many connections are made at once. Default 2: a handshake with certificates on both sides costs more than everything else in an exchange,
    /// and a burst is sooner over on the connections that there are than in as many handshakes. Smallest 1, largest 1,024. What waits for its turn
    /// takes the first connection that is free, and counts towards `connect_timeout`. It does not bound how many connections there are.
    pub max_connecting: usize,
    /// How many idle connections are kept for the next questions. Default 128, as many as may be in use at once: a handshake with certificates on both
    /// sides costs more than everything else in an exchange. Smallest 0, largest 1,024. It does not stop more connections from being open at once.
    pub max_idle_connections: usize,
    /// How long an idle connection is kept. Default 10 s, less than base services commonly keep theirs: one that the other side closes in the
    /// moment of reuse costs a question its part. Smallest 1 ms, largest 300 s.
    pub idle_timeout: Duration,
    /// How many exchanges may be under way at once. Default 128: at a second each, more questions in a second than a host has of one agency.
    /// Smallest 1, largest 1,024. It bounds what an agency that hangs takes of the host's memory and connections; it does not stop the questions,
    /// which get their other parts.
    pub max_in_flight: usize,
    /// How long an exchange waits for one of these places. Default 500 ms: a burst passes, and a question that waits longer is better told. Smallest
    /// 1 ms, largest 60 s. It counts towards `timeout`.
    pub max_wait: Duration,
    /// How many exchanges in a row must fail before the upstream is not asked for a while. Default 10: chance seldom gives so many, and an
    /// agency that is down gives them in seconds. Smallest 1, largest 1,000. It does not see an upstream that fails every other time.
    pub breaker_failures: usize,
    /// How long the upstream is not asked then; after that, one exchange is let through, which says whether it is asked again. Default 5 s: an
    /// agency that is back is asked soon, and one that hangs costs one question its part in as long. Smallest 100 ms, largest 10 minutes.
    pub breaker_open_time: Duration,
}

impl Default for UpstreamLimits {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(2),
            timeout: Duration::from_secs(6),
            max_connecting: 2,
            max_idle_connections: 128,
            idle_timeout: Duration::from_secs(10),
            max_in_flight: 128,
            max_wait: Duration::from_millis(500),
            breaker_failures: 10,
            breaker_open_time: Duration::from_secs(5),
        }
    }
}

impl UpstreamLimits {
    /// What `connect_timeout`, `timeout` and `max_wait` may be.
    pub const TIMEOUT: RangeInclusive<Duration> = SMALLEST_TIME..=LARGEST_TIMEOUT;
    /// What `max_in_flight` may be.
    pub const IN_FLIGHT: RangeInclusive<usize> = 1..=1024;
    /// What `max_connecting` may be.
    pub const CONNECTING: RangeInclusive<usize> = 1..=1024;
    /// What `breaker_failures` may be.
    pub const BREAKER_FAILURES: RangeInclusive<usize> = 1..=1000;
    /// What `breaker_open_time` may be.
    pub const BREAKER_OPEN_TIME: RangeInclusive<Duration> = Duration::from_millis(100)..=Duration::from_mins(10);

    /// The first limit that is out of its range, by the name of its field.
    pub(crate) fn out_of_range(&self) -> Option<&'static str> {
        [
            ("connect_timeout", Self::TIMEOUT.contains(&self.connect_timeout)),
            ("timeout", Self::TIMEOUT.contains(&self.timeout)),
            ("max_connecting", Self::CONNECTING.contains(&self.max_connecting)),
            ("max_idle_connections", self.max_idle_connections <= MOST_IDLE_CONNECTIONS),
            ("idle_timeout", (SMALLEST_TIME..=LARGEST_IDLE_TIMEOUT).contains(&self.idle_timeout)),
            ("max_in_flight", Self::IN_FLIGHT.contains(&self.max_in_flight)),
            ("max_wait", Self::TIMEOUT.contains(&self.max_wait)),
            ("breaker_failures", Self::BREAKER_FAILURES.contains(&self.breaker_failures)),
            ("breaker_open_time", Self::BREAKER_OPEN_TIME.contains(&self.breaker_open_time)),
        ]
        .into_iter()
        .find_map(|(name, is_within)| (!is_within).then_some(name))
    }
}

const SMALLEST_TIME: Duration = Duration::from_millis(1);
const LARGEST_TIMEOUT: Duration = Duration::from_mins(1);
const LARGEST_IDLE_TIMEOUT: Duration = Duration::from_mins(5);
const MOST_IDLE_CONNECTIONS: usize = 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_limits_are_within_their_ranges() {
        assert_eq!(UpstreamLimits::default().out_of_range(), None);
    }

    #[test]
    fn a_limit_out_of_its_range_is_named() {
        let default = UpstreamLimits::default();
        let zero = Duration::ZERO;
        for (limits, name) in [
            (UpstreamLimits { connect_timeout: zero, ..default }, "connect_timeout"),
            (UpstreamLimits { timeout: zero, ..default }, "timeout"),
            (UpstreamLimits { timeout: Duration::MAX, ..default }, "timeout"),
            (UpstreamLimits { max_connecting: 0, ..default }, "max_connecting"),
            (UpstreamLimits { max_idle_connections: usize::MAX, ..default }, "max_idle_connections"),
            (UpstreamLimits { idle_timeout: Duration::MAX, ..default }, "idle_timeout"),
            (UpstreamLimits { max_in_flight: 0, ..default }, "max_in_flight"),
            (UpstreamLimits { max_wait: zero, ..default }, "max_wait"),
            (UpstreamLimits { breaker_failures: 0, ..default }, "breaker_failures"),
            (UpstreamLimits { breaker_open_time: zero, ..default }, "breaker_open_time"),
        ] {
            assert_eq!(limits.out_of_range(), Some(name));
        }
    }
}

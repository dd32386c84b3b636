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
    /// Time for a new connection: name, TCP and TLS. Default 2 s: a base service that has not shaken hands by then leaves no time for its answer.
    /// Smallest 1 ms, largest 60 s. It does not stop a base service that is slow after that; `timeout` does.
    pub connect_timeout: Duration,
    /// Time for a whole exchange, from the request's first byte to the response's last, a new connection included. Default 6 s, within the
    /// 6.5 s of a question. Smallest 1 ms, largest 60 s. The question's own deadline ends an exchange earlier.
    pub timeout: Duration,
    /// How many idle connections are kept for the next questions. Default 32: the answers of a busy second. Smallest 0, largest 1,024. It does
    /// not stop more connections from being open at once.
    pub max_idle_connections: usize,
    /// How long an idle connection is kept. Default 10 s, less than base services commonly keep theirs: one that the other side closes in the
    /// moment of reuse costs a question its part. Smallest 1 ms, largest 300 s.
    pub idle_timeout: Duration,
}

impl Default for UpstreamLimits {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(2),
            timeout: Duration::from_secs(6),
            max_idle_connections: 32,
            idle_timeout: Duration::from_secs(10),
        }
    }
}

impl UpstreamLimits {
    /// What `connect_timeout` and `timeout` may be.
    pub const TIMEOUT: RangeInclusive<Duration> = SMALLEST_TIME..=LARGEST_TIMEOUT;

    /// The first limit that is out of its range, by the name of its field.
    pub(crate) fn out_of_range(&self) -> Option<&'static str> {
        [
            ("connect_timeout", Self::TIMEOUT.contains(&self.connect_timeout)),
            ("timeout", Self::TIMEOUT.contains(&self.timeout)),
            ("max_idle_connections", self.max_idle_connections <= MOST_IDLE_CONNECTIONS),
            ("idle_timeout", (SMALLEST_TIME..=LARGEST_IDLE_TIMEOUT).contains(&self.idle_timeout)),
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
            (UpstreamLimits { max_idle_connections: usize::MAX, ..default }, "max_idle_connections"),
            (UpstreamLimits { idle_timeout: Duration::MAX, ..default }, "idle_timeout"),
        ] {
            assert_eq!(limits.out_of_range(), Some(name));
        }
    }
}

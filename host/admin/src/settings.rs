//! Where the operator's listener is, and how much one client may take.

use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::time::Duration;

use ssbtx_gateway::ServerTls;

/// The settings of the operator's listener.
#[derive(Debug, Clone)]
pub struct AdminSettings {
    /// Where it listens; port 0 takes a free one. An address of its own, so that a network can keep consumers away from it.
    pub listen: SocketAddr,
    /// Its certificate, and whose certificates it trusts: whoever one of these authorities vouches for may read everything here. Consumers'
    /// authorities do not belong among them.
    pub tls: ServerTls,
    /// How much one client may take.
    pub limits: AdminLimits,
}

/// The limits of the operator's listener. What a body may have is bounded where one is read, at 64 KiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdminLimits {
    /// Time for the TLS handshake. Default 5 s; smallest 1 ms, largest 60 s.
    pub handshake_timeout: Duration,
    /// Time for the head of the request. Default 5 s; smallest 1 ms, largest 60 s.
    pub header_timeout: Duration,
    /// Time from the handshake until the answer is read, and with it the connection: each carries one request. Default 15 s; smallest 1 ms,
    /// largest 60 s.
    pub request_timeout: Duration,
    /// The same for a question that is being answered from the audit log. Default 2 min, in which some gigabytes of log are read; smallest 1 ms, largest
    /// 10 min. It is never less than `request_timeout`.
    pub audit_timeout: Duration,
    /// How many connections may be open at once. Default 16: a scraper, a probe and some people; smallest 1, largest 1,024. Further ones wait to be
    /// accepted.
    pub connections: usize,
}

impl Default for AdminLimits {
    fn default() -> Self {
        Self {
            handshake_timeout: Duration::from_secs(5),
            header_timeout: Duration::from_secs(5),
            request_timeout: Duration::from_secs(15),
            audit_timeout: Duration::from_mins(2),
            connections: 16,
        }
    }
}

impl AdminLimits {
    /// What each of the times may be save `audit_timeout`.
    pub const TIMEOUT: RangeInclusive<Duration> = Duration::from_millis(1)..=Duration::from_mins(1);
    /// What `audit_timeout` may be.
    pub const AUDIT_TIMEOUT: RangeInclusive<Duration> = Duration::from_millis(1)..=Duration::from_mins(10);
    /// What `connections` may be.
    pub const CONNECTIONS: RangeInclusive<usize> = 1..=1024;

    /// The first limit that is out of its range, by the name of its field.
    pub(crate) fn out_of_range(&self) -> Option<&'static str> {
        [
            ("handshake_timeout", Self::TIMEOUT.contains(&self.handshake_timeout)),
            ("header_timeout", Self::TIMEOUT.contains(&self.header_timeout)),
            ("request_timeout", Self::TIMEOUT.contains(&self.request_timeout)),
            ("audit_timeout", Self::AUDIT_TIMEOUT.contains(&self.audit_timeout)),
            ("connections", Self::CONNECTIONS.contains(&self.connections)),
        ]
        .into_iter()
        .find_map(|(name, is_within)| (!is_within).then_some(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_limits_are_within_their_ranges() {
        assert_eq!(AdminLimits::default().out_of_range(), None);
    }

    #[test]
    fn a_limit_out_of_its_range_is_named() {
        let default = AdminLimits::default();
        for (limits, name) in [
            (AdminLimits { handshake_timeout: Duration::ZERO, ..default }, "handshake_timeout"),
            (AdminLimits { header_timeout: Duration::MAX, ..default }, "header_timeout"),
            (AdminLimits { request_timeout: Duration::ZERO, ..default }, "request_timeout"),
            (AdminLimits { audit_timeout: Duration::MAX, ..default }, "audit_timeout"),
            (AdminLimits { connections: 0, ..default }, "connections"),
        ] {
            assert_eq!(limits.out_of_range(), Some(name));
        }
    }
}

//! What the operator says about the fronts.

use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::time::Duration;

use ssbtx_core::IdentityCheck;

use crate::case_gate::CaseRegister;
use crate::consumers::Consumers;
use crate::tls::ServerTls;

/// The gateway's settings.
#[derive(Debug, Clone)]
pub struct GatewaySettings {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Its certificate, and whose certificates it trusts.
    pub tls: ServerTls,
    /// Who may ask.
    pub consumers: Consumers,
    /// How strictly identity numbers are read. SSBTEK checks only twelve digits.
    pub identity_check: IdentityCheck,
    /// Where open cases are kept.
    pub open_cases: CaseRegister,
    /// How much one client may take.
    pub limits: GatewayLimits,
}

/// The limits of the fronts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GatewayLimits {
    /// The largest request body, in bytes. Default 262,144: a question with processors is under 10 kB, one to LEFI under 100. Smallest 1,024,
    /// largest 16,777,216. It does not bound answers, whose parts the sandbox and the upstream client bound.
    pub body_bytes: usize,
    /// Time for the TLS handshake. Default 5 s; smallest 1 ms, largest 60 s.
    pub handshake_timeout: Duration,
    /// Time for the head of a connection's first request. Default 5 s; smallest 1 ms, largest 60 s. Later heads have `idle_timeout`.
    pub header_timeout: Duration,
    /// Time for the body of a request. Default 10 s; smallest 1 ms, largest 60 s.
    pub body_timeout: Duration,
    /// How long a connection may be without a request under way: time for the next head, and for the last answer to be read. Default 60 s, as
    /// long as the connection pools of common clients keep one; smallest 1 ms, largest 600 s.
    pub idle_timeout: Duration,
    /// How long a connection may be used: then the requests under way end, and who wants more connects anew. Default 1 h; smallest 1 ms, largest 24 h.
    /// A client certificate is verified when a connection is made, so this bounds for how long one is of use that its issuer no longer vouches
    /// for; a connection is never used past the last day of its own certificate.
    pub connection_age: Duration,
    /// How many connections may be open at once. Default 1,024; smallest 1, largest 65,536. Further ones wait to be accepted. It does not keep
    /// one consumer from taking all of them.
    pub connections: usize,
    /// How long requests under way may take to end when the gateway stops. Default 10 s, more than a question's deadline; largest 900 s, more than
    /// [`longest_request`](Self::longest_request) at the largest deadline.
    pub shutdown_timeout: Duration,
    /// How many persons of one household are asked about at once. Default 3: a household of four is answered within twice a question's deadline,
    /// and one request reaches each agency with no more than three questions at a time. Smallest 1, largest 12. The limits of the consumer and the
    /// caseworker hold for each of these questions besides.
    pub household_at_once: usize,
}

impl Default for GatewayLimits {
    fn default() -> Self {
        Self {
            body_bytes: 256 * 1024,
            handshake_timeout: Duration::from_secs(5),
            header_timeout: Duration::from_secs(5),
            body_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_mins(1),
            connection_age: Duration::from_hours(1),
            connections: 1024,
            shutdown_timeout: Duration::from_secs(10),
            household_at_once: 3,
        }
    }
}

impl GatewayLimits {
    /// What `body_bytes` may be.
    pub const BODY_BYTES: RangeInclusive<usize> = 1024..=16 * 1024 * 1024;
    /// What `header_timeout` may be.
    pub const HEADER_TIMEOUT: RangeInclusive<Duration> = SMALLEST_TIME..=LARGEST_TIMEOUT;
    /// What `connections` may be.
    pub const CONNECTIONS: RangeInclusive<usize> = 1..=65_536;

    /// What `household_at_once` may be.
    pub const HOUSEHOLD_AT_ONCE: RangeInclusive<usize> = 1..=Self::LARGEST_HOUSEHOLD;

    /// How many persons one request may ask about: more than any household of a case has; each is asked about at every agency.
    pub const LARGEST_HOUSEHOLD: usize = 12;

    /// How long the agencies may be waited for in one request: this deadline for every person of the largest household, as many at once as may be.
    pub fn longest_request(&self, deadline: Duration) -> Duration {
        let rounds = Self::LARGEST_HOUSEHOLD.div_ceil(self.household_at_once.max(1));
        deadline.saturating_mul(u32::try_from(rounds).unwrap_or(u32::MAX))
    }

    /// The first limit that is out of its range, by the name of its field.
    pub(crate) fn out_of_range(&self) -> Option<&'static str> {
        let within = |value: Duration, largest: Duration| (SMALLEST_TIME..=largest).contains(&value);
        [
            ("body_bytes", Self::BODY_BYTES.contains(&self.body_bytes)),
            ("handshake_timeout", within(self.handshake_timeout, LARGEST_TIMEOUT)),
            ("header_timeout", Self::HEADER_TIMEOUT.contains(&self.header_timeout)),
            ("body_timeout", within(self.body_timeout, LARGEST_TIMEOUT)),
            ("idle_timeout", within(self.idle_timeout, LARGEST_IDLE_TIMEOUT)),
            ("connection_age", within(self.connection_age, LARGEST_AGE)),
            ("connections", Self::CONNECTIONS.contains(&self.connections)),
            ("shutdown_timeout", self.shutdown_timeout <= LARGEST_SHUTDOWN_TIMEOUT),
            ("household_at_once", Self::HOUSEHOLD_AT_ONCE.contains(&self.household_at_once)),
        ]
        .into_iter()
        .find_map(|(name, is_within)| (!is_within).then_some(name))
    }
}

const SMALLEST_TIME: Duration = Duration::from_millis(1);
const LARGEST_TIMEOUT: Duration = Duration::from_mins(1);
const LARGEST_IDLE_TIMEOUT: Duration = Duration::from_mins(10);
const LARGEST_SHUTDOWN_TIMEOUT: Duration = Duration::from_mins(15);
const LARGEST_AGE: Duration = Duration::from_hours(24);

#[cfg(test)]
mod tests {
    use ssbtx_broker::BrokerSettings;

    use super::*;

    #[test]
    fn the_largest_household_is_waited_for_in_as_many_rounds_as_it_takes() {
        let deadline = Duration::from_millis(6500);
        for (household_at_once, seconds) in [(1, 78), (3, 26), (5, 19), (6, 13), (11, 13), (12, 6)] {
            let limits = GatewayLimits { household_at_once, ..GatewayLimits::default() };
            assert_eq!(limits.longest_request(deadline).as_secs(), seconds, "{household_at_once}");
        }
    }

    #[test]
    fn a_gateway_that_stops_may_wait_for_the_largest_household_at_the_largest_deadline() {
        let limits = GatewayLimits { household_at_once: 1, ..GatewayLimits::default() };
        let longest = limits.longest_request(*BrokerSettings::DEADLINE.end());
        let limits = GatewayLimits { shutdown_timeout: longest + Duration::from_mins(1), ..limits };
        assert_eq!(limits.out_of_range(), None);
    }

    #[test]
    fn the_default_limits_are_within_their_ranges() {
        assert_eq!(GatewayLimits::default().out_of_range(), None);
    }

    #[test]
    fn a_limit_out_of_its_range_is_named() {
        let default = GatewayLimits::default();
        for (limits, name) in [
            (GatewayLimits { body_bytes: 0, ..default }, "body_bytes"),
            (GatewayLimits { handshake_timeout: Duration::ZERO, ..default }, "handshake_timeout"),
            (GatewayLimits { header_timeout: Duration::MAX, ..default }, "header_timeout"),
            (GatewayLimits { body_timeout: Duration::ZERO, ..default }, "body_timeout"),
            (GatewayLimits { idle_timeout: Duration::MAX, ..default }, "idle_timeout"),
            (GatewayLimits { connection_age: Duration::MAX, ..default }, "connection_age"),
            (GatewayLimits { connections: 0, ..default }, "connections"),
            (GatewayLimits { shutdown_timeout: Duration::MAX, ..default }, "shutdown_timeout"),
            (GatewayLimits { household_at_once: 0, ..default }, "household_at_once"),
        ] {
            assert_eq!(limits.out_of_range(), Some(name));
        }
    }
}

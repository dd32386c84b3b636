//! How long a set may be used.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

/// Until when a set may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Expiry {
    /// When the first of its roles expires.
    pub(crate) expires: Timestamp,
    /// When it may be used no longer.
    pub(crate) closes: Timestamp,
}

/// Whether the host's set may still be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrustState {
    /// Nothing of it has expired.
    Valid,
    /// One of its roles has expired: it is used for the time of grace, and somebody must act.
    Expired,
    /// The time of grace is over: no question is answered until a valid set comes.
    Closed,
}

impl TrustState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Valid, Self::Expired, Self::Closed];

    /// The stable name, as status, metrics and logs show it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Expired => "expired",
            Self::Closed => "closed",
        }
    }
}

impl Expiry {
    /// Of a set that expires then, with this time of grace.
    pub(crate) fn new(expires: Timestamp, grace: Duration) -> Self {
        // A date that the calendar does not reach is as good as its last one.
        let closes = SignedDuration::try_from(grace)
            .ok()
            .and_then(|grace| expires.checked_add(grace).ok())
            .unwrap_or(Timestamp::MAX);
        Self { expires, closes }
    }

    /// The state at a point in time. Metadata is expired from the instant that it names.
    pub(crate) fn state(self, now: Timestamp) -> TrustState {
        if now < self.expires {
            TrustState::Valid
        } else if now < self.closes {
            TrustState::Expired
        } else {
            TrustState::Closed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_set_is_used_until_its_grace_is_over_and_not_an_instant_longer() {
        let expiry = Expiry::new(at("2026-11-22T12:00:00Z"), Duration::from_hours(72));
        assert_eq!(expiry.state(at("2026-11-22T11:59:59.999Z")), TrustState::Valid);
        assert_eq!(expiry.state(at("2026-11-22T12:00:00Z")), TrustState::Expired);
        assert_eq!(expiry.state(at("2026-11-25T11:59:59.999Z")), TrustState::Expired);
        assert_eq!(expiry.state(at("2026-11-25T12:00:00Z")), TrustState::Closed);
    }

    #[test]
    fn without_grace_a_set_that_has_expired_is_closed() {
        let expiry = Expiry::new(at("2026-11-22T12:00:00Z"), Duration::ZERO);
        assert_eq!(expiry.state(at("2026-11-22T12:00:00Z")), TrustState::Closed);
    }

    #[test]
    fn a_set_that_never_expires_has_its_grace_all_the_same() {
        let expiry = Expiry::new(Timestamp::MAX, Duration::from_hours(72));
        assert_eq!(expiry.closes, Timestamp::MAX);
    }
}

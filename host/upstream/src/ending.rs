//! How an exchange ended, in words that a metric may hold.

use ssbtx_core::{Response, TransportFailure};

/// How an exchange with an upstream ended. It says nothing of what was asked or answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// A response, whatever its status says, but for the next.
    Responded,
    /// A response that says that nobody behind the address can answer now: status 502, 503 or 504.
    Unavailable,
    /// No connection, so nothing was sent.
    Unreachable,
    /// The response ended before it was whole, or none came.
    BrokenOff,
    /// The response was larger than allowed.
    TooLarge,
    /// No whole response in time.
    TimedOut,
    /// Not sent: the circuit breaker is open.
    CutOff,
    /// Not sent: as many exchanges as allowed were under way for all of the time that one may wait.
    Full,
}

impl Ending {
    /// Every ending, for tables and metrics.
    pub const ALL: [Self; 8] = [
        Self::Responded,
        Self::Unavailable,
        Self::Unreachable,
        Self::BrokenOff,
        Self::TooLarge,
        Self::TimedOut,
        Self::CutOff,
        Self::Full,
    ];

    /// The stable name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Responded => "responded",
            Self::Unavailable => "unavailable",
            Self::Unreachable => "unreachable",
            Self::BrokenOff => "broken-off",
            Self::TooLarge => "too-large",
            Self::TimedOut => "timed-out",
            Self::CutOff => "cut-off",
            Self::Full => "full",
        }
    }

    pub(crate) fn of(outcome: &Result<Response, TransportFailure>) -> Self {
        match outcome {
            // A SOAP fault is a 500, so that says nothing of health; these three are said by what stands before a base service.
            Ok(Response { status: 502..=504, .. }) => Self::Unavailable,
            Ok(_) => Self::Responded,
            Err(TransportFailure::Unreachable) => Self::Unreachable,
            Err(TransportFailure::BrokenOff) => Self::BrokenOff,
            Err(TransportFailure::TooLarge) => Self::TooLarge,
            Err(TransportFailure::TimedOut) => Self::TimedOut,
        }
    }

    /// What it says of the upstream.
    pub(crate) fn sign(self) -> Sign {
        match self {
            // Whoever sends too much is there.
            Self::Responded | Self::TooLarge => Sign::Healthy,
            Self::Unavailable | Self::Unreachable | Self::BrokenOff | Self::TimedOut => Sign::Failing,
            Self::CutOff | Self::Full => Sign::None,
        }
    }
}

/// What an ending says of the upstream.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Healthy,
    Failing,
    /// Nothing: it was not asked.
    None,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_the_endings_stay_as_they_are() {
        assert_eq!(
            Ending::ALL.map(Ending::label),
            ["responded", "unavailable", "unreachable", "broken-off", "too-large", "timed-out", "cut-off", "full"]
        );
    }

    #[test]
    fn a_soap_fault_is_a_response_and_a_gateways_error_is_none() {
        let of = |status| Ending::of(&Ok(Response { status, content_type: None, body: Vec::new().into() }));
        for status in [200, 404, 429, 500, 501, 505] {
            assert_eq!(of(status), Ending::Responded, "{status}");
        }
        for status in [502, 503, 504] {
            assert_eq!(of(status), Ending::Unavailable, "{status}");
        }
    }
}

//! What an operator may set.

use std::ops::RangeInclusive;
use std::time::Duration;

/// What an operator may set.
#[derive(Debug, Clone, Copy)]
pub struct BrokerSettings {
    /// How long a question may take until its agencies are no longer waited for.
    ///
    /// # Units
    ///
    /// Default 6.5 s, since SSBTEK promises an answer in under seven; 100 ms to 60 s. It does not bound the time to write the audit record, which has ten seconds.
    pub deadline: Duration,
}

impl BrokerSettings {
    /// What `deadline` may be.
    pub const DEADLINE: RangeInclusive<Duration> = Duration::from_millis(100)..=Duration::from_mins(1);
}

impl Default for BrokerSettings {
    fn default() -> Self {
        Self { deadline: Duration::from_millis(6500) }
    }
}

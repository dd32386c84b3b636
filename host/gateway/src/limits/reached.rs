//! Which limit is reached, and when there is room again.

use std::fmt;
use std::time::Duration;

/// A limit that leaves no room for a question now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("limit `{limit}` is reached, ask again in {} s", .retry_after.as_secs())]
pub(crate) struct LimitReached {
    /// Which one; of several, the one that lasts longest.
    pub(crate) limit: Limit,
    /// When there may be room again. Whole seconds, at least 1. Of questions under way nobody knows when they end: then 1.
    pub(crate) retry_after: Duration,
    /// How many questions of this consumer's have been refused for a limit since the host was started, this one included.
    pub(crate) refusals: u64,
}

/// One of the six limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limit {
    pub(crate) whose: Whose,
    pub(crate) measure: Measure,
}

/// Whose limit it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// The consumer's.
    Consumer,
    /// The caseworker's, who is never named.
    Caseworker,
}

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    /// Questions per minute.
    Rate,
    /// Questions under way.
    Concurrency,
    /// Questions per day.
    DailyVolume,
}

impl Limit {
    /// Every limit, for tables and metrics.
    pub(crate) const ALL: [Self; 6] = [
        Self { whose: Whose::Consumer, measure: Measure::Rate },
        Self { whose: Whose::Consumer, measure: Measure::Concurrency },
        Self { whose: Whose::Consumer, measure: Measure::DailyVolume },
        Self { whose: Whose::Caseworker, measure: Measure::Rate },
        Self { whose: Whose::Caseworker, measure: Measure::Concurrency },
        Self { whose: Whose::Caseworker, measure: Measure::DailyVolume },
    ];

    /// Its stable name, for callers and logs.
    pub(crate) fn label(self) -> &'static str {
        match (self.whose, self.measure) {
            (Whose::Consumer, Measure::Rate) => "consumer-rate",
            (Whose::Consumer, Measure::Concurrency) => "consumer-concurrency",
            (Whose::Consumer, Measure::DailyVolume) => "consumer-daily-volume",
            (Whose::Caseworker, Measure::Rate) => "caseworker-rate",
            (Whose::Caseworker, Measure::Concurrency) => "caseworker-concurrency",
            (Whose::Caseworker, Measure::DailyVolume) => "caseworker-daily-volume",
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

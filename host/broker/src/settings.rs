//! What an operator may set.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::time::Duration;

use ssbtx_core::AgencyId;

/// What an operator may set.
#[derive(Debug, Clone)]
pub struct BrokerSettings {
    /// How long a question may take until its agencies are no longer waited for.
    ///
    /// # Units
    ///
    /// Default 6.5 s, since SSBTEK promises an answer in under seven; 100 ms to 60 s. It does not bound the time to write the audit record, which has ten seconds.
    pub deadline: Duration,
    /// How long one base service may take for all that it is asked about a person, where that is less than the deadline: then its part is late, and the
    /// question is not.
    ///
    /// # Units
    ///
    /// Counted from when the question comes, with everything that is done for the part in the host. Default: none is less; 100 ms up to the deadline.
    pub agency_deadlines: BTreeMap<AgencyId, Duration>,
}

impl BrokerSettings {
    /// What `deadline` may be.
    pub const DEADLINE: RangeInclusive<Duration> = Duration::from_millis(100)..=Duration::from_mins(1);

    /// How long one base service may take.
    pub(crate) fn deadline_of(&self, agency: AgencyId) -> Duration {
        self.agency_deadlines.get(&agency).map_or(self.deadline, |deadline| self.deadline.min(*deadline))
    }
}

impl Default for BrokerSettings {
    fn default() -> Self {
        Self { deadline: Duration::from_millis(6500), agency_deadlines: BTreeMap::new() }
    }
}

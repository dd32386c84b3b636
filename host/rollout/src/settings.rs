//! What a rollout is begun with.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use ssbtx_core::{AcceptedPending, Role};
use ssbtx_runtime::Sandbox;
use ssbtx_trust::RepositorySettings;

use crate::reachable::Reachable;

/// What a rollout is begun with.
pub struct RolloutSettings {
    /// Where sets come from, and by what they are judged. Its clock is the rollout's; its memory is not used: the last good copy takes its
    /// place.
    pub repository: RepositorySettings,
    /// The folder of the last good copy, which only this host uses.
    pub state: PathBuf,
    /// How often, and how long.
    pub times: RolloutTimes,
    /// Where components run.
    pub sandbox: Sandbox,
    /// The pending bases that the operator accepts.
    pub accepted_pending: AcceptedPending,
    /// What an adapter may ask for.
    pub reachable: Reachable,
    /// The roles that somebody is registered for; one that no policy decides for is told in the log.
    pub roles: BTreeSet<Role>,
}

/// How often a rollout looks, and how long it goes on with what it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RolloutTimes {
    /// How long it waits between two looks at the source.
    ///
    /// # Units
    ///
    /// Default 10 s: a change is with every host in less than a minute, and a look is one small file. 100 ms to 1 h.
    pub poll_interval: Duration,
    /// How long a set is used after the first of its roles has expired.
    ///
    /// # Units
    ///
    /// Default 72 h, a weekend in which nobody signs; 0 to 720 h. It does not make valid what has expired: nothing new is taken from a source
    /// whose metadata has.
    pub expiry_grace: Duration,
}

impl RolloutTimes {
    /// What `poll_interval` may be.
    pub const POLL_INTERVAL: RangeInclusive<Duration> = Duration::from_millis(100)..=Duration::from_hours(1);
    /// What `expiry_grace` may be.
    pub const EXPIRY_GRACE: RangeInclusive<Duration> = Duration::ZERO..=Duration::from_hours(720);
}

impl Default for RolloutTimes {
    fn default() -> Self {
        Self { poll_interval: Duration::from_secs(10), expiry_grace: Duration::from_hours(72) }
    }
}

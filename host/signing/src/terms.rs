//! When metadata is made, and how long it is valid.

use jiff::Timestamp;

use crate::lifetimes::Lifetimes;

/// When metadata is made, and how long it is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The time, from the machine's clock.
    pub now: Timestamp,
    /// How long each role's metadata is valid from then on.
    pub lifetimes: Lifetimes,
}

impl Terms {
    /// With the default lifetimes.
    pub fn at(now: Timestamp) -> Self {
        Self { now, lifetimes: Lifetimes::default() }
    }
}

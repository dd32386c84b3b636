//! How much a consumer may ask, all of it and each of its caseworkers.
//!
//! What is counted is a question that a caller may ask, and a test of the base services, when it comes. All limits are looked at before any is
//! counted, so that a refused question takes nothing from anybody.

mod counter;
mod reached;
mod told;
mod usage;

use std::ops::RangeInclusive;

pub(crate) use reached::{Limit, LimitReached, Measure, Whose};
pub(crate) use told::ToldRefusals;
pub(crate) use usage::{Moment, Place, Usages};

/// The limits of one consumer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ConsumerLimits {
    /// What it may ask in all, with whichever of its certificates.
    pub(crate) consumer: Allowance,
    /// What each of its caseworkers may ask.
    pub(crate) caseworker: Allowance,
}

/// How much may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Allowance {
    /// Questions per minute, over time. Smallest 1, largest 100,000.
    pub(crate) per_minute: u32,
    /// Questions at once after a pause, of which the next ones are then that much later. Smallest 1, largest 10,000.
    pub(crate) burst: u32,
    /// Questions under way at once. Smallest 1, largest 1,024.
    pub(crate) concurrent: u32,
    /// Questions per calendar day in Sweden. Smallest 1, largest 10,000,000.
    pub(crate) per_day: u32,
}

impl Allowance {
    /// What `per_minute` may be.
    pub(crate) const PER_MINUTE: RangeInclusive<u32> = 1..=100_000;
    /// What `burst` may be.
    pub(crate) const BURST: RangeInclusive<u32> = 1..=10_000;
    /// What `concurrent` may be.
    pub(crate) const CONCURRENT: RangeInclusive<u32> = 1..=1024;
    /// What `per_day` may be.
    pub(crate) const PER_DAY: RangeInclusive<u32> = 1..=10_000_000;
}

impl Default for ConsumerLimits {
    /// A large municipality on the day before payment stays within the first; the second is several times what one person can read.
    fn default() -> Self {
        Self {
            consumer: Allowance { per_minute: 600, burst: 100, concurrent: 64, per_day: 50_000 },
            caseworker: Allowance { per_minute: 60, burst: 30, concurrent: 8, per_day: 1000 },
        }
    }
}

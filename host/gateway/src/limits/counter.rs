//! What one consumer, or one caseworker, has asked.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use ssbtx_core::{beginning_in_sweden, day_in_sweden};
use tokio::time::Instant;

use super::Allowance;
use super::reached::Measure;
use super::usage::Moment;

/// The questions of one asker.
///
/// The rate is kept as the generic cell rate algorithm does: one point in time, up to which the questions so far are paid for. A question comes too
/// early when that lies further ahead than a burst. It needs no list of past questions, and no window at whose edge twice as many pass.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counter {
    paid_until: Instant,
    under_way: u32,
    day: Date,
    today: u32,
}

impl Counter {
    /// Nothing asked yet.
    pub(super) fn new(now: Moment) -> Self {
        Self { paid_until: now.instant, under_way: 0, day: day_in_sweden(now.time), today: 0 }
    }

    /// The limit that leaves no room for one more question, and for how long it does so; of several, the one that lasts longest.
    ///
    /// What was asked under another allowance holds nobody up for longer than the one in force could.
    pub(super) fn reached(&mut self, allowance: &Allowance, now: Moment) -> Option<(Measure, Duration)> {
        self.paid_until = self.paid_until.min(now.instant + tolerance(allowance) + interval(allowance));
        let early = self.paid_until.saturating_duration_since(now.instant).saturating_sub(tolerance(allowance));
        let rate = (!early.is_zero()).then_some((Measure::Rate, early));
        let concurrency =
            (self.under_way >= allowance.concurrent).then_some((Measure::Concurrency, Duration::from_secs(1)));
        let volume = (self.on(now.time) >= allowance.per_day).then(|| (Measure::DailyVolume, until_tomorrow(now.time)));
        [rate, concurrency, volume].into_iter().flatten().max_by_key(|(_, wait)| *wait)
    }

    /// Counts a question that comes now.
    pub(super) fn begin(&mut self, allowance: &Allowance, now: Moment) {
        self.paid_until = self.paid_until.max(now.instant) + interval(allowance);
        self.under_way = self.under_way.saturating_add(1);
        self.today = self.on(now.time).saturating_add(1);
        self.day = day_in_sweden(now.time);
    }

    /// A question has ended.
    pub(super) fn end(&mut self) {
        self.under_way = self.under_way.saturating_sub(1);
    }

    /// How much is lost by forgetting it: nothing can be, while a question is under way.
    pub(super) fn weight(&self, now: Moment) -> Option<u32> {
        (self.under_way == 0).then(|| self.on(now.time))
    }

    /// Questions on the day of a time.
    fn on(&self, time: Timestamp) -> u32 {
        if self.day == day_in_sweden(time) { self.today } else { 0 }
    }
}

/// What one question costs.
fn interval(allowance: &Allowance) -> Duration {
    Duration::from_mins(1) / allowance.per_minute.max(1)
}

/// How far ahead may be paid for before a question comes too early.
fn tolerance(allowance: &Allowance) -> Duration {
    interval(allowance) * allowance.burst.saturating_sub(1)
}

fn until_tomorrow(now: Timestamp) -> Duration {
    let tomorrow = day_in_sweden(now).tomorrow().map_or(Timestamp::MAX, beginning_in_sweden);
    Duration::try_from(tomorrow.duration_since(now)).unwrap_or_default()
}

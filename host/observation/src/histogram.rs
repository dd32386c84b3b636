//! How long something took, over and over.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Counts times by how long they were.
///
/// It is as large after a year as at the start. Observing takes two additions and no allocation, so it may stand on the way of every question.
#[derive(Debug, Default)]
pub struct Histogram {
    buckets: [AtomicU64; BUCKETS],
    sum_ns: AtomicU64,
}

/// What a histogram held at one moment; several may be added up.
///
/// # Units
///
/// Bounds and sum are durations. Bounds go from 10 µs, below which no guest starts, to 10 s, above which no question lives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Distribution {
    counts: [u64; BUCKETS],
    sum_ns: u64,
}

/// Time that is observed when this is dropped: also where the work is given up in the middle.
#[derive(Debug)]
pub struct Stopwatch<'h> {
    histogram: &'h Histogram,
    began: Instant,
}

impl Histogram {
    /// Counts one time.
    pub fn observe(&self, time: Duration) {
        let at = BOUNDS.partition_point(|bound| *bound < time);
        if let Some(bucket) = self.buckets.get(at) {
            bucket.fetch_add(1, Ordering::Relaxed);
        }
        self.sum_ns.fetch_add(u64::try_from(time.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Begins to take a time.
    pub fn start(&self) -> Stopwatch<'_> {
        Stopwatch { histogram: self, began: Instant::now() }
    }

    /// What it holds now.
    pub fn distribution(&self) -> Distribution {
        let counts = self.buckets.each_ref().map(|bucket| bucket.load(Ordering::Relaxed));
        Distribution { counts, sum_ns: self.sum_ns.load(Ordering::Relaxed) }
    }
}

impl Drop for Stopwatch<'_> {
    fn drop(&mut self) {
        self.histogram.observe(self.began.elapsed());
    }
}

impl Distribution {
    /// Adds another's times to these.
    pub fn add(&mut self, other: &Self) {
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count = count.saturating_add(*more);
        }
        self.sum_ns = self.sum_ns.saturating_add(other.sum_ns);
    }

    /// How many times there were.
    pub fn count(&self) -> u64 {
        self.counts.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// All of them added up.
    pub fn sum(&self) -> Duration {
        Duration::from_nanos(self.sum_ns)
    }

    /// Each bucket's largest time, and how many times fell into it and into no smaller one; the last has none.
    pub fn buckets(&self) -> impl Iterator<Item = (Option<Duration>, u64)> {
        BOUNDS.into_iter().map(Some).chain([None]).zip(self.counts)
    }
}

/// The largest time of each bucket but the last.
const BOUNDS: [Duration; BUCKETS - 1] = [
    Duration::from_micros(10),
    Duration::from_micros(25),
    Duration::from_micros(50),
    Duration::from_micros(100),
    Duration::from_micros(250),
    Duration::from_micros(500),
    Duration::from_millis(1),
    Duration::from_micros(2500),
    Duration::from_millis(5),
    Duration::from_millis(10),
    Duration::from_millis(25),
    Duration::from_millis(50),
    Duration::from_millis(100),
    Duration::from_millis(250),
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_millis(2500),
    Duration::from_secs(5),
    Duration::from_secs(10),
];
const BUCKETS: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_falls_into_the_smallest_bucket_that_holds_it() {
        let histogram = Histogram::default();
        let times = [0, 10_000, 10_001, 2_500_000, 10_000_000_000, 11_000_000_000].map(Duration::from_nanos);
        for time in times {
            histogram.observe(time);
        }
        let distribution = histogram.distribution();
        let filled: Vec<_> = distribution.buckets().filter(|(_, count)| *count > 0).collect();
        let expected = [
            (Some(Duration::from_micros(10)), 2),
            (Some(Duration::from_micros(25)), 1),
            (Some(Duration::from_micros(2500)), 1),
            (Some(Duration::from_secs(10)), 1),
            (None, 1),
        ];
        assert_eq!(filled, expected);
        assert_eq!((distribution.count(), distribution.sum()), (6, times.iter().sum()));
    }

    #[test]
    fn the_bounds_rise() {
        assert!(BOUNDS.is_sorted());
    }

    #[test]
    fn what_is_given_up_is_counted() {
        let histogram = Histogram::default();
        drop(histogram.start());
        assert_eq!(histogram.distribution().count(), 1);
    }

    #[test]
    fn added_up_distributions_hold_all_times() {
        let (one, other) = (Histogram::default(), Histogram::default());
        one.observe(Duration::from_millis(3));
        other.observe(Duration::from_millis(4));
        let mut both = one.distribution();
        both.add(&other.distribution());
        assert_eq!((both.count(), both.sum()), (2, Duration::from_millis(7)));
    }
}

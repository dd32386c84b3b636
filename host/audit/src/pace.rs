//! How far apart the flushes of a log begin.

use std::time::Duration;

use tokio::time::Instant;

/// Lets a record go to the disk at once while few come, and lets several gather while many do: one flush for many costs the disk and the machine
/// what it costs for one.
pub(crate) struct Pace {
    counted_from: Instant,
    records: u32,
    gathers: bool,
    begun: Option<Instant>,
}

impl Pace {
    /// Nothing has come yet.
    pub(crate) fn new(now: Instant) -> Self {
        Self { counted_from: now, records: 0, gathers: false, begun: None }
    }

    /// When the next flush may begin; none where it may at once.
    pub(crate) fn next_flush(&self) -> Option<Instant> {
        self.begun.filter(|_| self.gathers).map(|begun| begun + APART)
    }

    /// Takes note that a flush of so many records begins.
    pub(crate) fn begin(&mut self, now: Instant, records: usize) {
        self.begun = Some(now);
        self.records = self.records.saturating_add(u32::try_from(records).unwrap_or(u32::MAX));
        let counted_for = now.duration_since(self.counted_from);
        if counted_for >= COUNTED_FOR {
            self.gathers = counted_for < MANY.saturating_mul(self.records);
            self.counted_from = now;
            self.records = 0;
        }
    }
}

/// Between the beginnings of two flushes while records gather.
const APART: Duration = Duration::from_millis(2);
/// Between two records when they begin to gather: as they come to a host that is busy on all its cores, and not as they come to one that is half so.
const MANY: Duration = Duration::from_micros(1_250);
/// How long records are counted before it is judged how fast they come.
const COUNTED_FOR: Duration = Duration::from_millis(100);

#[cfg(test)]
mod tests {
    use super::*;

    /// A flush of one record each time, so far apart, for a second.
    fn a_second_of_records(pace: &mut Pace, mut now: Instant, apart: Duration) -> Instant {
        let over = now + Duration::from_secs(1);
        while now < over {
            now += apart;
            pace.begin(now, 1);
        }
        now
    }

    #[test]
    fn what_comes_now_and_then_goes_to_the_disk_at_once() {
        let now = Instant::now();
        let mut pace = Pace::new(now);
        assert_eq!(pace.next_flush(), None);
        a_second_of_records(&mut pace, now, Duration::from_millis(2));
        assert_eq!(pace.next_flush(), None);
    }

    #[test]
    fn what_comes_all_the_time_gathers_for_two_milliseconds() {
        let now = Instant::now();
        let mut pace = Pace::new(now);
        let now = a_second_of_records(&mut pace, now, Duration::from_micros(500));
        assert_eq!(pace.next_flush(), Some(now + Duration::from_millis(2)));
    }

    #[test]
    fn what_gathers_is_counted_by_records_and_not_by_flushes() {
        let mut now = Instant::now();
        let mut pace = Pace::new(now);
        for _ in 0..100 {
            now += APART;
            pace.begin(now, 4);
        }
        assert!(pace.next_flush().is_some());
    }

    #[test]
    fn when_fewer_come_again_nothing_gathers_any_more() {
        let now = Instant::now();
        let mut pace = Pace::new(now);
        let now = a_second_of_records(&mut pace, now, Duration::from_micros(500));
        a_second_of_records(&mut pace, now, Duration::from_millis(3));
        assert_eq!(pace.next_flush(), None);
    }
}

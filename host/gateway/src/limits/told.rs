//! Which refusals are recorded.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Of the refusals for a limit, one a minute and consumer is recorded, with how many there were since.
///
/// To refuse costs next to nothing and to record costs a flush to the disk: a client that only runs into its limit would fill the log, and would
/// make everybody else wait for it.
#[derive(Default)]
pub(crate) struct ToldRefusals(Mutex<HashMap<String, Told>>);

struct Told {
    at: Instant,
    since: u64,
}

impl ToldRefusals {
    /// Counts a refusal. If it is to be recorded: how many there were since the last one that was.
    pub(crate) fn count(&self, consumer: &str, now: Instant) -> Option<u64> {
        let mut consumers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(told) = consumers.get_mut(consumer) else {
            consumers.insert(consumer.to_owned(), Told { at: now, since: 0 });
            return Some(0);
        };
        if now.saturating_duration_since(told.at) < INTERVAL {
            told.since = told.since.saturating_add(1);
            return None;
        }
        told.at = now;
        Some(std::mem::take(&mut told.since))
    }

    /// Counts a refusal that was to be recorded and could not be, with those that it would have told of: the next record tells of them.
    pub(crate) fn not_recorded(&self, consumer: &str, since: u64) {
        let mut consumers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(told) = consumers.get_mut(consumer) {
            told.since = told.since.saturating_add(since).saturating_add(1);
        }
    }
}

const INTERVAL: Duration = Duration::from_mins(1);

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn one_refusal_a_minute_is_recorded_and_counts_those_before_it() {
        let (told, begin) = (ToldRefusals::default(), Instant::now());
        assert_eq!(told.count("a", begin), Some(0));
        assert_eq!(told.count("a", begin), None);
        assert_eq!(told.count("a", begin + INTERVAL / 2), None);
        assert_eq!(told.count("a", begin + INTERVAL), Some(2));
        assert_eq!(told.count("a", begin + INTERVAL * 3 / 2), None);
        assert_eq!(told.count("a", begin + INTERVAL * 9), Some(1));
        assert_eq!(told.count("a", begin + INTERVAL * 99), Some(0));
    }

    #[tokio::test(start_paused = true)]
    async fn refusals_that_could_not_be_recorded_are_told_of_by_the_next_record() {
        let (told, begin) = (ToldRefusals::default(), Instant::now());
        assert_eq!(told.count("a", begin), Some(0));
        told.not_recorded("a", 0);
        assert_eq!(told.count("a", begin), None);
        assert_eq!(told.count("a", begin + INTERVAL), Some(2));
        told.not_recorded("a", 2);
        assert_eq!(told.count("a", begin + INTERVAL * 2), Some(3));
        assert_eq!(told.count("a", begin + INTERVAL * 3), Some(0));
    }

    #[tokio::test(start_paused = true)]
    async fn one_consumers_refusals_hide_no_others() {
        let (told, begin) = (ToldRefusals::default(), Instant::now());
        assert_eq!(told.count("a", begin), Some(0));
        assert_eq!(told.count("b", begin), Some(0));
    }
}

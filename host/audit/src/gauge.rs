//! How writing goes: what the writer tells, and everybody else may look at.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How the writing of a log goes, told by its writer.
#[derive(Debug, Default)]
pub(crate) struct Gauge(Mutex<Figures>);

#[derive(Debug, Default)]
struct Figures {
    batches: u64,
    records: u64,
    largest_batch: u64,
    checkpoints: u64,
    /// Since when something is on its way.
    since: Option<Instant>,
    /// What stands in its way.
    fault: Option<String>,
    /// Why nothing is written any more.
    failed: Option<&'static str>,
}

impl Gauge {
    /// Something is on its way from now on.
    pub(crate) fn begin(&self) {
        self.figures().since.get_or_insert_with(Instant::now);
    }

    /// It does not come through, for now; says whether that is news.
    pub(crate) fn obstructed(&self, label: String) -> bool {
        let mut figures = self.figures();
        let is_news = figures.fault.as_ref() != Some(&label);
        figures.fault = Some(label);
        is_news
    }

    /// So many records are written; says whether something had stood in their way.
    pub(crate) fn written(&self, records: usize) -> bool {
        let mut figures = self.figures();
        if records > 0 {
            let records = records as u64;
            figures.batches += 1;
            figures.records += records;
            figures.largest_batch = figures.largest_batch.max(records);
        }
        figures.since = None;
        figures.fault.take().is_some()
    }

    /// A checkpoint is written.
    pub(crate) fn signed(&self) {
        let mut figures = self.figures();
        figures.checkpoints += 1;
        figures.since = None;
        figures.fault = None;
    }

    /// Nothing is written any more.
    pub(crate) fn failed(&self, label: &'static str) {
        self.figures().failed = Some(label);
    }

    /// Whether records come through, where one may take `longest`.
    pub(crate) fn condition(&self, longest: Duration) -> Condition {
        let figures = self.figures();
        if let Some(label) = figures.failed {
            return Condition::Failed { label };
        }
        match (figures.since, &figures.fault) {
            (Some(since), fault) if since.elapsed() >= longest => {
                Condition::Stalled { label: fault.clone().unwrap_or_else(|| SLOW.into()) }
            }
            (Some(_) | None, _) => Condition::Writing,
        }
    }

    /// Whether something stands in the way of what is being written.
    pub(crate) fn is_obstructed(&self) -> bool {
        self.figures().fault.is_some()
    }

    /// All of it, beside what the queue has.
    pub(crate) fn levels(&self, queued: usize, longest: Duration) -> Levels {
        let condition = self.condition(longest);
        let figures = self.figures();
        Levels {
            queued,
            batches: figures.batches,
            records: figures.records,
            largest_batch: figures.largest_batch,
            checkpoints: figures.checkpoints,
            condition,
        }
    }

    fn figures(&self) -> MutexGuard<'_, Figures> {
        // Nothing that is done under it can leave it half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How a log's writing goes, since it was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levels {
    /// How many records wait for the writer; those that it is writing are not among them.
    pub queued: usize,
    /// How many batches were written: one flush to the disk, or one commit, each.
    pub batches: u64,
    /// How many records were in them.
    pub records: u64,
    /// How many were in the largest.
    pub largest_batch: u64,
    /// How many checkpoints were written.
    pub checkpoints: u64,
    /// Whether records come through.
    pub condition: Condition,
}

/// Whether records come through to where they are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// They do.
    Writing,
    /// What is being written has taken longer than a question waits. It may still come through, and then the log goes on by itself.
    Stalled {
        /// What stands in the way: `slow`, `unreachable`, `timed-out`, `in-use`, `not-durable`, `schema` or `sqlstate-<code>`.
        label: String,
    },
    /// They do not, until the host is started again.
    Failed {
        /// Why: `write`, `displaced`, `given-up` or `panicked`.
        label: &'static str,
    },
}

const SLOW: &str = "slow";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_longer_than_a_question_waits_is_a_stall_until_it_is_written() {
        let gauge = Gauge::default();
        assert_eq!(gauge.condition(Duration::ZERO), Condition::Writing);
        gauge.begin();
        assert_eq!(gauge.condition(Duration::ZERO), Condition::Stalled { label: "slow".into() });
        assert_eq!(gauge.condition(Duration::MAX), Condition::Writing);
        assert!(gauge.obstructed("in-use".into()) && !gauge.obstructed("in-use".into()));
        assert_eq!(gauge.condition(Duration::ZERO), Condition::Stalled { label: "in-use".into() });
        assert!(gauge.written(2) && !gauge.written(3));
        let levels = gauge.levels(7, Duration::ZERO);
        assert_eq!((levels.queued, levels.batches, levels.records, levels.largest_batch), (7, 2, 5, 3));
        assert_eq!(levels.condition, Condition::Writing);
    }

    #[test]
    fn what_has_failed_stays_so() {
        let gauge = Gauge::default();
        gauge.failed("displaced");
        gauge.written(1);
        assert_eq!(gauge.condition(Duration::MAX), Condition::Failed { label: "displaced" });
    }
}

//! What a host does with its audit log besides recording in it: it keeps the index near the end, and removes what is kept no longer.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use jiff::Timestamp;
use jiff::civil::Date;
use ssbtx_audit::{AuditQuestions, Notes, Retention, retain};
use ssbtx_core::day_in_sweden;
use tokio::runtime::Handle;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::{Instant, sleep};
use tracing::{error, warn};

use crate::audit_command;
use crate::config::{Questions, Sink};

/// The care of a log, until it is dropped.
pub struct AuditCare(JoinHandle<()>);

/// A log whose oldest records are removed.
struct Removal {
    sink: Sink,
    retention: Retention,
    notes: Notes,
}

impl AuditCare {
    /// Begins: the index every few seconds, a removal at once and once a day in Sweden. It must be called on a runtime; gives what answers questions.
    pub fn begin(sink: Sink, questions: Questions, notes: Notes) -> Result<(Arc<AuditQuestions>, Self)> {
        let Questions { keys, officers, misuse, retention } = questions;
        let log = audit_command::search(sink.place(), false)?;
        let removal = retention.map(|retention| Arc::new(Removal { sink, retention, notes: notes.clone() }));
        let questions = Arc::new(AuditQuestions::new(log, keys, officers, misuse, notes, Timestamp::now));
        let care = Self(tokio::spawn(care(Arc::clone(&questions), removal)));
        Ok((questions, care))
    }
}

impl Drop for AuditCare {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn care(questions: Arc<AuditQuestions>, removal: Option<Arc<Removal>>) {
    let mut removals = Removals::default();
    let mut is_searchable = true;
    loop {
        let today = day_in_sweden(Timestamp::now());
        if let Some(removal) = &removal
            && removals.is_due(today, Instant::now())
        {
            match remove(Arc::clone(removal)).await {
                Ended::Well => removals.done(today),
                Ended::Badly => removals.again(Instant::now() + AGAIN),
                Ended::Stopped => return,
            }
        }
        let catching_up = Arc::clone(&questions);
        let caught_up = on_a_thread(
            move || catching_up.catch_up(),
            |fault| {
                if is_searchable {
                    warn!(error = %fault, "audit log cannot be searched");
                }
            },
        );
        match caught_up.await {
            Ended::Well => is_searchable = true,
            Ended::Badly => is_searchable = false,
            Ended::Stopped => return,
        }
        sleep(PAUSE).await;
    }
}

async fn remove(removal: Arc<Removal>) -> Ended {
    let runtime = Handle::current();
    let removing = move || {
        let Removal { sink, retention, notes } = &*removal;
        let now = Timestamp::now();
        retain(sink.place(), retention.limit(now), notes, now, &runtime)
    };
    on_a_thread(removing, |fault| error!(error = %fault, "old records of the audit log cannot be removed")).await
}

/// When the removal of a day is to be done.
#[derive(Default)]
struct Removals {
    done: Option<Date>,
    not_before: Option<Instant>,
}

impl Removals {
    fn is_due(&self, today: Date, now: Instant) -> bool {
        self.done != Some(today) && self.not_before.is_none_or(|not_before| now >= not_before)
    }

    fn done(&mut self, today: Date) {
        *self = Self { done: Some(today), not_before: None };
    }

    fn again(&mut self, at: Instant) {
        self.not_before = Some(at);
    }
}

/// How work on a thread of its own ended.
enum Ended {
    Well,
    /// It failed or panicked: nothing of it is believed, and it may be tried again.
    Badly,
    /// The host ends.
    Stopped,
}

async fn on_a_thread<T: Send + 'static, E: Send + 'static>(
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
    failed: impl FnOnce(E),
) -> Ended {
    match spawn_blocking(work).await {
        Ok(Ok(_)) => Ended::Well,
        Ok(Err(fault)) => {
            failed(fault);
            Ended::Badly
        }
        Err(panicked) if panicked.is_panic() => {
            error!("care of the audit log panicked, and goes on");
            Ended::Badly
        }
        Err(_) => Ended::Stopped,
    }
}

/// Long enough to cost nothing, short enough that a question does not wait for what came meanwhile.
const PAUSE: Duration = Duration::from_secs(10);
/// Soon enough that what is to be removed on a day is removed on it, seldom enough that a log that does not hold is not read all day.
const AGAIN: Duration = Duration::from_mins(10);

#[cfg(test)]
mod tests {
    use std::ops::Range;
    use std::sync::atomic::{AtomicU32, Ordering};

    use ssbtx_audit::{
        AuditLog, AuditSettings, FoundLine, Indexed, MisuseSettings, NamedSubject, SearchFault, Searchable,
    };

    use super::*;

    /// A log whose first catching up panics.
    struct Panicking(Arc<AtomicU32>);

    impl Searchable for Panicking {
        fn about(&mut self, _: &[NamedSubject]) -> Result<Vec<FoundLine>, SearchFault> {
            Ok(Vec::new())
        }

        fn by_caseworker(
            &mut self,
            _: &str,
            _: &str,
            _: &Range<Timestamp>,
            _: usize,
        ) -> Result<Vec<FoundLine>, SearchFault> {
            Ok(Vec::new())
        }

        fn each(&mut self, _: &Range<Timestamp>, _: &mut dyn FnMut(Indexed)) -> Result<(), SearchFault> {
            Ok(())
        }

        fn was_answered(&mut self, _: &str) -> Result<bool, SearchFault> {
            Ok(false)
        }

        fn begins(&mut self) -> Result<Option<Timestamp>, SearchFault> {
            Ok(None)
        }

        fn catch_up(&mut self) -> Result<(), SearchFault> {
            assert_ne!(self.0.fetch_add(1, Ordering::SeqCst), 0, "the first time");
            Ok(())
        }
    }

    #[tokio::test(start_paused = true)]
    async fn care_goes_on_after_a_panic() {
        let folder = tempfile::tempdir().unwrap();
        let log = AuditLog::open(&folder.path().join("audit"), AuditSettings::default(), Timestamp::now()).unwrap();
        let times = Arc::new(AtomicU32::new(0));
        let searched = Box::new(Panicking(Arc::clone(&times)));
        let questions =
            AuditQuestions::new(searched, Vec::new(), None, MisuseSettings::default(), log.notes(), Timestamp::now);
        let _care = AuditCare(tokio::spawn(care(Arc::new(questions), None)));
        while times.load(Ordering::SeqCst) < 2 {
            sleep(PAUSE).await;
        }
    }

    #[test]
    fn a_removal_that_failed_is_tried_again_on_the_same_day_and_one_that_was_done_is_not() {
        let (today, now) = (day_in_sweden(Timestamp::now()), Instant::now());
        let mut removals = Removals::default();
        assert!(removals.is_due(today, now));
        removals.again(now + AGAIN);
        assert!(!removals.is_due(today, now));
        assert!(removals.is_due(today, now + AGAIN));
        removals.done(today);
        assert!(!removals.is_due(today, now + AGAIN));
        assert!(removals.is_due(today.tomorrow().unwrap(), now + AGAIN));
    }
}

//! How the exchanges with one upstream have ended so far.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

use crate::ending::{Ending, Sign};

/// Counts of endings, and the newest of them that say something. As large after a year as at the start.
#[derive(Default)]
pub(crate) struct Tally(Mutex<Counted>);

#[derive(Default)]
struct Counted {
    endings: [u64; Ending::ALL.len()],
    newest: Option<Ending>,
    failure: Option<(Ending, Instant)>,
}

/// What a tally holds at one moment.
pub(crate) struct Counts {
    pub(crate) endings: Vec<(Ending, u64)>,
    /// The newest ending of an exchange that was begun.
    pub(crate) newest: Option<Ending>,
    /// The newest failure of the upstream, and when.
    pub(crate) failure: Option<(Ending, Instant)>,
}

impl Tally {
    pub(crate) fn count(&self, ending: Ending, now: Instant) {
        let mut counted = self.counted();
        for (one, count) in Ending::ALL.iter().zip(&mut counted.endings) {
            if *one == ending {
                *count = count.saturating_add(1);
            }
        }
        // What we refused to send would hide why we did.
        if ending.sign() != Sign::None {
            counted.newest = Some(ending);
        }
        // Too large a response is no sign of ill health, and still something that an operator looks for.
        if ending.sign() == Sign::Failing || ending == Ending::TooLarge {
            counted.failure = Some((ending, now));
        }
    }

    pub(crate) fn counts(&self) -> Counts {
        let counted = self.counted();
        Counts {
            endings: Ending::ALL.into_iter().zip(counted.endings).collect(),
            newest: counted.newest,
            failure: counted.failure,
        }
    }

    fn counted(&self) -> MutexGuard<'_, Counted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

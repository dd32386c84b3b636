//! Proposed policies beside the active ones: what would have opened and closed on live traffic.
//!
//! A comparison is between two masks over one catalogue. Both follow from the context of a question, in which whether an identity is protected is the
//! only thing that an agency has said. So the numbers tell how questions are asked and how two policies differ, and nothing else is kept.

mod comparison;
mod figures;
mod tally;
mod worker;

use std::fmt;
use std::io;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Weak};
use std::thread;

use ssbtx_broker::{Edition, Observer};
use ssbtx_core::{AgencyId, Context, Decision};

use tally::{Tallies, Uncounted};

pub use figures::{DatasetFigures, ShadowFigures};

/// Compares proposed policies with the active ones, off the path of questions.
///
/// It is told of each answered question and decides the same context with the role's proposed policy, on a thread of its own, one question after the
/// other. A question that comes while [`QUEUE`](Self::QUEUE) others wait is counted and not compared. Whatever a proposed policy does, answers
/// have left before it is asked.
///
/// Numbers are kept for a pair of an active and a proposed policy, each by its digest: they go on over editions that change neither and end
/// with the edition that changes one of them, since numbers about two different pairs would add up to nothing.
pub struct Shadowing {
    queue: SyncSender<Observed>,
    tallies: Arc<Tallies>,
}

/// An answered question, as far as a policy is told of it.
struct Observed {
    // A question that waits here keeps no edition alive.
    edition: Weak<Edition>,
    context: Context,
    decisions: Vec<(AgencyId, Arc<Decision>)>,
}

impl Shadowing {
    /// How many answered questions may wait to be compared.
    pub const QUEUE: usize = 256;

    /// Starts the thread that compares; it ends when this is dropped.
    ///
    /// # Errors
    ///
    /// Where the operating system gives no thread, or no runtime for it.
    pub fn start() -> io::Result<Self> {
        let (queue, observed) = sync_channel(Self::QUEUE);
        let tallies = Arc::new(Tallies::default());
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        let counted = Arc::clone(&tallies);
        thread::Builder::new()
            .name("shadow".to_owned())
            .spawn(move || runtime.block_on(worker::compare_all(&observed, &counted)))?;
        Ok(Self { queue, tallies })
    }

    /// The numbers, for each role that has a proposed policy in the active edition.
    pub fn figures(&self, active: &Edition) -> Vec<ShadowFigures> {
        self.tallies.follow(active);
        self.tallies.figures()
    }
}

impl Observer for Shadowing {
    fn answered(&self, edition: &Arc<Edition>, context: &Context, decisions: &[(AgencyId, Arc<Decision>)]) {
        if edition.shadow(&context.role).is_none() {
            return;
        }
        self.tallies.follow(edition);
        let observed =
            Observed { edition: Arc::downgrade(edition), context: context.clone(), decisions: decisions.to_vec() };
        match self.queue.try_send(observed) {
            Ok(()) => {}
            Err(TrySendError::Full(observed) | TrySendError::Disconnected(observed)) => {
                self.tallies.count_without(&observed.context.role, edition, Uncounted::Skipped);
            }
        }
    }
}

impl fmt::Debug for Shadowing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shadowing").finish_non_exhaustive()
    }
}

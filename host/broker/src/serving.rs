//! Which edition the next question gets, or why it gets none.

use std::sync::Arc;

use arc_swap::ArcSwap;

use crate::edition::Edition;

/// One pointer to all that a new question depends on, so that none sees half a change.
pub(crate) struct Serving(ArcSwap<Now>);

struct Now {
    edition: Arc<Edition>,
    closed: Option<Closed>,
}

/// Why no question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Closed {
    /// What was signed has expired, and the time for which the host may go on has passed.
    #[error("signed repository has expired, and so has the time to go on without a newer one")]
    TrustExpired,
}

impl Serving {
    pub(crate) fn new(edition: Arc<Edition>) -> Self {
        Self(ArcSwap::from_pointee(Now { edition, closed: None }))
    }

    /// Gives this edition to questions from now on.
    pub(crate) fn open(&self, edition: Arc<Edition>) {
        self.0.store(Arc::new(Now { edition, closed: None }));
    }

    /// Gives no edition to questions from now on.
    pub(crate) fn close(&self, closed: Closed) {
        self.0.rcu(|now| Now { edition: Arc::clone(&now.edition), closed: Some(closed) });
    }

    /// The newest edition, whether it may be used or not.
    pub(crate) fn edition(&self) -> Arc<Edition> {
        Arc::clone(&self.0.load().edition)
    }

    /// The edition to use.
    pub(crate) fn pin(&self) -> Result<Arc<Edition>, Closed> {
        let now = self.0.load();
        match now.closed {
            None => Ok(Arc::clone(&now.edition)),
            Some(closed) => Err(closed),
        }
    }
}

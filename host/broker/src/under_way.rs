//! How many questions are under way.

use std::sync::Arc;

use tokio::sync::watch;

/// Counts questions, so that the host can wait for the last.
pub(crate) struct UnderWay(Arc<watch::Sender<usize>>);

/// A question under way, until it is dropped.
pub(crate) struct Counted(Arc<watch::Sender<usize>>);

impl UnderWay {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(0)))
    }

    /// Counts a question.
    pub(crate) fn begin(&self) -> Counted {
        self.0.send_modify(|count| *count += 1);
        Counted(Arc::clone(&self.0))
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        *self.0.borrow()
    }

    /// Waits until there is none.
    pub(crate) async fn none(&self) {
        let mut count = self.0.subscribe();
        // It fails only when the sender is gone, and `self` holds it.
        drop(count.wait_for(|count| *count == 0).await);
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

//! How long a connection may take.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a connection has the longer time of a question that is being answered from the audit log. Whoever only sends slowly has not.
#[derive(Clone, Default)]
pub(crate) struct Patience(Arc<AtomicBool>);

impl Patience {
    /// Gives it the longer time.
    pub(crate) fn have(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it has.
    pub(crate) fn is_had(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

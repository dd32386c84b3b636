//! Recording what is done with the log itself.

use std::fmt;
use std::sync::Arc;

use tokio::sync::mpsc;

use crate::gauge::Gauge;
use crate::log::{self, NotRecorded};
use crate::writer::Waiting;

/// Records look-ups and removals in a log that is open. When the log is dropped, nothing more is recorded.
#[derive(Clone)]
pub struct Notes {
    queue: mpsc::WeakSender<Waiting>,
    gauge: Arc<Gauge>,
}

impl Notes {
    pub(crate) fn new(queue: mpsc::WeakSender<Waiting>, gauge: Arc<Gauge>) -> Self {
        Self { queue, gauge }
    }

    /// Records; when it returns, the record is on the disk.
    pub(crate) async fn append(&self, record: &impl serde::Serialize) -> Result<(), NotRecorded> {
        let record = serde_json::to_vec(record).map_err(NotRecorded::Form)?;
        let queue = self.queue.upgrade().ok_or(NotRecorded::Closed)?;
        log::write(&queue, &self.gauge, record).await
    }
}

impl fmt::Debug for Notes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notes").finish_non_exhaustive()
    }
}

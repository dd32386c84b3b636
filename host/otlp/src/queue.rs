//! Where spans wait to be sent.

use std::sync::atomic::{AtomicU64, Ordering};

use ssbtx_observation::{FinishedSpan, Recorder, SpanFigures, TraceId};
use tokio::sync::mpsc;

use crate::sampling::SamplingShare;

/// A queue of a fixed size. Whoever puts a span into it never waits: what finds no room is dropped, and counted.
pub(crate) struct Queue {
    spans: mpsc::Sender<FinishedSpan>,
    share: SamplingShare,
    exported: AtomicU64,
    dropped: AtomicU64,
    lost: AtomicU64,
}

impl Queue {
    /// A queue, and the end at which it is read.
    pub(crate) fn new(share: SamplingShare) -> (Self, mpsc::Receiver<FinishedSpan>) {
        let (spans, waiting) = mpsc::channel(MOST_WAITING);
        let [exported, dropped, lost] = [(); 3].map(|()| AtomicU64::new(0));
        (Self { spans, share, exported, dropped, lost }, waiting)
    }

    /// Counts spans that the collector has taken.
    pub(crate) fn exported(&self, spans: usize) {
        self.exported.fetch_add(spans as u64, Ordering::Relaxed);
    }

    /// Counts spans that it has not.
    pub(crate) fn lost(&self, spans: usize) {
        self.lost.fetch_add(spans as u64, Ordering::Relaxed);
    }
}

impl std::fmt::Debug for Queue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Queue({:?})", self.figures())
    }
}

impl Recorder for Queue {
    fn samples(&self, trace: TraceId) -> bool {
        self.share.holds(trace)
    }

    fn record(&self, span: FinishedSpan) {
        if self.spans.try_send(span).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn figures(&self) -> SpanFigures {
        SpanFigures {
            exported: self.exported.load(Ordering::Relaxed),
            dropped: self.dropped.load(Ordering::Relaxed),
            lost: self.lost.load(Ordering::Relaxed),
            waiting: self.spans.max_capacity().saturating_sub(self.spans.capacity()),
        }
    }
}

/// Some hundred questions' spans, about a megabyte.
const MOST_WAITING: usize = 4096;

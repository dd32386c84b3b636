//! Who is told of spans.

use crate::id::TraceId;
use crate::span::FinishedSpan;

/// Takes the spans that have ended.
pub trait Recorder: Send + Sync + 'static {
    /// Whether a new trace, which nobody before us has decided on, is to be recorded.
    fn samples(&self, trace: TraceId) -> bool;

    /// Takes a span of a trace that is recorded. It stands on the way of a question, so it must return at once and may not wait for anything.
    fn record(&self, span: FinishedSpan);

    /// What has become of the spans so far.
    fn figures(&self) -> SpanFigures;
}

/// What has become of spans since the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SpanFigures {
    /// They are where they should be.
    pub exported: u64,
    /// They came when too many were waiting already.
    pub dropped: u64,
    /// They were sent and not taken.
    pub lost: u64,
    /// They wait to be sent.
    pub waiting: usize,
}

/// Nobody is told. A caller's own decision is passed on to the base services all the same.
impl Recorder for () {
    fn samples(&self, _trace: TraceId) -> bool {
        false
    }

    fn record(&self, _span: FinishedSpan) {}

    fn figures(&self) -> SpanFigures {
        SpanFigures::default()
    }
}

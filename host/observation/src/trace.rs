//! Where in a trace something is done.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use jiff::Timestamp;

use crate::id::{SpanId, TraceId};
use crate::recorder::Recorder;
use crate::span::{FinishedSpan, Span, SpanName};

/// A trace, and the span in it that what comes next is part of. Cheap to clone.
#[derive(Clone)]
pub struct Trace {
    shared: Arc<Shared>,
    span: SpanId,
}

struct Shared {
    id: TraceId,
    is_sampled: bool,
    ids: Ids,
    // The wall clock is read once: spans of one trace do not jump when it is set.
    began: (Instant, u64),
    recorder: Arc<dyn Recorder>,
}

/// What a caller says of the trace that its request is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// The trace.
    pub trace: TraceId,
    /// The caller's own span.
    pub span: SpanId,
    /// Whether the caller records the trace.
    pub is_sampled: bool,
}

impl Trace {
    /// Begins a request's span: in its caller's trace, or in a new one. `random` is the randomness of the new trace and of every span below.
    ///
    /// A caller's word on whether the trace is recorded is followed; a new trace is recorded where the recorder says so.
    pub fn begin(caller: Option<Caller>, random: [[u8; 16]; 2], now: Timestamp, recorder: Arc<dyn Recorder>) -> Span {
        let [of_trace, of_spans] = random;
        let id = caller.map_or_else(|| TraceId::of_random(of_trace), |caller| caller.trace);
        let is_sampled = caller.map_or_else(|| recorder.samples(id), |caller| caller.is_sampled);
        let began = (Instant::now(), u64::try_from(now.as_nanosecond()).unwrap_or_default());
        let shared = Shared { id, is_sampled, ids: Ids::new(of_spans), began, recorder };
        let span = shared.ids.next();
        Span::begin(Self { shared: Arc::new(shared), span }, caller.map(|caller| caller.span), SpanName::Request)
    }

    /// Begins a span below this one.
    pub fn span(&self, name: SpanName) -> Span {
        let below = Self { shared: Arc::clone(&self.shared), span: self.shared.ids.next() };
        Span::begin(below, Some(self.span), name)
    }

    /// The value of the header `traceparent` for whoever is asked as part of this span.
    ///
    /// # Source
    ///
    /// W3C Trace Context, section 3.2. Of the flags only `sampled` is set or passed on, as version 00 asks.
    pub fn traceparent(&self) -> String {
        format!("00-{}-{}-{:02x}", self.shared.id, self.span, u8::from(self.shared.is_sampled))
    }

    /// The trace's id.
    pub fn id(&self) -> TraceId {
        self.shared.id
    }

    /// The id of the span that what comes next is part of.
    pub fn span_id(&self) -> SpanId {
        self.span
    }

    pub(crate) fn is_recorded(&self) -> bool {
        self.shared.is_sampled
    }

    pub(crate) fn record(&self, span: FinishedSpan) {
        self.shared.recorder.record(span);
    }

    /// Nanoseconds since 1970.
    pub(crate) fn time_of(&self, instant: Instant) -> u64 {
        let (began, began_ns) = self.shared.began;
        let since = instant.saturating_duration_since(began).as_nanos();
        began_ns.saturating_add(u64::try_from(since).unwrap_or(u64::MAX))
    }
}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.traceparent())
    }
}

/// Ids that are all different: a count, scattered over all 64 bits by a one-to-one function, from a random beginning.
struct Ids {
    seed: u64,
    count: AtomicU64,
}

impl Ids {
    fn new(random: [u8; 16]) -> Self {
        let [seed @ .., _, _, _, _, _, _, _, _] = random;
        Self { seed: u64::from_be_bytes(seed), count: AtomicU64::new(0) }
    }

    fn next(&self) -> SpanId {
        loop {
            let count = self.count.fetch_add(1, Ordering::Relaxed);
            // One count in 2^64 gives nothing but zeros, and the next does not.
            if let Some(id) = SpanId::new(scattered(self.seed.wrapping_add(count)).to_be_bytes()) {
                return id;
            }
        }
    }
}

/// SplitMix64, which is one to one.
///
/// # Source
///
/// Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014, figure 17.
fn scattered(count: u64) -> u64 {
    let mut bits = count.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Mutex;

    use ssbtx_core::AgencyId;

    use super::*;
    use crate::attribute::Attribute;
    use crate::recorder::SpanFigures;
    use crate::span::End;

    /// Keeps what it is told.
    #[derive(Default)]
    struct Notes(Mutex<Vec<FinishedSpan>>);

    impl Recorder for Notes {
        fn samples(&self, _trace: TraceId) -> bool {
            true
        }

        fn record(&self, span: FinishedSpan) {
            self.0.lock().unwrap().push(span);
        }

        fn figures(&self) -> SpanFigures {
            SpanFigures::default()
        }
    }

    fn caller(is_sampled: bool) -> Caller {
        let (trace, span) = (TraceId::new([0x4b; 16]).unwrap(), SpanId::new([0xf0; 8]).unwrap());
        Caller { trace, span, is_sampled }
    }

    fn now() -> Timestamp {
        "2026-03-01T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_callers_trace_goes_on_with_spans_of_our_own_below_the_callers() {
        let notes = Arc::new(Notes::default());
        let recorder: Arc<dyn Recorder> = Arc::<Notes>::clone(&notes);
        let request = Trace::begin(Some(caller(true)), [[1; 16], [2; 16]], now(), recorder);
        let mut exchange = request.trace().span(SpanName::Exchange);
        exchange.say(|| Attribute::Agency(AgencyId::AF));
        let traceparent = exchange.trace().traceparent();
        exchange.end(End::Badly("unreachable"));
        drop(request);

        let notes = notes.0.lock().unwrap();
        let [exchange, request] = notes.as_slice() else { panic!("{notes:?}") };
        assert_eq!(traceparent, format!("00-{}-{}-01", caller(true).trace, exchange.id));
        assert_eq!((exchange.parent, request.parent), (Some(request.id), Some(caller(true).span)));
        assert_eq!((exchange.end, request.end), (End::Badly("unreachable"), End::Well("given-up")));
        assert_eq!(exchange.attributes, [Attribute::Agency(AgencyId::AF)]);
        assert!(exchange.began_ns >= request.began_ns && exchange.ended_ns <= request.ended_ns);
        assert_eq!(request.began_ns / 1_000_000_000, u64::try_from(now().as_second()).unwrap());
    }

    #[test]
    fn a_trace_that_its_caller_does_not_record_is_not_recorded_and_says_so_to_the_next() {
        let notes = Arc::new(Notes::default());
        let recorder: Arc<dyn Recorder> = Arc::<Notes>::clone(&notes);
        let request = Trace::begin(Some(caller(false)), [[1; 16], [2; 16]], now(), recorder);
        assert!(request.trace().traceparent().ends_with("-00"));
        drop(request);
        assert!(notes.0.lock().unwrap().is_empty());
    }

    #[test]
    fn a_new_trace_is_recorded_where_the_recorder_says_so_and_has_no_parent() {
        let notes = Arc::new(Notes::default());
        let recorder: Arc<dyn Recorder> = Arc::<Notes>::clone(&notes);
        drop(Trace::begin(None, [[1; 16], [2; 16]], now(), recorder));
        assert_eq!(notes.0.lock().unwrap().iter().map(|span| span.parent).collect::<Vec<_>>(), [None]);
        let silent = Trace::begin(None, [[1; 16], [2; 16]], now(), Arc::new(()));
        assert!(silent.trace().traceparent().ends_with("-00"));
    }

    #[test]
    fn no_two_spans_of_a_trace_have_one_id() {
        let request = Trace::begin(None, [[0; 16], [0; 16]], now(), Arc::new(()));
        let ids: HashSet<String> =
            (0..1000).map(|_| request.trace().span(SpanName::Exchange).trace().span_id().to_string()).collect();
        assert_eq!(ids.len(), 1000);
    }
}

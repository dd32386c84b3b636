//! One piece of work within a trace.

use std::time::Instant;

use crate::attribute::Attribute;
use crate::id::{SpanId, TraceId};
use crate::trace::Trace;

/// What a span is about. Spans are nouns, one for each layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpanName {
    /// A request to a front, from its head until its answer is written.
    Request,
    /// A question, until its answer is recorded.
    Question,
    /// All that is done to ask one base service.
    AgencyCall,
    /// One request to a base service, and its response. Its id is what the base service is told.
    Exchange,
}

impl SpanName {
    /// Every name.
    pub const ALL: [Self; 4] = [Self::Request, Self::Question, Self::AgencyCall, Self::Exchange];

    /// The stable name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Question => "question",
            Self::AgencyCall => "agency call",
            Self::Exchange => "exchange",
        }
    }
}

/// How a span ended, in a word of the host's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// As it should.
    Well(&'static str),
    /// With a failure that somebody may want to look for.
    Badly(&'static str),
}

/// A span under way. It ends when it is dropped.
#[derive(Debug)]
pub struct Span {
    trace: Trace,
    parent: Option<SpanId>,
    name: SpanName,
    began: Instant,
    attributes: Vec<Attribute>,
    end: End,
}

/// A span that has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinishedSpan {
    /// Its trace.
    pub trace: TraceId,
    /// Its own id.
    pub id: SpanId,
    /// The span that it is part of; none where the trace begins with it.
    pub parent: Option<SpanId>,
    /// What it is about.
    pub name: SpanName,
    /// When it began, in nanoseconds since 1970.
    pub began_ns: u64,
    /// When it ended, in nanoseconds since 1970.
    pub ended_ns: u64,
    /// How it ended.
    pub end: End,
    /// What else it says.
    pub attributes: Vec<Attribute>,
}

impl Span {
    pub(crate) fn begin(trace: Trace, parent: Option<SpanId>, name: SpanName) -> Self {
        // Dropped without another end, it was given up.
        Self { trace, parent, name, began: Instant::now(), attributes: Vec::new(), end: End::Well(GIVEN_UP) }
    }

    /// The trace as it goes on below this span.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// Says one thing more. Costs nothing where the trace is not recorded.
    pub fn say(&mut self, attribute: impl FnOnce() -> Attribute) {
        if self.trace.is_recorded() {
            self.attributes.push(attribute());
        }
    }

    /// Ends it.
    pub fn end(mut self, end: End) {
        self.end = end;
    }
}

impl Drop for Span {
    fn drop(&mut self) {
        if !self.trace.is_recorded() {
            return;
        }
        self.trace.record(FinishedSpan {
            trace: self.trace.id(),
            id: self.trace.span_id(),
            parent: self.parent,
            name: self.name,
            began_ns: self.trace.time_of(self.began),
            ended_ns: self.trace.time_of(Instant::now()),
            end: self.end,
            attributes: std::mem::take(&mut self.attributes),
        });
    }
}

const GIVEN_UP: &str = "given-up";

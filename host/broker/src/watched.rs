//! A question, watched from its beginning to its end.

use std::sync::Arc;
use std::time::Instant;

use ssbtx_core::{Front, Question};
use ssbtx_observation::{Attribute, End, Span, SpanName, Trace};

use crate::asker::Asker;
use crate::ending::QuestionEnding;
use crate::meters::{Meters, OfRole};

/// A question that is timed and has a span until this is dropped. Dropped without an outcome, it was broken off.
pub(crate) struct Watched {
    of: Arc<OfRole>,
    front: Front,
    began: Instant,
    ending: QuestionEnding,
    span: Option<Span>,
}

impl Watched {
    /// Begins to watch a question.
    pub(crate) fn begin(meters: &Meters, asker: &Asker, question: &Question, trace: Option<&Trace>) -> Self {
        let span = trace.map(|trace| {
            let mut span = trace.span(SpanName::Question);
            span.say(|| Attribute::Front(asker.front));
            span.say(|| Attribute::Role(asker.role.clone()));
            span.say(|| Attribute::Question(question.id));
            span
        });
        let (of, began) = (meters.of(&asker.role), Instant::now());
        Self { of, front: asker.front, began, ending: QuestionEnding::BrokenOff, span }
    }

    /// The trace as it goes on below the question, where it is in one.
    pub(crate) fn trace(&self) -> Option<Trace> {
        self.span.as_ref().map(|span| span.trace().clone())
    }

    /// Sees how it ended.
    pub(crate) fn end(mut self, ending: QuestionEnding) {
        self.ending = ending;
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let of = self.of.front(self.front);
        of.ended(self.ending);
        of.times.observe(self.began.elapsed());
        if let Some(span) = self.span.take() {
            let label = self.ending.label();
            span.end(if self.ending == QuestionEnding::Answered { End::Well(label) } else { End::Badly(label) });
        }
    }
}

//! What the host tells of its own work: how long things took, and the spans of a trace.
//!
//! What leaves the host for an operator's monitoring goes through the types of this crate, and they have no room for more than a role, a base
//! service, a question's id, a status and words of our own. So what a monitoring system holds can be read off here, and nothing of a person, a
//! case, a caseworker or a consumer can be in it. There is no input or output here and no async: whoever exports spans is given them by
//! [`Recorder`], and whoever writes metrics reads a [`Distribution`].

mod attribute;
mod histogram;
mod id;
mod recorder;
mod span;
mod trace;

pub use attribute::{Attribute, AttributeValue};
pub use histogram::{Distribution, Histogram, Stopwatch};
pub use id::{SpanId, TraceId};
pub use recorder::{Recorder, SpanFigures};
pub use span::{End, FinishedSpan, Span, SpanName};
pub use trace::{Caller, Trace};

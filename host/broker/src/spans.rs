//! The spans of asking one base service.

use ssbtx_core::{AgencyId, Reply, State, TransportFailure};
use ssbtx_observation::{Attribute, End, Span, SpanName, Trace};
use ssbtx_upstream::Ending;

use crate::agency_call::Collected;

/// Begins the span of all that is done to ask a base service, where the question is in a trace.
pub(crate) fn of_call(trace: Option<&Trace>, agency: AgencyId) -> Option<Span> {
    begin(trace, SpanName::AgencyCall, agency)
}

/// Begins the span of one request. What it gives as `traceparent` is the request's header.
pub(crate) fn of_exchange(call: Option<&Span>, agency: AgencyId) -> Option<Span> {
    begin(call.map(Span::trace), SpanName::Exchange, agency)
}

/// Ends the span of a call by what came of it.
pub(crate) fn end_call(span: Option<Span>, collected: &Collected) {
    let Some(span) = span else { return };
    span.end(match collected {
        Collected::Answered { .. } => End::Well(State::Answered.label()),
        Collected::NothingFound { .. } => End::Well(State::NothingFound.label()),
        Collected::Failed(_) => End::Badly(State::Failed.label()),
        Collected::TimedOut => End::Badly(State::TimedOut.label()),
    });
}

/// Ends the span of a request by what came back.
pub(crate) fn end_exchange(span: Option<Span>, reply: &Reply) {
    let Some(mut span) = span else { return };
    let end = match reply {
        Reply::Response(response) => {
            let status = response.status;
            span.say(|| Attribute::Status(status));
            // A SOAP fault is a response with status 500: what it means is the adapter's to say.
            End::Well(Ending::Responded.label())
        }
        Reply::Failure(failure) => End::Badly(match failure {
            TransportFailure::Unreachable => Ending::Unreachable.label(),
            TransportFailure::BrokenOff => Ending::BrokenOff.label(),
            TransportFailure::TooLarge => Ending::TooLarge.label(),
            TransportFailure::TimedOut => Ending::TimedOut.label(),
        }),
    };
    span.end(end);
}

fn begin(trace: Option<&Trace>, name: SpanName, agency: AgencyId) -> Option<Span> {
    let mut span = trace?.span(name);
    span.say(|| Attribute::Agency(agency));
    Some(span)
}

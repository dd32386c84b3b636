//! The event of a question that has no answer.

use ssbtx_core::Front;
use tracing::info;

use crate::limits::LimitReached;
use crate::meters::GatewayMeters;

/// Counts it and tells the log; the connection's span says whose question it was. Whose caseworker reached a limit is nowhere.
pub(crate) fn tell_refused(meters: &GatewayMeters, front: Front, code: &'static str, reached: Option<&LimitReached>) {
    meters.refused(front, code, reached.map(|reached| reached.limit));
    let (limit, refusals) = (reached.map(|reached| reached.limit.label()), reached.map(|reached| reached.refusals));
    info!(code, limit, refusals, "question refused");
}

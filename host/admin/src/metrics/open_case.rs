//! Open cases, and what came of questions whose consumers are held to them: added up, since no metric tells who asks how much.

use std::fmt;

use prometheus_client::encoding::DescriptorEncoder;
use ssbtx_open_cases::{ConsumerFigures, GateResult};

use super::family::{Named, counters, gauge};

/// Writes them.
pub(super) fn encode(encoder: &mut DescriptorEncoder, figures: &[ConsumerFigures]) -> fmt::Result {
    let open: u64 = figures.iter().filter_map(|one| one.open).sum();
    gauge(encoder, OPEN, &i64::try_from(open).unwrap_or(i64::MAX))?;
    let results = GateResult::ALL.into_iter().map(|result| {
        let counts = figures.iter().flat_map(|one| &one.results).filter(|(of, _)| *of == result);
        ([("result", result.label())], counts.map(|(_, count)| *count).sum())
    });
    counters(encoder, RESULTS, results)
}

const OPEN: Named =
    Named { name: "open_cases", help: "Cases that consumers had open when each last registered or closed one." };
const RESULTS: Named = Named {
    name: "open_case_questions",
    help: "Questions of consumers that are held to their open cases, since the start.",
};

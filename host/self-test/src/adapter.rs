//! The cases of an adapter.

use std::time::Instant;

use ssbtx_cases::{AdapterCase, CaseKind, Cases, ExpectedOutcome};
use ssbtx_runtime::Adapter;

use crate::broken::{BrokenAdapterCase, SelfTestFailed};
use crate::deadline::within_deadline;
use crate::outcome::OutcomeJson;
use crate::trial::Trial;

/// Puts an adapter its cases, each question answered from its recorded replies.
///
/// # Errors
///
/// [`SelfTestFailed`] for the first case that does not hold, and past [`DEADLINE`](crate::DEADLINE).
///
/// # Cancel safety
///
/// It may be dropped at any time.
pub async fn test_adapter(adapter: &Adapter, cases: &Cases) -> Result<(), SelfTestFailed> {
    if let Some(found @ CaseKind::Policy) = cases.kind() {
        return Err(SelfTestFailed::Kind { found, expected: CaseKind::Adapter });
    }
    within_deadline(all_hold(adapter, cases.adapter())).await
}

async fn all_hold(adapter: &Adapter, cases: &[AdapterCase]) -> Result<(), SelfTestFailed> {
    for case in cases {
        let held = holds(adapter, case).await;
        held.map_err(|how| SelfTestFailed::Adapter { promise: case.promise().clone(), how })?;
    }
    Ok(())
}

async fn holds(adapter: &Adapter, case: &AdapterCase) -> Result<(), BrokenAdapterCase> {
    let trial = Trial { adapter, question: case.question(), replies: case.replies(), now: Instant::now };
    let result = trial.run(&mut Vec::new()).await?;
    if result.unused_replies > 0 {
        return Err(BrokenAdapterCase::UnusedReplies(result.unused_replies));
    }
    let written = OutcomeJson::new(adapter.catalogue().agency(), &result.outcome);
    // Compared as it is written, so that an author and a host hold an adapter to the same words.
    let text = serde_json::to_string(&written).map_err(BrokenAdapterCase::Unwritable)?;
    let found = ExpectedOutcome::parse(&text).map_err(BrokenAdapterCase::Unreadable)?;
    case.expected().difference_from(&found).map_or(Ok(()), |difference| Err(difference.into()))
}

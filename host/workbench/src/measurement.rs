//! What an adapter costs.

use std::num::NonZeroU32;
use std::time::Duration;

use serde::Serialize;
use ssbtx_runtime::{Candidate, Limit, NotAdmitted, OutOfRange, SandboxFault, SandboxSettings, Workbench};
use ssbtx_self_test::{Trial, TrialFailed};

/// How long the calls of an adapter take, each in an instance of its own as on a host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Measurement {
    /// How often the question was put.
    pub runs: u32,
    /// Of `plan`.
    pub plan: Spread,
    /// Of every `absorb` together; absent where nothing is sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absorb: Option<Spread>,
}

/// How a duration is spread.
///
/// # Units
///
/// Microseconds on the machine at hand, with making and taking down the instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Spread {
    /// Half of the calls took no longer.
    pub median_us: u64,
    /// 95 of 100 calls took no longer.
    pub p95_us: u64,
    /// The longest.
    pub worst_us: u64,
}

/// Why nothing was measured.
#[derive(Debug, thiserror::Error)]
pub enum NotMeasured {
    /// The question came to no outcome.
    #[error("question came to no outcome")]
    Trial(#[from] TrialFailed),
    /// The adapter is not admitted, with no memory that a host could give.
    #[error("adapter is not admitted")]
    NotAdmitted(#[from] NotAdmitted),
    /// The host's own limits are no limits.
    #[error(transparent)]
    Limit(#[from] OutOfRange),
    /// There is no sandbox on this machine.
    #[error(transparent)]
    Sandbox(#[from] SandboxFault),
}

/// Puts a question many times and says how long the calls took.
///
/// # Errors
///
/// [`NotMeasured::Trial`] the first time that it comes to no outcome.
pub async fn measure(trial: Trial<'_>, runs: NonZeroU32) -> Result<Measurement, NotMeasured> {
    let (mut plans, mut absorbs) = (Vec::new(), Vec::new());
    for _ in 0..runs.get() {
        let result = trial.run(&mut Vec::new()).await?;
        let mut calls = result.calls.into_iter();
        plans.extend(calls.next());
        absorbs.extend(calls);
    }
    // There is at least one run, and every run has one plan.
    Ok(Measurement { runs: runs.get(), plan: spread(plans).unwrap_or(NOTHING), absorb: spread(absorbs) })
}

/// The least linear memory with which a question comes to an outcome, in bytes: found by giving less and less, page by page.
///
/// Each try compiles the component anew. It is what `describe`, `plan` and `absorb` need, the most of the three.
///
/// # Errors
///
/// [`NotMeasured`] where it comes to no outcome with all the memory that a host gives.
pub async fn smallest_memory(
    candidate: &Candidate,
    settings: &SandboxSettings,
    trial: Trial<'_>,
) -> Result<u64, NotMeasured> {
    let most = settings.value(Limit::LargestMemory) / PAGE;
    run_within(candidate, settings, most, trial).await?;
    let (mut too_little, mut enough) = (0, most);
    while too_little + 1 < enough {
        let pages = u64::midpoint(too_little, enough);
        match run_within(candidate, settings, pages, trial).await {
            Ok(()) => enough = pages,
            Err(_) => too_little = pages,
        }
    }
    Ok(enough * PAGE)
}

async fn run_within(
    candidate: &Candidate,
    settings: &SandboxSettings,
    pages: u64,
    trial: Trial<'_>,
) -> Result<(), NotMeasured> {
    let bytes = pages * PAGE;
    let within = settings.clone().with(Limit::LargestMemory, bytes)?.with(Limit::Memory, bytes)?;
    let workbench = Workbench::new(within)?;
    let adapter = workbench.adapter(candidate).await?;
    Trial { adapter: &adapter, ..trial }.run(&mut Vec::new()).await?;
    Ok(())
}

fn spread(mut durations: Vec<Duration>) -> Option<Spread> {
    durations.sort_unstable();
    let at = |percent: usize| {
        // The nearest rank: the smallest that at least so many of a hundred do not exceed.
        let rank = (durations.len() * percent).div_ceil(100).saturating_sub(1);
        durations.get(rank).map(|duration| u64::try_from(duration.as_micros()).unwrap_or(u64::MAX))
    };
    Some(Spread { median_us: at(50)?, p95_us: at(95)?, worst_us: at(100)? })
}

const NOTHING: Spread = Spread { median_us: 0, p95_us: 0, worst_us: 0 };
/// A page of linear memory, in bytes.
const PAGE: u64 = 65_536;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_is_of_the_nearest_ranks() {
        let durations = (1..=100).rev().map(Duration::from_micros).collect();
        assert_eq!(spread(durations), Some(Spread { median_us: 50, p95_us: 95, worst_us: 100 }));
        assert_eq!(spread(vec![Duration::from_micros(7)]), Some(Spread { median_us: 7, p95_us: 7, worst_us: 7 }));
        assert_eq!(spread(Vec::new()), None);
    }
}

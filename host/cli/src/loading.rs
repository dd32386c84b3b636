//! What a configuration demands of the sets that its host may answer with.

use anyhow::{Context, Result};
use ssbtx_core::AcceptedPending;
use ssbtx_gateway::Consumers;
use ssbtx_rollout::{Reachable, RolloutSettings};
use ssbtx_runtime::{Sandbox, SandboxSettings};
use ssbtx_upstream::Upstreams;

use crate::config::Trust;

/// Brings together what sets are judged by, and where they run.
///
/// # Errors
///
/// Where this machine cannot carry the sandbox.
pub fn settings(
    trust: Trust,
    sandbox: SandboxSettings,
    accepted_pending: AcceptedPending,
    upstreams: &Upstreams,
    consumers: &Consumers,
) -> Result<RolloutSettings> {
    let Trust { repository, state, times } = trust;
    Ok(RolloutSettings {
        repository,
        state,
        times,
        sandbox: Sandbox::new(sandbox).context("start the sandbox")?,
        accepted_pending,
        reachable: Reachable::of(upstreams),
        roles: consumers.roles().into_iter().cloned().collect(),
    })
}

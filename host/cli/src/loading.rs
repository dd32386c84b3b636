//! The components that a configuration leads to: verified, admitted, and fit for the rest of it.

use anyhow::{Context, Result, bail};
use ssbtx_broker::Edition;
use ssbtx_core::{AcceptedPending, AcceptedScope};
use ssbtx_gateway::Consumers;
use ssbtx_runtime::{Sandbox, SandboxSettings};
use ssbtx_trust::RepositorySettings;
use ssbtx_upstream::Upstreams;
use tracing::{info, warn};

/// What of a configuration the components must fit.
pub struct Surroundings<'c> {
    pub repository: &'c RepositorySettings,
    pub accepted_pending: &'c AcceptedPending,
    pub upstreams: &'c Upstreams,
    pub consumers: &'c Consumers,
}

/// Loads the components.
///
/// # Errors
///
/// Where the repository is not to be believed, a component is not admitted, or an adapter wants an upstream that is not configured.
pub async fn load(sandbox: SandboxSettings, surroundings: &Surroundings<'_>) -> Result<Edition> {
    let sandbox = Sandbox::new(sandbox).context("start the sandbox")?;
    let trusted = ssbtx_trust::load(surroundings.repository).await.context("verify the repository")?;
    let edition = Edition::admit(&sandbox, &trusted, surroundings.accepted_pending.clone())
        .await
        .context("admit the repository's components")?;
    require_upstreams(&edition, surroundings.upstreams)?;
    announce(&edition);
    for role in surroundings.consumers.roles() {
        if edition.policy(role).is_none() {
            warn!(%role, "certificates are registered for a role that no policy decides for: their questions will be refused");
        }
    }
    Ok(edition)
}

/// An adapter without its upstream would fail at its first question, and with it a person's case.
fn require_upstreams(edition: &Edition, upstreams: &Upstreams) -> Result<()> {
    let mut missing = Vec::new();
    for adapter in edition.adapters() {
        let agency = adapter.catalogue().agency();
        for name in adapter.upstreams() {
            if !upstreams.names(agency).any(|configured| configured == name) {
                missing.push(format!("\n  agency `{agency}`, name `{name}`"));
            }
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    bail!("`[[upstream]]` is missing for loaded adapters:{}", missing.concat())
}

/// Logs what this host will decide by: it must be visible what it accepts without law.
fn announce(edition: &Edition) {
    for policy in edition.policies() {
        info!(role = %policy.role(), version = policy.identity().version, sha256 = %policy.identity().sha256, "policy loaded");
    }
    for adapter in edition.adapters() {
        let identity = adapter.identity();
        info!(agency = %adapter.catalogue().agency(), version = identity.version, sha256 = %identity.sha256, "adapter loaded");
    }
    for (basis, scope) in edition.accepted_pending().iter() {
        match scope {
            AcceptedScope::EveryDataset => warn!(basis = %basis, "pending legal basis accepted for every dataset"),
            AcceptedScope::Datasets(datasets) => {
                let datasets: Vec<String> =
                    datasets.iter().map(|(agency, dataset)| format!("{agency}/{dataset}")).collect();
                warn!(basis = %basis, datasets = datasets.join(" "), "pending legal basis accepted for some datasets");
            }
        }
    }
}

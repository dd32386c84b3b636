//! The upstreams that the operator has configured, by name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use ssbtx_broker::Edition;
use ssbtx_core::{AgencyId, BASE_SERVICES, UpstreamName};
use ssbtx_upstream::Upstreams;

/// The upstreams that the operator has configured, by name: what adapters may ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reachable(BTreeMap<AgencyId, BTreeSet<UpstreamName>>);

impl Reachable {
    /// Takes down the names of upstreams.
    pub fn of(upstreams: &Upstreams) -> Self {
        Self(BASE_SERVICES.into_iter().map(|agency| (agency, upstreams.names(agency).cloned().collect())).collect())
    }

    /// Whether every adapter has the upstreams that it asks for. One without would fail at its first question, and with it a person's case.
    ///
    /// # Errors
    ///
    /// [`MissingUpstreams`], with all of them.
    pub fn suffices(&self, edition: &Edition) -> Result<(), MissingUpstreams> {
        let mut missing = Vec::new();
        for adapter in edition.adapters() {
            let agency = adapter.catalogue().agency();
            let configured = self.0.get(&agency);
            let absent =
                adapter.upstreams().iter().filter(|name| !configured.is_some_and(|names| names.contains(*name)));
            missing.extend(absent.map(|name| (agency, name.clone())));
        }
        if missing.is_empty() { Ok(()) } else { Err(MissingUpstreams(missing)) }
    }
}

/// Adapters ask for upstreams that are not configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingUpstreams(Vec<(AgencyId, UpstreamName)>);

impl std::error::Error for MissingUpstreams {}

impl fmt::Display for MissingUpstreams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`[[upstream]]` is missing for adapters: ")?;
        for (number, (agency, name)) in self.0.iter().enumerate() {
            let between = if number == 0 { "" } else { "; " };
            write!(f, "{between}agency `{agency}`, name `{name}`")?;
        }
        Ok(())
    }
}

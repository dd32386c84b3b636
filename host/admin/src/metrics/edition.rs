//! Which edition is active, what it is made of, and what became of attempts at another.

use std::fmt;

use prometheus_client::encoding::DescriptorEncoder;
use prometheus_client::metrics::MetricType;
use ssbtx_rollout::{ComponentRole, EditionStatus, SourceStatus, Status, Watch};

use super::family::{Named, counters, gauge, number, time};

/// Writes them.
pub(super) fn encode(encoder: &mut DescriptorEncoder, status: &Status) -> fmt::Result {
    gauge(encoder, TRUST_VERSION, &status.active.trust_version)?;
    time(encoder, ACTIVATED, Some(status.active.since))?;
    gauge(encoder, ALIVE, &number(status.editions_alive))?;
    components(encoder, &status.active)?;
    let totals = status.totals.iter();
    let attempts = totals.map(|total| ([("stage", total.stage.label()), ("result", total.result)], total.count));
    counters(encoder, ATTEMPTS, attempts)?;
    source(encoder, &status.source)
}

/// Whether anything newer would be seen at all.
fn source(encoder: &mut DescriptorEncoder, source: &SourceStatus) -> fmt::Result {
    gauge(encoder, WATCHING, &i64::from(source.watch == Watch::Running))?;
    time(encoder, LAST_LOOK, Some(source.last_look))?;
    time(encoder, LAST_REACHED, source.last_reached)
}

fn components(encoder: &mut DescriptorEncoder, edition: &EditionStatus) -> fmt::Result {
    let mut family = encoder.encode_descriptor(COMPONENT.name, COMPONENT.help, None, MetricType::Info)?;
    for component in &edition.components {
        let sha256 = component.sha256.to_string();
        let kind = match component.role {
            ComponentRole::Adapter => "adapter",
            ComponentRole::Policy => "policy",
            ComponentRole::Shadow => "shadow",
        };
        let labels =
            [("kind", kind), ("name", &component.name), ("version", &component.version), ("sha256", sha256.as_str())];
        family.encode_info(&labels)?;
    }
    Ok(())
}

const TRUST_VERSION: Named =
    Named { name: "edition_trust_version", help: "Version of the signed set that the active edition is made of." };
const ACTIVATED: Named = Named {
    name: "edition_activated_timestamp",
    help: "When the active edition became active, in seconds since 1970.",
};
const ALIVE: Named =
    Named { name: "editions_alive", help: "Editions in memory: the active one, and those that a question still uses." };
const COMPONENT: Named = Named { name: "component", help: "What the active edition is made of." };
const ATTEMPTS: Named = Named {
    name: "rollout_attempts",
    help: "Attempts at another set, by how they ended and the last stage that they came to.",
};
const WATCHING: Named = Named { name: "rollout_watching", help: "1 while the repository is watched, else 0." };
const LAST_LOOK: Named = Named {
    name: "rollout_last_look_timestamp",
    help: "When the repository was last looked at, in seconds since 1970; whether or not that succeeded.",
};
const LAST_REACHED: Named = Named {
    name: "rollout_last_reached_timestamp",
    help: "When the repository last told which set is the current one, in seconds since 1970.",
};

//! What a play may have otherwise than the demo's host.

use ssbtx_base_services::Agency;
use ssbtx_stage::components;
use ssbtx_stage::configuration::{Accepted, Configuration};
use ssbtx_stage::grants;
use ssbtx_stage::repository::DemoTarget;

/// What a play may have otherwise.
pub(crate) struct Staging {
    pub(crate) accepted: Vec<Accepted>,
    pub(crate) deadline_ms: u64,
    pub(crate) upstream_timeout_ms: u64,
    pub(crate) log_filter: &'static str,
    /// Other components than the demo's, by their target's name: hostile guests.
    pub(crate) instead: Vec<(&'static str, &'static str)>,
    /// Whether Försäkringskassan's names for the stage's organisations are registered.
    pub(crate) aktorsid: Aktorsid,
    /// Further tables of `ssbtx.toml`.
    pub(crate) further: String,
    /// Agencies whose adapters are not there.
    pub(crate) absent: Vec<Agency>,
}

/// Whether the operator has registered what Försäkringskassan calls those who ask.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aktorsid {
    Registered,
    NotRegistered,
}

impl Aktorsid {
    /// The file of those who may ask, with the names or without.
    pub(super) fn consumers(self, file: &str) -> String {
        let mut consumers: toml::Table = file.parse().unwrap();
        if self == Self::NotRegistered {
            for consumer in consumers["consumer"].as_array_mut().unwrap() {
                consumer.as_table_mut().unwrap().remove("aktorsid").unwrap();
            }
        }
        consumers.to_string()
    }
}

impl Default for Staging {
    fn default() -> Self {
        // Short enough that a hanging agency does not hold up the tests, long enough for a slow machine.
        Self {
            accepted: Configuration::demo_acceptance(),
            deadline_ms: 4000,
            upstream_timeout_ms: 6000,
            log_filter: "info",
            instead: Vec::new(),
            aktorsid: Aktorsid::Registered,
            further: String::new(),
            absent: Vec::new(),
        }
    }
}

impl Staging {
    /// Without the adapters of these agencies, and with nothing accepted for their datasets: a host that does so does not start.
    pub(crate) fn without(agencies: &[Agency]) -> Self {
        let staging = Self { absent: agencies.to_vec(), ..Self::default() };
        let is_there = |dataset: &String| !agencies.iter().any(|agency| dataset.starts_with(&format!("{agency}/")));
        let accepted = staging.accepted.iter().map(|Accepted { basis, datasets }| Accepted {
            basis: basis.clone(),
            datasets: datasets.iter().filter(|dataset| is_there(dataset)).cloned().collect(),
        });
        Self { accepted: accepted.collect(), ..staging }
    }

    /// The components that the host loads, and what the agencies among them grant.
    pub(crate) fn targets(&self) -> Vec<DemoTarget> {
        let absent = |target: &&str| self.absent.iter().any(|agency| **target == adapter_of(*agency));
        let component = |target: &'static str| {
            let other = self.instead.iter().find(|(replaced, _)| *replaced == target);
            components::read(other.map_or(target, |(_, guest)| guest))
        };
        let targets = components::TARGETS.into_iter().filter(|target| !absent(target));
        let mut targets: Vec<DemoTarget> = targets.map(|target| DemoTarget::new(target, component(target))).collect();
        targets.extend(grants::for_targets(&targets).unwrap());
        targets
    }
}

fn adapter_of(agency: Agency) -> String {
    format!("adapters/{}/adapter.wasm", agency.code().to_lowercase())
}

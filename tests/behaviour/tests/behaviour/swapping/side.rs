//! The two editions between which the host goes back and forth.

use std::collections::BTreeMap;

use serde_json::Value;
use ssbtx_core::Sha256Digest;
use ssbtx_stage::repository::DemoTarget;
use ssbtx_stage::{components, grants};

use crate::play::Staging;

/// Two editions that differ in every part of an answer to arbetsmarknad.
///
/// Arbetsförmedlingen's decisions rest on a pending basis that nobody has accepted for them in the one, and on the example's law in the other, so
/// its grants differ too. The other agencies' adapters differ in their digests, which their parts show.
pub(super) struct Sides([Side; 2]);

/// One of them.
pub(super) struct Side {
    targets: BTreeMap<String, DemoTarget>,
    /// What it shows of Arbetsförmedlingen's decisions to arbetsmarknad.
    pub(super) decisions: Decisions,
}

/// What an answer shows of Arbetsförmedlingen's decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decisions {
    /// They are there, and nothing says that they are withheld.
    Open,
    /// They are not there, since the legal basis is pending.
    Pending,
}

impl Sides {
    /// With the components of a play.
    pub(super) fn of(staging: &Staging) -> Self {
        let of_the_play = Side::new(staging.targets(), Decisions::Pending);
        let mut targets = of_the_play.targets();
        let next = components::read("examples/open-a-field/policy.wasm");
        targets.retain(|target| !target.name.ends_with(".grant.json"));
        targets.retain(|target| target.name != ARBETSMARKNAD);
        targets.push(DemoTarget::new(ARBETSMARKNAD, next));
        targets.extend(grants::for_targets(&targets).unwrap());
        for target in targets.iter_mut().filter(|target| OTHER_ADAPTERS.contains(&target.name.as_str())) {
            target.bytes = components::marked(&target.bytes, "the other edition");
        }
        Self([of_the_play, Side::new(targets, Decisions::Open)])
    }

    /// The one that a swap leads to.
    pub(super) fn side(&self, swap: usize) -> &Side {
        &self.0[swap % 2]
    }
}

impl Side {
    fn new(targets: Vec<DemoTarget>, decisions: Decisions) -> Self {
        Self { targets: targets.into_iter().map(|target| (target.name.clone(), target)).collect(), decisions }
    }

    /// Every file of it.
    pub(super) fn targets(&self) -> Vec<DemoTarget> {
        self.targets.values().cloned().collect()
    }

    /// The digest of a role's policy.
    pub(super) fn policy(&self, role: &str) -> String {
        self.digest(&format!("policies/{role}/policy.wasm"))
    }

    /// The digest of an agency's adapter.
    pub(super) fn adapter(&self, agency: &str) -> String {
        self.digest(&format!("adapters/{}/adapter.wasm", agency.to_lowercase()))
    }

    /// The digest of what an agency grants a role.
    pub(super) fn grant(&self, agency: &str, role: &str) -> String {
        self.digest(&format!("adapters/{}/{role}.grant.json", agency.to_lowercase()))
    }

    fn digest(&self, target: &str) -> String {
        Sha256Digest::of(&self.targets[target].bytes).to_string()
    }
}

impl Decisions {
    /// What Arbetsförmedlingen's part shows of them.
    ///
    /// # Errors
    ///
    /// Where it shows what no policy would have.
    pub(super) fn read(part: &Value) -> Result<Self, String> {
        let is_shown = part["document"]["Svar"].get("BeslutInfo").is_some();
        let withheld = part["withheld"].as_array().map(Vec::as_slice).unwrap_or_default();
        let told = withheld.iter().find(|withheld| withheld["element"] == "Svar/BeslutInfo");
        match (is_shown, told) {
            (true, None) => Ok(Self::Open),
            (false, Some(told)) if told["reason"] == "basis-pending" && told["basis"] == "ssbtx-arbetsmarknad" => {
                Ok(Self::Pending)
            }
            _ => Err(format!("of decisions, what neither policy shows: {part}")),
        }
    }
}

/// The role whose policy is swapped.
pub(super) const ROLE: &str = "arbetsmarknad";
const OTHER_ADAPTERS: [&str; 2] = ["adapters/miv/adapter.wasm", "adapters/so/adapter.wasm"];
const ARBETSMARKNAD: &str = "policies/arbetsmarknad/policy.wasm";

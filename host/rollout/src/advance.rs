//! What is withheld in advance of the set that withholds it.
//!
//! One person of governance may withhold at once, and nothing that comes in the same set may hold that up: not an adapter that is broken, nor a policy
//! that opens too much. So what a verified set withholds is withheld from the active edition before the set is examined, and stays so if it is refused.

mod file;

use std::collections::BTreeSet;

use ssbtx_broker::Withholding;
use ssbtx_core::TighteningId;
use ssbtx_trust::TrustedSet;
use tracing::error;

use crate::beginning::chain;
use crate::examine::Examined;

pub(crate) use file::{AdvanceFile, Remembered};

/// What a verified set withholds, whatever becomes of its other contents.
#[derive(Debug, Clone)]
pub(crate) struct Withheld {
    pub(crate) trust_version: u64,
    pub(crate) withholding: Withholding,
}

/// What an edition withholds beyond the set that it was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Advance {
    /// The version of the newest set that it comes from.
    pub(crate) trust_version: u64,
    /// The entries.
    pub(crate) entries: BTreeSet<TighteningId>,
}

impl Withheld {
    pub(crate) fn of(trusted: &TrustedSet) -> Self {
        Self { trust_version: trusted.version(), withholding: Withholding::of(trusted) }
    }

    /// What is answered with, and beside that withholds what this does; nothing where it does so already.
    pub(crate) fn ahead_of(&self, active: &Examined) -> Option<Examined> {
        if active.edition().withholding().covers(&self.withholding) {
            return None;
        }
        active
            .withholding_also(self)
            .inspect_err(|failed| {
                error!(
                    trust_version = self.trust_version,
                    reason = chain(failed),
                    "tightening of a set that is not active cannot be applied"
                );
            })
            .ok()
    }

    /// Which of the entries are in force in an edition only by what it withholds in advance.
    pub(crate) fn applied_in(&self, active: &Examined) -> Vec<TighteningId> {
        let ids = self.withholding.in_force().map(|entry| &entry.id);
        ids.filter(|id| active.advance().is_some_and(|advance| advance.entries.contains(*id))).cloned().collect()
    }
}

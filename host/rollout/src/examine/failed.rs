//! Why a trusted set does not become what the host answers with.

use std::fmt;

use ssbtx_broker::EditionFault;
use ssbtx_core::{InvalidName, Role};
use ssbtx_review::Ungranted;
use ssbtx_self_test::{InvalidCases, SelfTestFailed};

use crate::stage::Stage;

/// Why a trusted set does not become what the host answers with.
#[derive(Debug, thiserror::Error)]
pub enum ExamineFailed {
    /// Its components make no edition.
    #[error(transparent)]
    Edition(#[from] EditionFault),
    /// The cases that a component carries cannot be read.
    #[error("cases of `{target}` cannot be read")]
    Cases {
        /// The component's target name.
        target: String,
        /// Why.
        source: Box<InvalidCases>,
    },
    /// A component does not do what its own cases say.
    #[error("`{target}` does not pass its own cases")]
    SelfTest {
        /// The component's target name.
        target: String,
        /// Which case, and what was found.
        source: Box<SelfTestFailed>,
    },
    /// A policy opens what an agency has not granted.
    #[error(transparent)]
    BeyondGrants(BeyondGrants),
    /// The host's purpose is no name: a fault of this program.
    #[error(transparent)]
    Purpose(#[from] InvalidName),
}

impl ExamineFailed {
    /// The stage that the set did not reach.
    pub fn stage(&self) -> Stage {
        match self {
            Self::Edition(_) => Stage::Admitted,
            Self::Cases { .. } | Self::SelfTest { .. } | Self::BeyondGrants(_) | Self::Purpose(_) => Stage::Tested,
        }
    }
}

/// A policy that opens what an agency has not granted: the agency's veto.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BeyondGrants {
    /// The policy's role.
    pub role: Role,
    /// What it opens beyond the grants; at least one.
    pub ungranted: Vec<Ungranted>,
}

impl BeyondGrants {
    pub(super) fn new(role: Role, ungranted: Vec<Ungranted>) -> Self {
        Self { role, ungranted }
    }
}

impl std::error::Error for BeyondGrants {}

/// The role, how much, and the first few.
impl fmt::Display for BeyondGrants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (role, count) = (&self.role, self.ungranted.len());
        write!(f, "policy of role `{role}` opens {count} elements that agencies have not granted: ")?;
        for (number, ungranted) in self.ungranted.iter().take(SHOWN).enumerate() {
            write!(f, "{}{ungranted}", if number == 0 { "" } else { "; " })?;
        }
        if count > SHOWN { write!(f, "; and {} more", count - SHOWN) } else { Ok(()) }
    }
}

/// Enough to see what it is about; the review lists all.
const SHOWN: usize = 3;

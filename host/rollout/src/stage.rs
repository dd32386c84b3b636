//! How far a set has come on its way into the host.

use std::fmt;

use serde::{Serialize, Serializer};

/// The stages of a set on its way into the host, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// The source has told which set is the current one.
    Fetched,
    /// All of it was read, and is signed as it must be.
    Verified,
    /// Its components may run, and the host is configured for them.
    Admitted,
    /// Its components pass their own cases, and no policy opens more than the agencies have granted.
    Tested,
    /// It is on the disk as the last good copy.
    Kept,
    /// Questions are answered with it.
    Active,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 6] = [Self::Fetched, Self::Verified, Self::Admitted, Self::Tested, Self::Kept, Self::Active];

    /// The stable name, as status, metrics and logs show it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Fetched => "fetched",
            Self::Verified => "verified",
            Self::Admitted => "admitted",
            Self::Tested => "tested",
            Self::Kept => "kept",
            Self::Active => "active",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

impl Serialize for Stage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.label())
    }
}

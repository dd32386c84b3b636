//! The roles of a repository, as they are named here.

use std::fmt;
use std::str::FromStr;

use ssbtx_trust::Delegation;
use tough::schema::RoleType;

/// A role that persons sign for, with keys that are off-line.
///
/// # Shape
///
/// `root`, `targets`, or the name of a delegation: `governance`, `tightening`, `shadow`, or an agency such as `af`.
///
/// # Errors
///
/// Parsing gives [`UnknownRole`] for anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfflineRole {
    /// Says who may sign for the repository's own roles.
    Root,
    /// Says who governance and the agencies are.
    Targets,
    /// Lists components and grants.
    Delegated(Delegation),
}

/// A role of the repository itself, whose keys root lists.
///
/// # Shape
///
/// `root`, `targets`, `snapshot` or `timestamp`.
///
/// # Errors
///
/// Parsing gives [`UnknownRole`] for anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwnRole {
    /// Says who may sign for the repository's own roles.
    Root,
    /// Says who governance and the agencies are.
    Targets,
    /// Says what belongs together.
    Snapshot,
    /// Says what is current.
    Timestamp,
}

/// A text that names no such role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it names no role of the repository")]
pub struct UnknownRole;

impl OfflineRole {
    /// The name of its metadata file, without version and ending.
    pub fn name(self) -> String {
        self.to_string()
    }
}

impl From<Delegation> for OfflineRole {
    fn from(delegation: Delegation) -> Self {
        Self::Delegated(delegation)
    }
}

impl FromStr for OfflineRole {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "root" => Ok(Self::Root),
            "targets" => Ok(Self::Targets),
            other => other.parse().map(Self::Delegated).map_err(|_| UnknownRole),
        }
    }
}

impl fmt::Display for OfflineRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => f.write_str("root"),
            Self::Targets => f.write_str("targets"),
            Self::Delegated(delegation) => delegation.fmt(f),
        }
    }
}

impl OwnRole {
    pub(crate) fn kind(self) -> RoleType {
        match self {
            Self::Root => RoleType::Root,
            Self::Targets => RoleType::Targets,
            Self::Snapshot => RoleType::Snapshot,
            Self::Timestamp => RoleType::Timestamp,
        }
    }

    /// Whether persons sign for it, and not a machine.
    pub fn is_of_persons(self) -> bool {
        matches!(self, Self::Root | Self::Targets)
    }
}

impl FromStr for OwnRole {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "root" => Ok(Self::Root),
            "targets" => Ok(Self::Targets),
            "snapshot" => Ok(Self::Snapshot),
            "timestamp" => Ok(Self::Timestamp),
            _ => Err(UnknownRole),
        }
    }
}

impl fmt::Display for OwnRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Root => "root",
            Self::Targets => "targets",
            Self::Snapshot => "snapshot",
            Self::Timestamp => "timestamp",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_read_back_as_it_was_written() {
        for text in ["root", "targets", "governance", "af"] {
            assert_eq!(text.parse::<OfflineRole>().unwrap().to_string(), text);
        }
        for text in ["root", "targets", "snapshot", "timestamp"] {
            assert_eq!(text.parse::<OwnRole>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn err_role() {
        for text in ["", "snapshot", "timestamp", "../af", "AF"] {
            assert_eq!(text.parse::<OfflineRole>(), Err(UnknownRole), "{text}");
        }
        assert_eq!("governance".parse::<OwnRole>(), Err(UnknownRole));
    }
}

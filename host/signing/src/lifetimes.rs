//! How long metadata is valid.

use std::fmt;
use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};

use crate::role::{OfflineRole, OwnRole};

/// For how long metadata is valid from the day when it is made.
///
/// # Units
///
/// Days. Smallest 1, largest 3650. A longer life means less often a signing, and longer to replay old metadata to a host that has not seen
/// the new.
///
/// # Errors
///
/// Parsing and [`Lifetime::of_days`] give [`InvalidLifetime`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lifetime(u16);

/// A number of days that no metadata lives.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("lifetime is `{found}` days, expected a number from 1 to 3650")]
pub struct InvalidLifetime {
    found: String,
}

/// The lifetimes of all roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetimes {
    /// Of root: default 365 days, so that its officers meet once a year.
    pub root: Lifetime,
    /// Of targets: default 365 days, as root.
    pub targets: Lifetime,
    /// Of every delegation: default 180 days.
    pub delegations: Lifetime,
    /// Of snapshot: default 7 days, since its key is on-line and an older set can be served for that long.
    pub snapshot: Lifetime,
    /// Of timestamp: default 1 day, since it is what tells a host that nothing is held back.
    pub timestamp: Lifetime,
}

impl Lifetime {
    /// So many days.
    ///
    /// # Errors
    ///
    /// [`InvalidLifetime`] unless there are 1 to 3650.
    pub fn of_days(days: u16) -> Result<Self, InvalidLifetime> {
        if !(1..=MAX_DAYS).contains(&days) {
            return Err(InvalidLifetime { found: days.to_string() });
        }
        Ok(Self(days))
    }

    /// How many days.
    pub fn days(self) -> u16 {
        self.0
    }

    /// When metadata made at this time expires, in whole seconds: the format has no fractions.
    pub(crate) fn from(self, now: Timestamp) -> Timestamp {
        let whole = Timestamp::from_second(now.as_second()).unwrap_or(now);
        whole.checked_add(SignedDuration::from_hours(24 * i64::from(self.0))).unwrap_or(Timestamp::MAX)
    }
}

impl FromStr for Lifetime {
    type Err = InvalidLifetime;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let days = text.parse().map_err(|_| InvalidLifetime { found: text.to_owned() })?;
        Self::of_days(days)
    }
}

impl fmt::Display for Lifetime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Lifetimes {
    /// Of a role that persons sign for.
    pub fn of(&self, role: OfflineRole) -> Lifetime {
        match role {
            OfflineRole::Root => self.root,
            OfflineRole::Targets => self.targets,
            OfflineRole::Delegated(_) => self.delegations,
        }
    }

    /// Of a role of the repository itself.
    pub fn of_own(&self, role: OwnRole) -> Lifetime {
        match role {
            OwnRole::Root => self.root,
            OwnRole::Targets => self.targets,
            OwnRole::Snapshot => self.snapshot,
            OwnRole::Timestamp => self.timestamp,
        }
    }
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            root: Lifetime(365),
            targets: Lifetime(365),
            delegations: Lifetime(180),
            snapshot: Lifetime(7),
            timestamp: Lifetime(1),
        }
    }
}

const MAX_DAYS: u16 = 3650;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_expires_after_whole_days_in_whole_seconds() {
        let now: Timestamp = "2026-11-22T04:00:00.75Z".parse().unwrap();
        assert_eq!(Lifetime(7).from(now), "2026-11-29T04:00:00Z".parse().unwrap());
    }

    #[test]
    fn err_lifetime() {
        for text in ["0", "3651", "-1", "soon", ""] {
            assert!(text.parse::<Lifetime>().is_err(), "{text}");
        }
        assert_eq!("3650".parse(), Lifetime::of_days(3650));
        insta::assert_snapshot!("0".parse::<Lifetime>().unwrap_err(), @"lifetime is `0` days, expected a number from 1 to 3650");
    }
}

//! What the last good copy has to say.

use jiff::{SignedDuration, Timestamp};
use ssbtx_core::TighteningId;

/// How a repository goes against the last good copy, or why that copy itself cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeptFault {
    /// The copy's roots do not descend from the configured one: it is of another repository, or the configured root is not the right one.
    #[error("root {kept} of the last good copy does not descend from the trusted root, which is root {trusted}")]
    ForeignRoot {
        /// The version of the newest root in the copy.
        kept: u64,
        /// The version of the trusted root.
        trusted: u64,
    },
    /// A role went back.
    #[error("version of role `{role}` is {found}, expected at least {kept} as in the last good copy")]
    Older {
        /// The role.
        role: String,
        /// In the repository.
        found: u64,
        /// In the copy.
        kept: u64,
    },
    /// A role has other content under the same version, so that two sets would have one name.
    #[error("version {version} of role `{role}` is not the one in the last good copy")]
    Forked {
        /// The role.
        role: String,
        /// The version of both.
        version: u64,
    },
    /// Something that was withheld no longer is, or less of it, though nobody lifted it.
    #[error("tightening `{id}` is gone or changed, expected that it stands or that governance has lifted it")]
    Loosened {
        /// The entry that was seen before.
        id: TighteningId,
    },
    /// The clock stands before the time of the last good load.
    #[error("clock says {now}, expected a time after {seen}, when the last good copy was loaded")]
    ClockWentBack {
        /// The time that it is said to be.
        now: Timestamp,
        /// When the copy was loaded.
        seen: Timestamp,
    },
    /// The copy has expired, and so has its grace.
    #[error("metadata of role `{role}` in the last good copy expired at {at}, and its grace of {grace:#} is over")]
    OutOfGrace {
        /// The first role that expired.
        role: String,
        /// When.
        at: Timestamp,
        /// How long it may be used after that.
        grace: SignedDuration,
    },
    /// The copy is not as this host wrote it.
    #[error("`{file}` of the last good copy cannot be read")]
    Damaged {
        /// The file, relative to the copy.
        file: String,
    },
}

#[cfg(test)]
mod tests {
    use super::super::tests::lines;
    use super::*;

    #[test]
    fn err_kept_fault() {
        let role = || "governance".to_owned();
        let at = Timestamp::UNIX_EPOCH;
        let faults = [
            KeptFault::ForeignRoot { kept: 3, trusted: 1 },
            KeptFault::Older { role: role(), found: 1, kept: 2 },
            KeptFault::Forked { role: role(), version: 2 },
            KeptFault::Loosened { id: "2026-11-22-af".parse().unwrap() },
            KeptFault::ClockWentBack { now: at, seen: at },
            KeptFault::OutOfGrace { role: role(), at, grace: SignedDuration::from_hours(72) },
            KeptFault::Damaged { file: "metadata/timestamp.json".to_owned() },
        ];
        insta::assert_snapshot!(lines(&faults), @r"
        root 3 of the last good copy does not descend from the trusted root, which is root 1
        version of role `governance` is 1, expected at least 2 as in the last good copy
        version 2 of role `governance` is not the one in the last good copy
        tightening `2026-11-22-af` is gone or changed, expected that it stands or that governance has lifted it
        clock says 1970-01-01T00:00:00Z, expected a time after 1970-01-01T00:00:00Z, when the last good copy was loaded
        metadata of role `governance` in the last good copy expired at 1970-01-01T00:00:00Z, and its grace of 72h is over
        `metadata/timestamp.json` of the last good copy cannot be read
        ");
    }
}

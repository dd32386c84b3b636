//! Why a repository is not trusted.

mod content;
mod kept;
mod signature;
mod structure;

use std::io;

use jiff::Timestamp;

pub use content::ContentFault;
pub use kept::KeptFault;
pub use signature::SignatureFault;
pub use structure::{DelegationFault, StructureFault};

use crate::source::FetchFault;

/// Why a repository is not trusted. Nothing of it is used then.
#[derive(Debug, thiserror::Error)]
pub enum NotTrusted {
    /// A file is missing or cannot be read.
    #[error("cannot read `{file}` of the repository: {kind}")]
    Unreadable {
        /// The file, relative to the repository.
        file: String,
        /// What the system said.
        kind: io::ErrorKind,
    },
    /// A server did not give a file.
    #[error("cannot fetch `{file}` of the repository: {fault}")]
    NotFetched {
        /// The file, relative to the repository.
        file: String,
        /// Why not.
        fault: FetchFault,
    },
    /// There is more than the host's limits allow.
    #[error("`{what}` of the repository is over the host's limit, expected at most {limit}")]
    OverLimit {
        /// The file, or what is counted.
        what: String,
        /// The limit, in bytes for a file.
        limit: u64,
    },
    /// A metadata file is not in the format of TUF.
    #[error("`{file}` of the repository is no TUF metadata")]
    Malformed {
        /// The file, relative to the repository.
        file: String,
        /// Where and how it departs from the format.
        source: serde_json::Error,
    },
    /// A file is not the one that the signed metadata pins.
    #[error("`{file}` is not what was signed: {mismatch}")]
    Tampered {
        /// The file, relative to the repository, or the target's name.
        file: String,
        /// In what it differs.
        mismatch: Mismatch,
    },
    /// A role is not signed as it must be.
    #[error(transparent)]
    Signatures(#[from] SignatureFault),
    /// A role's metadata is out of date, so that someone may be holding newer metadata back.
    #[error("metadata of role `{role}` expired at {at}")]
    Expired {
        /// The role.
        role: String,
        /// When.
        at: Timestamp,
    },
    /// The repository is older than one that was seen before.
    #[error("repository is older than one seen before")]
    RolledBack {
        /// Which role went back, and from where to where.
        source: Box<tough::error::Error>,
    },
    /// The repository is properly signed, but not in the way that this host demands.
    #[error(transparent)]
    Structure(#[from] StructureFault),
    /// A file is properly signed, but does not say what its signer may say.
    #[error(transparent)]
    Content(#[from] ContentFault),
    /// The repository goes against the last good copy, or that copy cannot be used.
    #[error(transparent)]
    Kept(#[from] KeptFault),
    /// There is no last good copy to come back on: no set was ever taken into use.
    #[error("there is no last good copy")]
    NothingKept,
    /// Any other refusal of the framework.
    #[error("repository cannot be verified")]
    Unverified {
        /// The framework's own words.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// In what a file differs from the signed one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// Other bytes.
    #[error("digest is `{found}`, expected `{expected}`")]
    Digest {
        /// Of the bytes in the file, in hexadecimal digits.
        found: String,
        /// In the signed metadata.
        expected: String,
    },
    /// More bytes.
    #[error("it is longer than the expected {expected} bytes")]
    Longer {
        /// In the signed metadata, in bytes.
        expected: u64,
    },
    /// Fewer bytes.
    #[error("length is {found} bytes, expected {expected}")]
    Length {
        /// Of the file.
        found: u64,
        /// In the signed metadata.
        expected: u64,
    },
    /// Another version.
    #[error("version is {found}, expected {expected}")]
    Version {
        /// In the file.
        found: u64,
        /// In the metadata that pins it.
        expected: u64,
    },
    /// Listed, but not where it is looked for.
    #[error("it cannot be found under its own name")]
    NotListed,
}

impl Mismatch {
    pub(crate) fn of(self, file: String) -> NotTrusted {
        NotTrusted::Tampered { file, mismatch: self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role() -> String {
        "governance".to_owned()
    }

    fn file() -> String {
        "metadata/1.af.json".to_owned()
    }

    #[test]
    fn err_not_trusted() {
        let malformed = || serde_json::from_str::<()>("{").unwrap_err();
        let refusals = [
            NotTrusted::Unreadable { file: file(), kind: io::ErrorKind::NotFound },
            NotTrusted::NotFetched { file: file(), fault: FetchFault::Status(500) },
            NotTrusted::OverLimit { what: file(), limit: 1024 },
            NotTrusted::Malformed { file: file(), source: malformed() },
            Mismatch::Digest { found: "ab12".to_owned(), expected: "cd34".to_owned() }.of(file()),
            Mismatch::Longer { expected: 10 }.of(file()),
            Mismatch::Length { found: 9, expected: 10 }.of(file()),
            Mismatch::Version { found: 1, expected: 2 }.of(file()),
            Mismatch::NotListed.of(file()),
            NotTrusted::Expired { role: role(), at: Timestamp::UNIX_EPOCH },
            NotTrusted::RolledBack { source: Box::new(tough::error::Error::NoTargets) },
            NotTrusted::NothingKept,
            NotTrusted::Unverified { source: Box::new(malformed()) },
        ];
        insta::assert_snapshot!(lines(&refusals), @r"
        cannot read `metadata/1.af.json` of the repository: entity not found
        cannot fetch `metadata/1.af.json` of the repository: status is `500`, expected `200`
        `metadata/1.af.json` of the repository is over the host's limit, expected at most 1024
        `metadata/1.af.json` of the repository is no TUF metadata
        `metadata/1.af.json` is not what was signed: digest is `ab12`, expected `cd34`
        `metadata/1.af.json` is not what was signed: it is longer than the expected 10 bytes
        `metadata/1.af.json` is not what was signed: length is 9 bytes, expected 10
        `metadata/1.af.json` is not what was signed: version is 1, expected 2
        `metadata/1.af.json` is not what was signed: it cannot be found under its own name
        metadata of role `governance` expired at 1970-01-01T00:00:00Z
        repository is older than one seen before
        there is no last good copy
        repository cannot be verified
        ");
    }

    pub(super) fn lines(errors: &[impl std::error::Error]) -> String {
        errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }
}

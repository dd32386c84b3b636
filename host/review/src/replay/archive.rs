//! Where what a record names is found again, by digest.

use std::sync::Arc;

use ssbtx_core::{AgencyId, Grant, Lifted, Restrictions, Sha256Digest, Tightening};
use ssbtx_runtime::Candidate;

use super::recorded::Recorded;

/// Where bytes are found by their digest: a repository keeps the files of earlier versions.
pub trait Archive {
    /// The bytes with this digest; none where they are not there.
    fn bytes(&self, digest: Sha256Digest) -> Option<Vec<u8>>;
}

/// Why a decision cannot be made again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Gap {
    /// What the record names is not in the archive.
    #[error("{what} `{digest}` is not in the repository")]
    Missing {
        /// What it is: `policy`, `adapter`, `grant`, `tightening` or `lifted`.
        what: &'static str,
        /// Its digest.
        digest: Sha256Digest,
    },
    /// What is in the archive is not what it must be.
    #[error("{what} `{digest}` is not one")]
    Unreadable {
        /// What it should be.
        what: &'static str,
        /// Its digest.
        digest: Sha256Digest,
    },
    /// The component is not admitted by this version of the host.
    #[error("component `{0}` is not admitted")]
    NotAdmitted(Sha256Digest),
    /// The policy gave no verdicts.
    #[error("policy `{0}` does not decide")]
    Undecided(Sha256Digest),
    /// The record names no adapter of a base service about which something was decided.
    #[error("record names no adapter of `{0}`")]
    NoAdapter(AgencyId),
}

/// A component with this digest and no other.
pub(super) fn component(archive: &impl Archive, digest: Sha256Digest, what: &'static str) -> Result<Candidate, Gap> {
    bytes(archive, digest, what).map(Candidate::new)
}

/// The grants and the tightening under which a record's question was decided.
pub(super) fn restrictions(archive: &impl Archive, record: &Recorded) -> Result<Restrictions, Gap> {
    let mut grants = Vec::new();
    for digest in record.grants.values() {
        grants.push(Arc::new(parsed(archive, *digest, "grant", Grant::parse)?));
    }
    let tightening = match record.tightening {
        Some(digest) => parsed(archive, digest, "tightening", Tightening::parse)?,
        None => Tightening::default(),
    };
    let lifted = match record.lifted {
        Some(digest) => parsed(archive, digest, "lifted", Lifted::parse)?,
        None => Lifted::default(),
    };
    Ok(Restrictions::new(grants, &tightening, &lifted))
}

fn parsed<T, E>(
    archive: &impl Archive,
    digest: Sha256Digest,
    what: &'static str,
    parse: impl FnOnce(&[u8]) -> Result<T, E>,
) -> Result<T, Gap> {
    parse(&bytes(archive, digest, what)?).map_err(|_| Gap::Unreadable { what, digest })
}

/// The bytes, if they have the digest under which they are kept.
fn bytes(archive: &impl Archive, digest: Sha256Digest, what: &'static str) -> Result<Vec<u8>, Gap> {
    let bytes = archive.bytes(digest).ok_or(Gap::Missing { what, digest })?;
    if Sha256Digest::of(&bytes) == digest { Ok(bytes) } else { Err(Gap::Unreadable { what, digest }) }
}

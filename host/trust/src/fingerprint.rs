//! Whether anything has changed.

use ssbtx_core::Sha256Digest;

use crate::not_trusted::NotTrusted;
use crate::settings::RepositorySettings;
use crate::shelf::TIMESTAMP;

/// The digest of the source's `timestamp.json`, read without verifying it.
///
/// Whoever publishes signs the timestamp last, so another digest says that a load may find something new, and an equal one that it will not; a
/// new root alone is noticed with the next timestamp. It says nothing about trust: compare it with [`TrustedSet::fingerprint`] and no more.
///
/// [`TrustedSet::fingerprint`]: crate::TrustedSet::fingerprint
///
/// # Errors
///
/// [`NotTrusted::Unreadable`], [`NotTrusted::NotFetched`] or [`NotTrusted::OverLimit`].
///
/// # Cancel safety
///
/// Safe: nothing is changed.
pub async fn fingerprint(settings: &RepositorySettings) -> Result<Sha256Digest, NotTrusted> {
    let read = settings.source.read(TIMESTAMP, settings.limits.max_metadata_bytes).await;
    read.map(|bytes| Sha256Digest::of(&bytes)).map_err(|fault| fault.of(TIMESTAMP.to_owned()))
}

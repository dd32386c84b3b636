//! The door between outside bytes and trusted ones.

use std::ops::Deref;

use bytes::Bytes;
use futures::TryStreamExt;
use ssbtx_core::Sha256Digest;
use tough::Repository;

use crate::component::Component;
use crate::grant_file::GrantFile;
use crate::lifted_file::LiftedFile;
use crate::not_trusted::{ContentFault, Mismatch, NotTrusted};
use crate::rules::Listing;
use crate::target::TargetKind;
use crate::tightening_file::TighteningFile;

/// A value that was verified.
///
/// It is made here and nowhere else, so holding one is the proof.
#[derive(Debug, Clone)]
pub struct Verified<T>(T);

/// A listed file that was verified, as what its name says that it is.
pub(crate) enum VerifiedTarget {
    Component(Verified<Component>),
    Grant(Verified<GrantFile>),
    Tightening(Verified<TighteningFile>),
    Lifted(Verified<LiftedFile>),
}

impl VerifiedTarget {
    /// Reads a listed file to its end and takes it if it is, byte for byte, the one that was signed, and says what it may say.
    ///
    /// From here on only the bytes in memory are used; the file is not opened again.
    pub(crate) async fn read(repository: &Repository, listing: Listing) -> Result<Self, ReadFailure> {
        let bytes = signed_bytes(repository, &listing).await?;
        let digest = listing.digest();
        Ok(match listing.name().kind() {
            TargetKind::Component(kind) => Self::Component(Verified(Component::new(kind.clone(), digest, bytes))),
            TargetKind::Grant { agency, role } => {
                Self::Grant(Verified(GrantFile::parse(*agency, role, digest, &bytes)?))
            }
            TargetKind::Tightening => Self::Tightening(Verified(TighteningFile::parse(digest, &bytes)?)),
            TargetKind::Lifted => Self::Lifted(Verified(LiftedFile::parse(digest, &bytes)?)),
        })
    }
}

/// The bytes of a listed file, whose length and digest are those that its own delegation signed.
async fn signed_bytes(repository: &Repository, listing: &Listing) -> Result<Bytes, ReadFailure> {
    let refused = |mismatch: Mismatch| ReadFailure::Refused(mismatch.of(listing.name().to_string()));
    let name = tough::TargetName::new(listing.name().to_string())?;
    let Some(stream) = repository.read_target(&name).await? else {
        return Err(refused(Mismatch::NotListed));
    };
    let pieces: Vec<Bytes> = stream.try_collect().await?;
    // What came in one piece, as the shelf gives it, is shared with the last good copy and not copied.
    let bytes = match pieces.as_slice() {
        [whole] => whole.clone(),
        pieces => pieces.concat().into(),
    };
    // Checked as it was read; checked again, because what is used is what is in memory, signed by the delegation that may sign it.
    let (found, expected) = (bytes.len() as u64, listing.length());
    if found != expected {
        return Err(refused(Mismatch::Length { found, expected }));
    }
    let (found, expected) = (Sha256Digest::of(&bytes), listing.digest());
    if found != expected {
        return Err(refused(Mismatch::Digest { found: found.to_string(), expected: expected.to_string() }));
    }
    Ok(bytes)
}

impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> AsRef<T> for Verified<T> {
    fn as_ref(&self) -> &T {
        &self.0
    }
}

/// Why a file could not be read: in our words, or in those of `tough`, still to be diagnosed.
pub(crate) enum ReadFailure {
    Refused(NotTrusted),
    Tough(Box<tough::error::Error>),
}

impl From<tough::error::Error> for ReadFailure {
    fn from(error: tough::error::Error) -> Self {
        Self::Tough(Box::new(error))
    }
}

impl From<ContentFault> for ReadFailure {
    fn from(fault: ContentFault) -> Self {
        Self::Refused(fault.into())
    }
}

//! The door between outside bytes and trusted ones.

use std::ops::Deref;

use tough::{IntoVec, Repository};

use crate::component::Component;
use crate::not_trusted::{Mismatch, NotTrusted};
use crate::rules::Listing;

/// A value that was verified.
///
/// It is made here and nowhere else, so holding one is the proof.
#[derive(Debug, Clone)]
pub struct Verified<T>(T);

impl Verified<Component> {
    /// Reads a listed component to its end and takes it if it is, byte for byte, the one that was signed.
    ///
    /// From here on only the bytes in memory are used; the file is not opened again.
    pub(crate) async fn read(repository: &Repository, listing: Listing) -> Result<Self, ReadFailure> {
        let name = tough::TargetName::new(listing.name().to_string())?;
        let Some(stream) = repository.read_target(&name).await? else {
            return Err(ReadFailure::Refused(Mismatch::NotListed.of(listing.name().to_string())));
        };
        let bytes = stream.into_vec().await?;
        // Checked as it was read; checked again, because what runs is what is in memory, signed by the delegation that may sign it.
        if bytes.len() as u64 != listing.length() {
            let mismatch = Mismatch::Length { found: bytes.len() as u64, expected: listing.length() };
            return Err(ReadFailure::Refused(mismatch.of(listing.name().to_string())));
        }
        let expected = listing.digest();
        let component = Component::new(listing.into_name(), bytes);
        if component.digest() != expected {
            let mismatch = Mismatch::Digest { found: component.digest().to_string(), expected: expected.to_string() };
            return Err(ReadFailure::Refused(mismatch.of(component.target().to_string())));
        }
        Ok(Self(component))
    }
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

/// Why a component could not be read: in our words, or in those of `tough`, still to be diagnosed.
pub(crate) enum ReadFailure {
    Refused(NotTrusted),
    Tough(Box<tough::error::Error>),
}

impl From<tough::error::Error> for ReadFailure {
    fn from(error: tough::error::Error) -> Self {
        Self::Tough(Box::new(error))
    }
}

//! What is withheld at once, as its target holds it.

use std::sync::Arc;

use ssbtx_core::{Sha256Digest, Tightening};

use crate::not_trusted::ContentFault;

/// What one person of governance withheld, as that person signed it.
///
/// Outside this crate there is only [`Verified<TighteningFile>`](crate::Verified). Cloning is cheap: the list is shared.
#[derive(Debug, Clone)]
pub struct TighteningFile {
    digest: Sha256Digest,
    list: Arc<Tightening>,
}

impl TighteningFile {
    pub(crate) fn parse(digest: Sha256Digest, bytes: &[u8]) -> Result<Self, ContentFault> {
        let list = Tightening::parse(bytes).map_err(|source| ContentFault::Tightening { source: Box::new(source) })?;
        Ok(Self { digest, list: Arc::new(list) })
    }

    /// The digest of the file.
    pub fn digest(&self) -> Sha256Digest {
        self.digest
    }

    /// What is withheld, whether or not it was lifted since.
    pub fn list(&self) -> &Tightening {
        &self.list
    }
}

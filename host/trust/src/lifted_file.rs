//! Which tightenings are lifted, as its target holds it.

use std::sync::Arc;

use ssbtx_core::{Lifted, Sha256Digest};

use crate::not_trusted::ContentFault;

/// Which tightenings governance lifted, as its persons signed it together.
///
/// Outside this crate there is only [`Verified<LiftedFile>`](crate::Verified). Cloning is cheap: the list is shared.
#[derive(Debug, Clone)]
pub struct LiftedFile {
    digest: Sha256Digest,
    list: Arc<Lifted>,
}

impl LiftedFile {
    pub(crate) fn parse(digest: Sha256Digest, bytes: &[u8]) -> Result<Self, ContentFault> {
        let list = Lifted::parse(bytes).map_err(|source| ContentFault::Lifted { source: Box::new(source) })?;
        Ok(Self { digest, list: Arc::new(list) })
    }

    /// The digest of the file.
    pub fn digest(&self) -> Sha256Digest {
        self.digest
    }

    /// Which tightenings are lifted, by their ids.
    pub fn list(&self) -> &Lifted {
        &self.list
    }
}

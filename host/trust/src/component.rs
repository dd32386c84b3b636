//! A component as its target holds it.

use std::fmt;

use bytes::Bytes;
use ssbtx_core::Sha256Digest;

use crate::target::{ComponentKind, TargetName};

/// The bytes of a component with the name that they are signed under.
///
/// Outside this crate there is only [`Verified<Component>`](crate::Verified). Cloning is cheap: the bytes are shared.
#[derive(Clone)]
pub struct Component {
    target: TargetName,
    kind: ComponentKind,
    digest: Sha256Digest,
    bytes: Bytes,
}

impl Component {
    /// Names bytes that were read, with their digest.
    pub(crate) fn new(kind: ComponentKind, digest: Sha256Digest, bytes: Bytes) -> Self {
        Self { target: kind.clone().into(), kind, digest, bytes }
    }

    /// The name in the repository.
    pub fn target(&self) -> &TargetName {
        &self.target
    }

    /// What it is and whom it speaks or decides for, from its name.
    pub fn kind(&self) -> &ComponentKind {
        &self.kind
    }

    /// The digest of the bytes.
    pub fn digest(&self) -> Sha256Digest {
        self.digest
    }

    /// The component itself.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Debug for Component {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Component")
            .field("target", &self.target)
            .field("digest", &self.digest)
            .field("length", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

//! The sandbox for components that nobody has signed yet.

use std::fmt;
use std::sync::Arc;

use ssbtx_core::Sha256Digest;

use crate::adapter::Adapter;
use crate::admission::NotAdmitted;
use crate::field_filter::FieldFilter;
use crate::machine::{Machine, SandboxFault};
use crate::settings::SandboxSettings;

/// A component from outside, to be looked at before anybody signs it.
///
/// It is not a [`Verified`](ssbtx_trust::Verified) one and cannot become it. Cloning is cheap: the bytes are shared.
#[derive(Clone)]
pub struct Candidate {
    bytes: Arc<[u8]>,
    digest: Sha256Digest,
}

impl Candidate {
    /// Takes bytes as they are; their digest is taken here.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { digest: Sha256Digest::of(&bytes), bytes: bytes.into() }
    }

    /// The digest of the bytes: what those who sign will sign.
    pub fn digest(&self) -> Sha256Digest {
        self.digest
    }

    /// The component itself.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn shared_bytes(&self) -> Arc<[u8]> {
        Arc::clone(&self.bytes)
    }
}

impl fmt::Debug for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Candidate({}, {} bytes)", self.digest, self.bytes.len())
    }
}

/// Where tools look at candidates, under the same admission and the same limits as the [`Sandbox`](crate::Sandbox) of a host.
///
/// A host answers questions with nothing that comes from here: what it answers with is made of a verified set, which has no candidate.
#[derive(Clone)]
pub struct Workbench(Arc<Machine>);

impl Workbench {
    /// Builds the engine and starts the clock by which calls are interrupted.
    ///
    /// # Errors
    ///
    /// [`SandboxFault`] when the machine that it runs on cannot carry it.
    pub fn new(settings: SandboxSettings) -> Result<Self, SandboxFault> {
        Machine::new(settings).map(Arc::new).map(Self)
    }

    /// Checks, compiles and describes an adapter as a host would, for the agency that it says it speaks for.
    ///
    /// # Errors
    ///
    /// [`NotAdmitted`], which names what is wrong with it.
    pub async fn adapter(&self, candidate: &Candidate) -> Result<Adapter, NotAdmitted> {
        Adapter::examine(&self.0, candidate).await
    }

    /// Checks, compiles and describes a policy as a host would, for the role that it says it decides for.
    ///
    /// # Errors
    ///
    /// [`NotAdmitted`], which names what is wrong with it.
    pub async fn policy(&self, candidate: &Candidate) -> Result<FieldFilter, NotAdmitted> {
        FieldFilter::examine(&self.0, candidate).await
    }
}

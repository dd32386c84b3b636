//! Who asks, as the gateway has established it.

use ssbtx_core::{Front, Role};

/// The consumer behind a client certificate, and what it acts as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    /// The consumer's configured name: a municipality's nämnd and its system.
    pub consumer: String,
    /// The role that the certificate gives.
    pub role: Role,
    /// The front that the question came through.
    pub front: Front,
}

//! Who asks, as the gateway has established it.

use ssbtx_core::{Front, OpenCase, Relation, Role};
use uuid::Uuid;

/// The consumer behind a client certificate, and what it acts as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    /// The consumer's configured name: a municipality's nämnd and its system.
    pub consumer: String,
    /// The role that the certificate gives.
    pub role: Role,
    /// The front that the question came through.
    pub front: Front,
    /// How whom it asks about stands to the person of the case.
    pub relation: Relation,
    /// Whether the question is in an open case of the consumer's.
    pub open_case: OpenCase,
    /// What the questions about one household have in common; nothing where it is asked alone.
    pub household: Option<Uuid>,
}

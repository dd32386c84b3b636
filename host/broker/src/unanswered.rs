//! Why a question got no answer at all.

use ssbtx_audit::NotRecorded;
use ssbtx_core::Role;

use crate::serving::Closed;

/// Why a question got no answer at all.
#[derive(Debug, thiserror::Error)]
pub enum Unanswered {
    /// No question is answered at present.
    #[error(transparent)]
    Closed(#[from] Closed),
    /// No policy decides for the asker's role.
    #[error("no policy is loaded for role `{0}`")]
    RoleWithoutPolicy(Role),
    /// The record could not be written, so there is no answer.
    #[error("question was not recorded")]
    NotRecorded(#[source] NotRecorded),
    /// The host is stopping, or a fault of ours ended the question.
    #[error("question was broken off")]
    BrokenOff,
}

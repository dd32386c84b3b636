//! Why an attempt to answer with another set came to nothing.

use std::io;

use ssbtx_trust::NotTrusted;

use crate::examine::ExamineFailed;
use crate::reachable::MissingUpstreams;
use crate::stage::Stage;

/// Why an attempt to answer with another set came to nothing. The host goes on with the set that it has.
#[derive(Debug, thiserror::Error)]
pub enum AttemptFailed {
    /// The source did not tell which set is the current one.
    #[error("source cannot be reached")]
    NotFetched(#[source] NotTrusted),
    /// The set is not trusted.
    #[error(transparent)]
    NotTrusted(NotTrusted),
    /// The set may not become what the host answers with.
    #[error(transparent)]
    NotExamined(#[from] ExamineFailed),
    /// The host is not configured for it.
    #[error(transparent)]
    MissingUpstreams(#[from] MissingUpstreams),
    /// It could not be written down as the last good copy, so that a restart would forget it.
    #[error("last good copy cannot be written")]
    NotKept(#[source] io::Error),
    /// A fault of the host ended the attempt.
    #[error("a fault of the host ended the attempt on its way to `{0}`")]
    Panicked(Stage),
}

impl AttemptFailed {
    /// The stage that was not reached.
    pub fn stage(&self) -> Stage {
        match self {
            Self::NotFetched(_) => Stage::Fetched,
            Self::NotTrusted(_) => Stage::Verified,
            Self::NotExamined(failed) => failed.stage(),
            Self::MissingUpstreams(_) => Stage::Admitted,
            Self::NotKept(_) => Stage::Kept,
            Self::Panicked(stage) => *stage,
        }
    }
}

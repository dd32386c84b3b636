//! What is wrong with a log and its checkpoints.

use std::io;
use std::path::PathBuf;

use crate::chain::ChainBroken;

/// Why a log and its checkpoints do not agree.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointsBroken {
    /// The chain itself does not hold.
    #[error(transparent)]
    Chain(#[from] ChainBroken),
    /// The checkpoints cannot be read.
    #[error("`{path}` cannot be read")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is no checkpoint.
    #[error("{which} is no checkpoint")]
    Form {
        /// Which one.
        which: String,
    },
    /// A checkpoint was added, removed or moved.
    #[error("{which} is of `{found}` lines, expected more than the `{before}` of the one before")]
    Order {
        /// Which one.
        which: String,
        /// How many lines it says.
        found: u64,
        /// How many the one before it says.
        before: u64,
    },
    /// Nobody whose key was given signed it.
    #[error("{which} has no signature of a key that was given")]
    Signature {
        /// Which one.
        which: String,
    },
    /// Lines at the end were removed.
    #[error("log has `{found}` lines, {which} is of `{expected}`")]
    Truncated {
        /// Which one.
        which: String,
        /// How many lines there are.
        found: u64,
        /// How many there were.
        expected: u64,
    },
    /// The log was written anew, or it is another's.
    #[error("first `{size}` lines are not those that {which} was made of")]
    Rewritten {
        /// Which one.
        which: String,
        /// How many lines it is of.
        size: u64,
    },
}

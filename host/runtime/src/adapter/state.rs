//! What an adapter remembers between two of its calls.

use std::fmt;

/// An adapter's own bytes, kept by the host while replies are awaited, with the host's count of steps.
///
/// The count is the host's: an adapter cannot reach it and so cannot go on for ever. Its `Debug` shows neither.
pub struct CallState {
    bytes: Vec<u8>,
    steps: u8,
}

impl CallState {
    /// Keeps what an adapter wants to be given back after its `steps`-th step.
    pub(super) fn new(bytes: Vec<u8>, steps: u8) -> Self {
        Self { bytes, steps }
    }

    /// The adapter's own bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many steps the adapter has returned.
    pub(super) fn steps(&self) -> u8 {
        self.steps
    }
}

impl fmt::Debug for CallState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CallState(redacted)")
    }
}

//! A file that a key names, with what it held.

use std::path::PathBuf;

use zeroize::Zeroizing;

/// A file that was read. It may hold a key, so its bytes are overwritten when they are no longer needed.
pub struct Content {
    /// The file, from where the host stands.
    pub path: PathBuf,
    /// What it held.
    pub bytes: Zeroizing<Vec<u8>>,
}

//! What pages the host's memory is made of.

use std::io;

use rustix::thread::disable_transparent_huge_pages;
use tracing::warn;

/// Whether the system gives this process pages of the ordinary size alone.
#[must_use = "whoever watches the host's memory must be told where it may grow"]
pub struct OrdinaryPages(io::Result<()>);

impl OrdinaryPages {
    /// Asks the system not to make pages of 2 MiB of the process's memory, whatever the allocator or the machine's own setting wants.
    ///
    /// With them the host holds twice the memory and answers no faster (ADR 0033). To be called before anything large is held.
    pub fn ask() -> Self {
        Self(disable_transparent_huge_pages(true).map_err(io::Error::from))
    }

    /// Tells the log where the system does not do it, once there is one. The host serves nevertheless: it only takes more memory.
    pub fn tell(self) {
        if let Err(error) = self.0 {
            warn!(%error, "pages of 2 MiB cannot be turned off: the host may take twice the memory");
        }
    }
}

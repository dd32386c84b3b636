//! Where a repository is read from.

mod directory;
mod fault;
mod https;

use std::fmt;
use std::path::PathBuf;

use bytes::Bytes;

pub use fault::FetchFault;
pub(crate) use fault::ReadFault;
pub use https::{HttpsLimits, HttpsSource, InvalidHttpsSource, InvalidRepositoryUrl, RepositoryUrl};

/// Where a repository is read from: `metadata/` and `targets/` lie directly below.
///
/// Neither kind is trusted: whoever can write to the folder, or answer for the server, can withhold a repository and nothing else. Both follow
/// the same rules: a file is read once, whole and with a limit, and a file that exists but cannot be read is an error and not an absence.
#[derive(Debug, Clone)]
pub enum Source {
    /// A folder on this machine.
    Directory(PathBuf),
    /// An HTTPS server. Cloning it is cheap: the connections are shared.
    Https(HttpsSource),
}

impl Source {
    /// Reads a file, named relative to the repository, of at most so many bytes.
    pub(crate) async fn read(&self, file: &str, limit: u64) -> Result<Bytes, ReadFault> {
        match self {
            Self::Directory(folder) => directory::read(folder, file, limit).await,
            Self::Https(server) => server.read(file, limit).await,
        }
    }
}

/// Shows the folder, or the URL.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directory(folder) => write!(f, "{}", folder.display()),
            Self::Https(server) => write!(f, "{}", server.url()),
        }
    }
}

impl From<PathBuf> for Source {
    fn from(folder: PathBuf) -> Self {
        Self::Directory(folder)
    }
}

impl From<HttpsSource> for Source {
    fn from(server: HttpsSource) -> Self {
        Self::Https(server)
    }
}

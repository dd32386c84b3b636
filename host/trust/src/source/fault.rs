//! Why a file was not read.

use std::io;

use crate::not_trusted::NotTrusted;

/// Why a file was not read. It is a cause, so it must tell without being taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ReadFault {
    #[error("{0}")]
    Io(io::ErrorKind),
    #[error("file is over the limit, expected at most {limit} bytes")]
    TooLong { limit: u64 },
    #[error("there are more files than the limit, expected at most {limit}")]
    TooMany { limit: usize },
    #[error(transparent)]
    Fetch(#[from] FetchFault),
}

impl ReadFault {
    /// Whether the file is not there, as opposed to not being readable: only that means that there is no newer root.
    pub(crate) fn is_absence(self) -> bool {
        self == Self::Io(io::ErrorKind::NotFound)
    }

    /// What it means for the repository.
    pub(crate) fn of(self, file: String) -> NotTrusted {
        match self {
            Self::Io(kind) => NotTrusted::Unreadable { file, kind },
            Self::TooLong { limit } => NotTrusted::OverLimit { what: file, limit },
            Self::TooMany { limit } => {
                NotTrusted::OverLimit { what: "number of metadata files".to_owned(), limit: limit as u64 }
            }
            Self::Fetch(fault) => NotTrusted::NotFetched { file, fault },
        }
    }
}

impl From<io::Error> for ReadFault {
    fn from(error: io::Error) -> Self {
        Self::Io(error.kind())
    }
}

/// Why a server did not give a file. It quotes nothing that the server said but a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FetchFault {
    /// No connection: no such name, nobody there, no common TLS, or not in time.
    #[error("server cannot be reached")]
    Unreachable,
    /// The server's certificate is not of one of the configured roots, not for its name, or out of date.
    #[error("configured roots do not vouch for the server's certificate")]
    Certificate,
    /// The server answered neither 200, which is content, nor 404, which is absence. A redirection is not followed.
    #[error("status is `{0}`, expected `200`")]
    Status(u16),
    /// The file did not come in time.
    #[error("file did not arrive within its time limit")]
    TimedOut,
    /// The head of the answer is over the host's limits.
    #[error("head of the answer is over the host's limits")]
    LongHead,
    /// The connection ended before the file was whole, or what came was no HTTP.
    #[error("answer broke off, or is no HTTP")]
    BrokenOff,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_that_is_not_there_is_absent() {
        assert!(ReadFault::Io(io::ErrorKind::NotFound).is_absence());
        for fault in [
            ReadFault::Io(io::ErrorKind::PermissionDenied),
            ReadFault::TooLong { limit: 1 },
            ReadFault::Fetch(FetchFault::Status(500)),
            ReadFault::Fetch(FetchFault::Status(410)),
            ReadFault::Fetch(FetchFault::Unreachable),
        ] {
            assert!(!fault.is_absence(), "{fault}");
        }
    }

    #[test]
    fn err_fetch_fault() {
        let faults = [
            FetchFault::Unreachable,
            FetchFault::Certificate,
            FetchFault::Status(500),
            FetchFault::TimedOut,
            FetchFault::LongHead,
            FetchFault::BrokenOff,
        ];
        insta::assert_snapshot!(faults.map(|fault| fault.to_string()).join("\n"), @r"
        server cannot be reached
        configured roots do not vouch for the server's certificate
        status is `500`, expected `200`
        file did not arrive within its time limit
        head of the answer is over the host's limits
        answer broke off, or is no HTTP
        ");
    }
}

//! How long a server may take.

use std::ops::RangeInclusive;
use std::time::Duration;

/// How long a server may take.
///
/// How much it may send is said by [`RepositoryLimits`](crate::RepositoryLimits), as for a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HttpsLimits {
    /// Time for a new connection: name, TCP and TLS. Default 5 s; smallest 1 ms, largest 60 s. It does not stop a server that is slow after that.
    pub connect_timeout: Duration,
    /// Time for one whole file, a new connection included. Default 30 s, since the largest component takes 17 s over a line of 8 Mbit/s;
    /// smallest 1 ms, largest 600 s. It does not stop a server from taking this long for every file.
    pub file_timeout: Duration,
    /// How long an idle connection is kept. Default 60 s, several polls; smallest 1 ms, largest 600 s. The server may close it earlier.
    pub idle_timeout: Duration,
}

impl Default for HttpsLimits {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            file_timeout: Duration::from_secs(30),
            idle_timeout: Duration::from_mins(1),
        }
    }
}

impl HttpsLimits {
    /// What `connect_timeout` may be.
    pub const CONNECT_TIMEOUT: RangeInclusive<Duration> = SMALLEST..=Duration::from_mins(1);
    /// What `file_timeout` and `idle_timeout` may be.
    pub const TIMEOUT: RangeInclusive<Duration> = SMALLEST..=Duration::from_mins(10);

    /// The first limit that is out of its range, by the name of its field.
    pub(super) fn out_of_range(&self) -> Option<&'static str> {
        [
            ("connect_timeout", Self::CONNECT_TIMEOUT.contains(&self.connect_timeout)),
            ("file_timeout", Self::TIMEOUT.contains(&self.file_timeout)),
            ("idle_timeout", Self::TIMEOUT.contains(&self.idle_timeout)),
        ]
        .into_iter()
        .find_map(|(name, is_within)| (!is_within).then_some(name))
    }
}

const SMALLEST: Duration = Duration::from_millis(1);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_limits_are_within_their_ranges() {
        assert_eq!(HttpsLimits::default().out_of_range(), None);
    }

    #[test]
    fn a_limit_out_of_its_range_is_named() {
        let default = HttpsLimits::default();
        for (limits, name) in [
            (HttpsLimits { connect_timeout: Duration::ZERO, ..default }, "connect_timeout"),
            (HttpsLimits { file_timeout: Duration::MAX, ..default }, "file_timeout"),
            (HttpsLimits { idle_timeout: Duration::ZERO, ..default }, "idle_timeout"),
        ] {
            assert_eq!(limits.out_of_range(), Some(name));
        }
    }
}

//! What the host believes, and for how long.

use std::path::Path;
use std::time::Duration;

use ssbtx_rollout::RolloutTimes;
use ssbtx_trust::{HttpsLimits, HttpsSource, RepositorySettings, RepositoryUrl, Source};

use super::Reading;
use crate::config::Trust;
use crate::config_file;

impl Reading<'_> {
    pub(super) fn trust(&mut self, trust: &config_file::Trust) -> Option<Trust> {
        let root = self.file("trust.root", &trust.root);
        let source = self.source(&trust.repository, trust.repository_roots.as_deref());
        let times = self.times(trust);
        let repository = RepositorySettings::new(root?, source?);
        Some(Trust { repository, state: self.path(&trust.state), times })
    }

    /// A text with a scheme is an address and never the name of a folder, so that a misspelt one is not looked for on the disk.
    fn source(&mut self, repository: &str, roots: Option<&Path>) -> Option<Source> {
        if !repository.contains("://") {
            if roots.is_some() {
                self.fault(
                    "trust.repository-roots",
                    "is for a repository at `https://…`, and `trust.repository` is a folder",
                );
            }
            return Some(Source::Directory(self.path(Path::new(repository))));
        }
        let url = self.parsed("trust.repository", repository.parse::<RepositoryUrl>());
        let Some(roots) = roots else {
            self.fault(
                "trust.repository-roots",
                "is missing: it names who may vouch for the server of `trust.repository`",
            );
            return None;
        };
        let roots = self.file("trust.repository-roots", roots);
        let source = HttpsSource::new(url?, &roots?, HttpsLimits::default());
        self.parsed("trust.repository-roots", source).map(Source::Https)
    }

    fn times(&mut self, trust: &config_file::Trust) -> RolloutTimes {
        let mut times = RolloutTimes::default();
        self.time(
            "trust.poll-interval-ms",
            trust.poll_interval_ms,
            &RolloutTimes::POLL_INTERVAL,
            &mut times.poll_interval,
        );
        match trust.expiry_grace_hours {
            None => {}
            // More hours than a number of seconds holds are more than any range.
            Some(hours) => match hours.checked_mul(SECONDS_OF_AN_HOUR).map(Duration::from_secs) {
                Some(grace) if RolloutTimes::EXPIRY_GRACE.contains(&grace) => times.expiry_grace = grace,
                _ => {
                    let most = RolloutTimes::EXPIRY_GRACE.end().as_secs() / SECONDS_OF_AN_HOUR;
                    self.fault("trust.expiry-grace-hours", format_args!("`{hours}` is not 0 to {most}"));
                }
            },
        }
        times
    }
}

const SECONDS_OF_AN_HOUR: u64 = 60 * 60;

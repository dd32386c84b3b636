//! What the host believes, and for how long.

use std::path::Path;

use ssbtx_config_file::{Content, Table, Unit};
use ssbtx_rollout::RolloutTimes;
use ssbtx_trust::{HttpsLimits, HttpsSource, RepositorySettings, RepositoryUrl, Source};

use super::Reading;
use crate::config::Trust;

impl Reading<'_> {
    pub(super) fn trust(&self, table: &Table<'_>) -> Option<Trust> {
        let root = table.file("root", "the root metadata that you trust");
        let roots = table.optional_file(ROOTS, "the issuers of the repository's certificate, PEM");
        if let Some(Some(roots)) = &roots {
            self.certificates(table.path_of(ROOTS), &roots.bytes);
        }
        let source = table
            .text("repository", "a folder, or `https://…`", |text| Ok::<_, String>(text.to_owned()))
            .and_then(|repository| source(table, &repository, roots?.as_ref()));
        let state = table.path("state", "the folder of the last good copy");
        let times = times(table);
        let repository = RepositorySettings::new(root?.bytes.to_vec(), source?);
        Some(Trust { repository, state: state?, times })
    }
}

/// A text with a scheme is an address and never the name of a folder, so that a misspelt one is not looked for on the disk.
fn source(table: &Table<'_>, repository: &str, roots: Option<&Content>) -> Option<Source> {
    if !repository.contains("://") {
        if roots.is_some() {
            table.fault(ROOTS, "is for a repository at `https://…`, and `trust.repository` is a folder");
        }
        return Some(Source::Directory(table.resolved(Path::new(repository))));
    }
    let url = table.taken("repository", repository.parse::<RepositoryUrl>());
    let Some(roots) = roots else {
        table.fault(ROOTS, "missing, expected the file of those who may vouch for the server of `trust.repository`");
        return None;
    };
    let source = HttpsSource::new(url?, &roots.bytes, HttpsLimits::default());
    table.taken(ROOTS, source).map(Source::Https)
}

fn times(table: &Table<'_>) -> RolloutTimes {
    let default = RolloutTimes::default();
    let poll = &RolloutTimes::POLL_INTERVAL;
    RolloutTimes {
        poll_interval: table.time("poll-interval-ms", Unit::Milliseconds, poll, default.poll_interval),
        expiry_grace: table.time("expiry-grace-hours", Unit::Hours, &RolloutTimes::EXPIRY_GRACE, default.expiry_grace),
    }
}

const ROOTS: &str = "repository-roots";

//! What the questions to the audit log are asked with.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use jiff::Timestamp;
use ssbtx_audit::{Month, Months, Place, PostgresSearch, Searchable, SegmentIndex};

use crate::config::{self, Config};
use crate::repo::Failed;

/// The configuration whose log is asked.
#[derive(Args)]
pub struct ConfigArgument {
    /// The configuration
    #[arg(long, default_value = "ssbtx.toml", value_name = "FILE")]
    config: PathBuf,
}

impl ConfigArgument {
    /// Reads it.
    pub(super) fn load(&self) -> Result<Config> {
        config::load(&self.config).with_context(|| format!("read the configuration `{}`", self.config.display()))
    }
}

/// The months of a report.
#[derive(Args)]
pub(super) struct MonthArguments {
    /// The first month, such as 2026-10
    #[arg(long, value_name = "MONTH")]
    from: Month,
    /// The last month; one month where it is left out
    #[arg(long, value_name = "MONTH")]
    to: Option<Month>,
}

impl MonthArguments {
    /// As they are asked for.
    pub(super) fn months(&self) -> Result<Months> {
        Months::new(self.from, self.to.unwrap_or(self.from), Timestamp::now()).context("read the months")
    }
}

/// Opens a log to be searched; in a folder, by an index that is made anew if that is wanted.
pub fn search(place: Place<'_>, anew: bool) -> Result<Box<dyn Searchable>> {
    let opened = match place {
        Place::Folder(folder) if anew => SegmentIndex::anew(folder).map(|index| Box::new(index) as Box<dyn Searchable>),
        Place::Folder(folder) => SegmentIndex::open(folder).map(|index| Box::new(index) as Box<dyn Searchable>),
        Place::Postgres(settings) => Ok(Box::new(PostgresSearch::new(settings.clone())) as Box<dyn Searchable>),
    };
    opened.context("open the audit log to be searched")
}

/// What went wrong, whoever's fault it is: these commands end with 1 for both.
pub(super) fn anyway(failed: Failed) -> anyhow::Error {
    match failed {
        Failed::Refused(error) | Failed::NotDone(error) => error,
    }
}

/// A file as a text.
pub(super) fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("read `{}`", path.display()))
}

//! Which log is meant.

use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use ssbtx_audit::Place;

use crate::config::{self, Sink};

/// The log that a command reads.
#[derive(Args)]
pub struct LogArgument {
    /// The log's folder, or the configuration of its host, such as ssbtx.toml, which says where the log is
    #[arg(value_name = "LOG")]
    log: PathBuf,
}

impl LogArgument {
    /// Finds out where it is.
    pub(super) fn find(&self) -> Result<Log> {
        let sink = if self.log.is_file() { configured(&self.log)? } else { Sink::Files(self.log.clone()) };
        Ok(Log(sink))
    }
}

/// A log that was found.
pub(super) struct Log(Sink);

impl Log {
    /// Where it is read.
    pub(super) fn place(&self) -> Place<'_> {
        self.0.place()
    }
}

impl fmt::Display for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place() {
            Place::Folder(folder) => write!(f, "`{}`", folder.display()),
            Place::Postgres(settings) => write!(f, "`{}` of database `{}`", settings.log(), settings.server()),
        }
    }
}

/// Reads a configuration for where its log is.
fn configured(path: &Path) -> Result<Sink> {
    let config = config::load(path).with_context(|| format!("read the configuration `{}`", path.display()))?;
    Ok(config.audit.sink)
}

//! The log of a host, found by its configuration.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use anyhow::{Context, Result};

use crate::config::{self, Sink};

/// Where a host's log is.
pub(super) enum HostLog {
    /// In a folder.
    Folder(PathBuf),
    /// In a database.
    Rows(Rows),
}

impl HostLog {
    /// Reads a configuration.
    pub(super) fn of(configuration: &Path) -> Result<Self> {
        let read = config::load(configuration);
        let config = read.with_context(|| format!("read the configuration `{}`", configuration.display()))?;
        Ok(match config.audit.sink {
            Sink::Files(folder) => Self::Folder(folder),
            sink @ Sink::Postgres(_) => Self::Rows(Rows::begin(sink)),
        })
    }
}

/// The lines of a log in a database, as they are read: where its chain breaks, they end with the fault.
pub(super) struct Rows(Receiver<Result<Vec<u8>>>);

impl Rows {
    fn begin(sink: Sink) -> Self {
        let (sender, lines) = sync_channel(AHEAD);
        thread::spawn(move || {
            let read = ssbtx_audit::read(sink.place(), |_, line| {
                // Nobody takes them any more where the replay has ended.
                let _gone = sender.send(Ok(line.to_vec()));
            });
            // Also that it is whole is told: else an end that came too early would look like it.
            let _gone = sender.send(read.map(|_| Vec::new()).context("read the audit log"));
        });
        Self(lines)
    }

    /// The next line; `None` at the end of a log whose chain holds.
    pub(super) fn next(&mut self) -> Result<Option<Vec<u8>>> {
        let line = self.0.recv().context("read the audit log")??;
        Ok((!line.is_empty()).then_some(line))
    }
}

/// How many lines are read before they are asked for.
const AHEAD: usize = 64;

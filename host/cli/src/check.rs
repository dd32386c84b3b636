//! `ssbtx check`: everything that `ssbtx serve` would refuse, as far as it can be told without starting.

use std::path::Path;

use anyhow::{Context, Result};

use crate::loading::{self, Surroundings};
use crate::{config, logging};

/// Reads a configuration and loads what it leads to. It does not listen, and opens no audit log: a running host may be using that.
pub fn run(path: &Path) -> Result<()> {
    let config = config::load(path)?;
    logging::start(config.log);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("start the runtime")?;
    let surroundings = Surroundings {
        repository: &config.repository,
        accepted_pending: &config.accepted_pending,
        upstreams: &config.upstreams,
        consumers: &config.consumers,
    };
    runtime.block_on(loading::load(config.sandbox, &surroundings))?;
    println!("{} is in order", path.display());
    Ok(())
}

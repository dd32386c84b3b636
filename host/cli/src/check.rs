//! `ssbtx check`: everything that `ssbtx serve` would refuse, as far as it can be told without starting.

use std::path::Path;

use anyhow::{Context, Result};

use crate::demonstration::{self, Allowed};
use crate::{config, loading, logging};

/// Reads a configuration and examines what it leads to. It does not listen, opens no audit log and leaves the last good copy alone: a running
/// host may be using those.
pub fn run(path: &Path, demonstration: Allowed) -> Result<()> {
    let config = config::load(path).with_context(|| format!("read the configuration `{}`", path.display()))?;
    demonstration::refuse(&config, demonstration)?;
    logging::start(config.log);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("start the runtime")?;
    runtime.block_on(async {
        let (pending, upstreams) = (config.accepted_pending, &config.upstreams);
        let settings = loading::settings(config.trust, config.sandbox, pending, upstreams, &config.consumers)?;
        ssbtx_rollout::rehearse(&settings).await.context("examine the repository")
    })?;
    println!("{} is in order", path.display());
    Ok(())
}

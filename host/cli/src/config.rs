//! The operator's configuration in its final types. Every fault is found before anything starts, and all are told together.

mod reading;

use std::fmt;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use ssbtx_admin::AdminSettings;
use ssbtx_audit::{CheckpointSettings, SubjectKey};
use ssbtx_broker::BrokerSettings;
use ssbtx_core::{AcceptedPending, IdentityCheck};
use ssbtx_gateway::{Consumers, GatewayLimits, ServerTls};
use ssbtx_rollout::RolloutTimes;
use ssbtx_runtime::SandboxSettings;
use ssbtx_trust::RepositorySettings;
use ssbtx_upstream::Upstreams;
use tracing_subscriber::EnvFilter;

use crate::config_file::ConfigFile;

pub use crate::config_file::LogFormat;

/// Everything that the host is started with.
pub struct Config {
    /// Where and as whom it listens.
    pub listen: Listen,
    /// Who may ask.
    pub consumers: Consumers,
    /// Where the operator's own listener is, where there is one.
    pub admin: Option<AdminSettings>,
    /// What it believes, and for how long.
    pub trust: Trust,
    /// The pending bases that are accepted.
    pub accepted_pending: AcceptedPending,
    /// Where it records.
    pub audit: Audit,
    /// How it treats questions.
    pub broker: BrokerSettings,
    /// How strictly identity numbers are read.
    pub identity_check: IdentityCheck,
    /// Where the base services are.
    pub upstreams: Upstreams,
    /// What components may use.
    pub sandbox: SandboxSettings,
    /// How it logs.
    pub log: LogSettings,
}

/// Where and as whom the host listens.
pub struct Listen {
    pub address: SocketAddr,
    pub tls: ServerTls,
    pub limits: GatewayLimits,
}

/// What the host believes, and for how long.
pub struct Trust {
    pub repository: RepositorySettings,
    pub state: PathBuf,
    pub times: RolloutTimes,
}

/// Where the host records.
pub struct Audit {
    pub directory: PathBuf,
    pub subject_key: SubjectKey,
    pub checkpoints: CheckpointSettings,
}

/// How the host logs.
pub struct LogSettings {
    pub format: LogFormat,
    pub filter: EnvFilter,
}

/// Reads a configuration.
///
/// # Errors
///
/// Everything that is wrong with it, each fault with its key and what was expected.
pub fn load(path: &Path) -> Result<Config> {
    let text = fs::read_to_string(path).with_context(|| format!("read the configuration `{}`", path.display()))?;
    let file: ConfigFile =
        toml::from_str(&text).with_context(|| format!("read the configuration `{}`", path.display()))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    reading::config(&file, folder)
        .map_err(Faults)
        .with_context(|| format!("read the configuration `{}`", path.display()))
}

/// Everything that is wrong with a configuration.
#[derive(Debug, thiserror::Error)]
struct Faults(Vec<String>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}:", self.0.len(), if self.0.len() == 1 { "fault" } else { "faults" })?;
        for fault in &self.0 {
            write!(f, "\n  {fault}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;

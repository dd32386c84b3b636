//! The operator's configuration in its final types. Every fault is found before anything starts, and all are told together.

mod reading;

use std::fmt;
use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use ssbtx_admin::AdminSettings;
use ssbtx_audit::{
    AuditFault, AuditLog, AuditSettings, CheckpointSettings, MisuseSettings, Officers, Place, PostgresSettings,
    Retention, SubjectKey,
};
use ssbtx_broker::BrokerSettings;
use ssbtx_config_file::{Fault, Setting};
use ssbtx_core::{AcceptedPending, IdentityCheck};
use ssbtx_gateway::{Consumers, GatewayLimits, ServerTls};
use ssbtx_open_cases::{CaseKey, CaseLimits};
use ssbtx_otlp::OtlpSettings;
use ssbtx_postgresql::Database;
use ssbtx_rollout::RolloutTimes;
use ssbtx_runtime::SandboxSettings;
use ssbtx_trust::RepositorySettings;
use ssbtx_upstream::Upstreams;
use tracing_subscriber::EnvFilter;

use crate::certificates::Certificate;

/// Everything that the host is started with.
pub struct Config {
    /// Where and as whom it listens.
    pub listen: Listen,
    /// Who may ask.
    pub consumers: Consumers,
    /// Where open cases are kept, where they are.
    pub cases: Option<Cases>,
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
    /// Where the spans of traces are sent, where they are.
    pub telemetry: Option<OtlpSettings>,
    /// How it logs.
    pub log: LogSettings,
    /// Every key with what is in force for it: of this file, then of `consumers.toml`.
    pub settings: Vec<Setting>,
    /// The certificates that the host shows and trusts.
    pub certificates: Vec<Certificate>,
}

/// Where and as whom the host listens.
pub struct Listen {
    pub address: SocketAddr,
    pub tls: ServerTls,
    pub limits: GatewayLimits,
    /// For how long it goes on as before, though not ready any more, when it is told to stop.
    pub drain: Duration,
}

/// Where open cases are kept.
pub struct Cases {
    pub storage: CaseStorage,
    pub key: CaseKey,
    pub limits: CaseLimits,
}

/// What open cases are kept in.
pub enum CaseStorage {
    /// A file in a folder of this host's.
    Files(PathBuf),
    /// A database, which other hosts may use too.
    Postgres(Database),
}

/// What the host believes, and for how long.
pub struct Trust {
    pub repository: RepositorySettings,
    pub state: PathBuf,
    pub times: RolloutTimes,
}

/// Where the host records.
pub struct Audit {
    pub sink: Sink,
    pub subject_key: SubjectKey,
    pub checkpoints: CheckpointSettings,
    pub questions: Questions,
}

impl Audit {
    /// Where the log is read.
    pub fn place(&self) -> Place<'_> {
        self.sink.place()
    }
}

/// What the audit log is kept in.
pub enum Sink {
    /// Segments in a folder.
    Files(PathBuf),
    /// Rows in a database.
    Postgres(PostgresSettings),
}

impl Sink {
    /// Where the log is read.
    pub fn place(&self) -> Place<'_> {
        match self {
            Self::Files(directory) => Place::from(directory),
            Self::Postgres(settings) => Place::from(settings),
        }
    }

    /// Opens the log, so that nobody else writes to it.
    ///
    /// # Errors
    ///
    /// What is wrong with the log or with what keeps it.
    pub fn open(&self, checkpoints: CheckpointSettings) -> Result<AuditLog, AuditFault> {
        match self {
            Self::Files(directory) => {
                let settings = AuditSettings { checkpoints, ..AuditSettings::default() };
                AuditLog::open(directory, settings, Timestamp::now())
            }
            Self::Postgres(settings) => AuditLog::connect(settings.clone(), checkpoints),
        }
    }
}

/// What questions to the audit log are answered by, and how long it is kept.
pub struct Questions {
    /// The keys that persons have names under, the newest first.
    pub keys: Vec<SubjectKey>,
    /// Who may let a person be looked up, where anybody may.
    pub officers: Option<Officers>,
    pub misuse: MisuseSettings,
    /// How long records are kept; for ever where this is not said.
    pub retention: Option<Retention>,
}

/// How the host logs.
pub struct LogSettings {
    pub format: LogFormat,
    pub filter: EnvFilter,
}

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Json,
    Text,
}

/// Reads a configuration and every file that it names.
///
/// # Errors
///
/// Everything that is wrong, each fault with its file, line and key, and what was expected.
pub fn load(path: &Path) -> Result<Config, NotConfigured> {
    let text = fs::read_to_string(path).map_err(NotConfigured::Unreadable)?;
    reading::config(path, &text).map_err(NotConfigured::Faults)
}

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub enum NotConfigured {
    /// The file cannot be read.
    #[error("file cannot be read")]
    Unreadable(#[source] io::Error),
    /// Something in it is wrong; all of that.
    #[error("{}", Listed(.0))]
    Faults(Vec<Fault>),
}

/// Faults, each on a line of its own.
struct Listed<'f>(&'f [Fault]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}:", self.0.len(), if self.0.len() == 1 { "fault" } else { "faults" })?;
        for fault in self.0 {
            write!(f, "\n  {fault}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;

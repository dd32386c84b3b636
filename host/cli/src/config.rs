//! The operator's configuration in its final types. Every fault is found before anything starts, and all are told together.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use ssbtx_broker::BrokerSettings;
use ssbtx_core::{AcceptedPending, AcceptedScope, AgencyId, DatasetId, IdentityCheck, UpstreamName};
use ssbtx_gateway::Consumers;
use ssbtx_runtime::{Limit, SandboxSettings};
use ssbtx_trust::RepositorySettings;
use ssbtx_upstream::{BaseUrl, ClientTls, PemFiles, UpstreamLimits, UpstreamSettings};

use crate::config_file::{self, ConfigFile};

pub use crate::config_file::LogFormat;

/// Everything that the host is started with.
pub struct Config {
    /// Where and as whom it listens.
    pub listen: Listen,
    /// Who may ask.
    pub consumers: Consumers,
    /// The repository of components.
    pub repository: RepositorySettings,
    /// The pending bases that are accepted.
    pub accepted_pending: AcceptedPending,
    /// Where it records.
    pub audit: Audit,
    /// How it treats questions.
    pub broker: BrokerSettings,
    /// How strictly identity numbers are read.
    pub identity_check: IdentityCheck,
    /// Where the base services are.
    pub upstreams: Vec<UpstreamSettings>,
    /// What components may use.
    pub sandbox: SandboxSettings,
    /// How it logs.
    pub log: LogSettings,
}

/// Where and as whom the host listens.
pub struct Listen {
    pub address: SocketAddr,
    pub certificate_chain: PathBuf,
    pub private_key: PathBuf,
    pub client_roots: PathBuf,
    pub max_body_bytes: Option<usize>,
    pub max_connections: Option<usize>,
    pub header_timeout: Option<Duration>,
}

/// Where the host records.
pub struct Audit {
    pub directory: PathBuf,
    pub subject_key: PathBuf,
}

/// How the host logs.
pub struct LogSettings {
    pub format: LogFormat,
    pub filter: String,
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
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let mut reading = Reading { folder, faults: Vec::new() };
    let config = reading.config(file);
    match config {
        Some(config) if reading.faults.is_empty() => Ok(config),
        _ => Err(Faults(reading.faults)).with_context(|| format!("read the configuration `{}`", path.display())),
    }
}

/// Everything that is wrong with a configuration.
#[derive(Debug, thiserror::Error)]
struct Faults(Vec<String>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} faults:", self.0.len())?;
        for fault in &self.0 {
            write!(f, "\n  {fault}")?;
        }
        Ok(())
    }
}

/// A limit's key in the file: kebab case, as all keys.
fn key_of(limit: Limit) -> String {
    limit.name().replace('_', "-")
}

struct Reading {
    folder: PathBuf,
    faults: Vec<String>,
}

impl Reading {
    /// Makes the final types. Every part is read before any is missed, so that all faults are found.
    fn config(&mut self, file: ConfigFile) -> Option<Config> {
        let listen = self.listen(&file.listen);
        let consumers = self.consumers(&file.listen.consumers);
        let repository = self.repository(&file.trust);
        let accepted_pending = self.accepted_pending(&file.accept_pending);
        let broker = self.broker(&file.question);
        let sandbox = self.sandbox(&file.sandbox);
        let upstreams: Vec<Option<UpstreamSettings>> =
            file.upstream.iter().enumerate().map(|(number, upstream)| self.upstream(number, upstream)).collect();
        Some(Config {
            listen: listen?,
            consumers: consumers?,
            repository: repository?,
            accepted_pending,
            audit: Audit {
                directory: self.path(&file.audit.directory),
                subject_key: self.path(&file.audit.subject_key),
            },
            broker,
            identity_check: match file.question.identity_check {
                Some(config_file::IdentityCheck::TwelveDigits) => IdentityCheck::TwelveDigits,
                Some(config_file::IdentityCheck::DateAndCheckDigit) | None => IdentityCheck::DateAndCheckDigit,
            },
            upstreams: upstreams.into_iter().collect::<Option<_>>()?,
            sandbox,
            log: LogSettings {
                format: file.log.format.unwrap_or(LogFormat::Json),
                filter: file.log.filter.unwrap_or_else(|| "info".to_owned()),
            },
        })
    }

    fn listen(&mut self, listen: &config_file::Listen) -> Option<Listen> {
        let address = self.parsed("listen.address", listen.address.parse::<SocketAddr>());
        Some(Listen {
            address: address?,
            certificate_chain: self.path(&listen.certificate_chain),
            private_key: self.path(&listen.private_key),
            client_roots: self.path(&listen.client_roots),
            max_body_bytes: listen.max_body_bytes,
            max_connections: listen.max_connections,
            header_timeout: listen.header_timeout_ms.map(Duration::from_millis),
        })
    }

    fn consumers(&mut self, path: &Path) -> Option<Consumers> {
        let path = self.path(path);
        let text = self.parsed("listen.consumers", fs::read_to_string(&path))?;
        self.parsed("listen.consumers", Consumers::parse(&text))
    }

    fn repository(&mut self, trust: &config_file::Trust) -> Option<RepositorySettings> {
        let root = self.parsed("trust.root", fs::read(self.path(&trust.root)));
        Some(RepositorySettings::new(root?, self.path(&trust.repository)))
    }

    fn accepted_pending(&mut self, entries: &[config_file::AcceptPending]) -> AcceptedPending {
        let mut accepted = AcceptedPending::default();
        for entry in entries {
            let basis = self.parsed("accept-pending.basis", entry.basis.parse());
            let scope = match &entry.datasets {
                None => AcceptedScope::EveryDataset,
                Some(datasets) => AcceptedScope::Datasets(
                    datasets.iter().filter_map(|dataset| self.dataset(dataset)).collect::<BTreeSet<_>>(),
                ),
            };
            if let Some(basis) = basis {
                accepted = accepted.with(basis, scope);
            }
        }
        accepted
    }

    fn dataset(&mut self, text: &str) -> Option<(AgencyId, DatasetId)> {
        let parsed =
            text.split_once('/').and_then(|(agency, dataset)| Some((agency.parse().ok()?, dataset.parse().ok()?)));
        if parsed.is_none() {
            self.faults
                .push(format!("accept-pending.datasets: `{text}` is not agency and dataset, such as `AF/inskrivning`"));
        }
        parsed
    }

    fn broker(&mut self, question: &config_file::Question) -> BrokerSettings {
        let mut settings = BrokerSettings::default();
        if let Some(milliseconds) = question.deadline_ms {
            settings.deadline = Duration::from_millis(milliseconds);
            if !(100..=60_000).contains(&milliseconds) {
                self.faults.push(format!("question.deadline-ms: `{milliseconds}` is not 100 to 60000"));
            }
        }
        settings
    }

    fn upstream(&mut self, number: usize, upstream: &config_file::Upstream) -> Option<UpstreamSettings> {
        let key = |name: &str| format!("upstream[{number}].{name}");
        let agency = self.parsed(&key("agency"), upstream.agency.parse::<AgencyId>());
        let name = self.parsed(&key("name"), upstream.name.parse::<UpstreamName>());
        let base_url = self.parsed(&key("url"), upstream.url.parse::<BaseUrl>());
        let files = PemFiles {
            roots: self.path(&upstream.roots),
            certificates: self.path(&upstream.certificate_chain),
            key: self.path(&upstream.private_key),
        };
        let tls = self.parsed(&key("roots, certificate-chain, private-key"), ClientTls::load(&files));
        let mut limits = UpstreamLimits::default();
        if let Some(milliseconds) = upstream.connect_timeout_ms {
            limits.connect_timeout = Duration::from_millis(milliseconds);
        }
        if let Some(milliseconds) = upstream.timeout_ms {
            limits.timeout = Duration::from_millis(milliseconds);
        }
        Some(UpstreamSettings { agency: agency?, name: name?, base_url: base_url?, tls: tls?, limits })
    }

    fn sandbox(&mut self, limits: &BTreeMap<String, u64>) -> SandboxSettings {
        let mut settings = SandboxSettings::default();
        for (name, value) in limits {
            let Some(limit) = Limit::ALL.into_iter().find(|limit| key_of(*limit) == *name) else {
                let names = Limit::ALL.map(key_of).join("`, `");
                self.faults.push(format!("sandbox: `{name}` is none of the limits `{names}`"));
                continue;
            };
            if let Some(with_limit) = self.parsed("sandbox", settings.clone().with(limit, *value)) {
                settings = with_limit;
            }
        }
        settings
    }

    fn path(&self, path: &Path) -> PathBuf {
        self.folder.join(path)
    }

    /// Keeps a value, or its fault.
    fn parsed<T, E: std::error::Error>(&mut self, key: &str, result: Result<T, E>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                let mut fault = format!("{key}: {error}");
                let mut cause = error.source();
                while let Some(source) = cause {
                    fault.push_str(": ");
                    fault.push_str(&source.to_string());
                    cause = source.source();
                }
                self.faults.push(fault);
                None
            }
        }
    }
}

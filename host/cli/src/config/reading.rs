//! From the file to the final types: every key is read before any fault ends it, so that all are told together.

mod audit;
mod trust;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Display;
use std::fs;
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ssbtx_admin::{AdminLimits, AdminSettings};
use ssbtx_broker::BrokerSettings;
use ssbtx_core::{AcceptedPending, AcceptedScope, AgencyId, BasisId, DatasetId, IdentityCheck, UpstreamName};
use ssbtx_gateway::{Consumers, GatewayLimits, RevocationLists, ServerPem, ServerTls};
use ssbtx_runtime::{Limit, SandboxSettings};
use ssbtx_upstream::{BaseUrl, ClientTls, PemFiles, UpstreamLimits, UpstreamSettings, Upstreams};
use tracing_subscriber::EnvFilter;

use super::{Config, Listen, LogFormat, LogSettings};
use crate::config_file::{self, ConfigFile};

/// Makes the final types; relative paths are relative to the folder.
///
/// # Errors
///
/// Every fault, each with its key.
pub(super) fn config(file: &ConfigFile, folder: &Path) -> Result<Config, Vec<String>> {
    let mut reading = Reading { folder, faults: Vec::new() };
    match reading.config(file) {
        Some(config) if reading.faults.is_empty() => Ok(config),
        Some(_) | None => Err(reading.faults),
    }
}

struct Reading<'f> {
    folder: &'f Path,
    faults: Vec<String>,
}

impl Reading<'_> {
    fn config(&mut self, file: &ConfigFile) -> Option<Config> {
        let listen = self.listen(&file.listen);
        let consumers = self.consumers(&file.listen.consumers);
        let admin = file.admin.as_ref().map(|admin| self.admin(admin));
        let trust = self.trust(&file.trust);
        let accepted_pending = self.accepted_pending(&file.accept_pending);
        let audit = self.audit(&file.audit);
        let broker = self.broker(&file.question);
        let upstreams = self.upstreams(&file.upstream);
        let sandbox = self.sandbox(&file.sandbox);
        let filter = file.log.filter.as_deref().unwrap_or("info");
        let filter = self.parsed("log.filter", EnvFilter::try_new(filter));
        Some(Config {
            listen: listen?,
            consumers: consumers?,
            admin: admin.map_or(Some(None), |admin| admin.map(Some))?,
            trust: trust?,
            accepted_pending,
            audit: audit?,
            broker,
            identity_check: match file.question.identity_check {
                Some(config_file::IdentityCheck::TwelveDigits) => IdentityCheck::TwelveDigits,
                Some(config_file::IdentityCheck::DateAndCheckDigit) | None => IdentityCheck::DateAndCheckDigit,
            },
            upstreams: upstreams?,
            sandbox,
            log: LogSettings { format: file.log.format.unwrap_or(LogFormat::Json), filter: filter? },
        })
    }

    fn listen(&mut self, listen: &config_file::Listen) -> Option<Listen> {
        let address = self.address("listen.address", &listen.address, "0.0.0.0:8443");
        let paths = (listen.certificate_chain.as_path(), listen.private_key.as_path(), listen.client_roots.as_path());
        let tls = self.server_tls("listen", paths, &listen.revocation_lists);
        let mut limits = GatewayLimits::default();
        self.number("listen.max-body-bytes", listen.max_body_bytes, &GatewayLimits::BODY_BYTES, &mut limits.body_bytes);
        self.number(
            "listen.max-connections",
            listen.max_connections,
            &GatewayLimits::CONNECTIONS,
            &mut limits.connections,
        );
        self.time(
            "listen.header-timeout-ms",
            listen.header_timeout_ms,
            &GatewayLimits::HEADER_TIMEOUT,
            &mut limits.header_timeout,
        );
        Some(Listen { address: address?, tls: tls?, limits })
    }

    fn admin(&mut self, admin: &config_file::Admin) -> Option<AdminSettings> {
        let listen = self.address("admin.address", &admin.address, "127.0.0.1:9443");
        let paths = (admin.certificate_chain.as_path(), admin.private_key.as_path(), admin.client_roots.as_path());
        let tls = self.server_tls("admin", paths, &[]);
        Some(AdminSettings { listen: listen?, tls: tls?, limits: AdminLimits::default() })
    }

    fn address(&mut self, key: &str, found: &str, example: &str) -> Option<SocketAddr> {
        let address = found.parse().ok();
        if address.is_none() {
            self.fault(key, format_args!("`{found}` is not an address and port, such as `{example}`"));
        }
        address
    }

    /// Reads a table's certificate chain, private key and client roots, and its revocation lists where it names any.
    fn server_tls(
        &mut self,
        table: &str,
        (chain, key, client_roots): (&Path, &Path, &Path),
        revocation_lists: &[PathBuf],
    ) -> Option<ServerTls> {
        let certificates = self.file(&format!("{table}.certificate-chain"), chain);
        let key = self.file(&format!("{table}.private-key"), key);
        let client_roots = self.file(&format!("{table}.client-roots"), client_roots);
        let lists = revocation_lists.iter().map(|path| self.path(path)).collect();
        let lists = if revocation_lists.is_empty() {
            None
        } else {
            Some(self.parsed(&format!("{table}.revocation-lists"), RevocationLists::load(lists))?)
        };
        let (certificates, key, client_roots) = (certificates?, key?, client_roots?);
        let pem = ServerPem { certificates: &certificates, key: &key, client_roots: &client_roots };
        let tls = match lists {
            Some(lists) => ServerTls::with_revocation(&pem, lists),
            None => ServerTls::from_pem(&pem),
        };
        self.parsed(&format!("{table}.certificate-chain, private-key, client-roots"), tls)
    }

    fn consumers(&mut self, path: &Path) -> Option<Consumers> {
        let text = self.file("listen.consumers", path)?;
        let text = self.parsed("listen.consumers", String::from_utf8(text).map_err(|error| error.utf8_error()))?;
        self.parsed("listen.consumers", Consumers::parse(&text))
    }

    fn accepted_pending(&mut self, entries: &[config_file::AcceptPending]) -> AcceptedPending {
        let mut accepted = AcceptedPending::default();
        let mut seen = BTreeSet::new();
        for (number, entry) in entries.iter().enumerate() {
            let key = |name: &str| format!("accept-pending[{number}].{name}");
            let basis = self.parsed(&key("basis"), entry.basis.parse::<BasisId>());
            let scope = match &entry.datasets {
                None => AcceptedScope::EveryDataset,
                Some(datasets) => self.datasets(&key("datasets"), datasets),
            };
            let Some(basis) = basis else { continue };
            // The second would silently take the place of the first.
            if seen.insert(basis.clone()) {
                accepted = accepted.with(basis, scope);
            } else {
                self.fault(&key("basis"), format_args!("`{basis}` is accepted twice"));
            }
        }
        accepted
    }

    fn datasets(&mut self, key: &str, datasets: &[String]) -> AcceptedScope {
        if datasets.is_empty() {
            self.fault(key, "empty list, expected at least one dataset, or no such key for all of them");
        }
        let mut scope = BTreeSet::new();
        for text in datasets {
            match dataset(text) {
                Some(dataset) => {
                    scope.insert(dataset);
                }
                None => self.fault(key, format_args!("`{text}` is not agency and dataset, such as `AF/inskrivning`")),
            }
        }
        AcceptedScope::Datasets(scope)
    }

    fn broker(&mut self, question: &config_file::Question) -> BrokerSettings {
        let mut settings = BrokerSettings::default();
        self.time("question.deadline-ms", question.deadline_ms, &BrokerSettings::DEADLINE, &mut settings.deadline);
        settings
    }

    fn upstreams(&mut self, entries: &[config_file::Upstream]) -> Option<Upstreams> {
        let mut settings = Vec::new();
        let mut seen = BTreeSet::new();
        for (number, entry) in entries.iter().enumerate() {
            let key = format!("upstream[{number}]");
            if !seen.insert((&entry.agency, &entry.name)) {
                self.fault(&key, format_args!("`{}` of `{}` is configured twice", entry.name, entry.agency));
                continue;
            }
            settings.push(self.upstream(&key, entry));
        }
        self.parsed("upstream", Upstreams::new(settings.into_iter().collect::<Option<_>>()?))
    }

    fn upstream(&mut self, key: &str, upstream: &config_file::Upstream) -> Option<UpstreamSettings> {
        let key = |name: &str| format!("{key}.{name}");
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
        let range = &UpstreamLimits::TIMEOUT;
        self.time(&key("connect-timeout-ms"), upstream.connect_timeout_ms, range, &mut limits.connect_timeout);
        self.time(&key("timeout-ms"), upstream.timeout_ms, range, &mut limits.timeout);
        self.time(&key("max-wait-ms"), upstream.max_wait_ms, range, &mut limits.max_wait);
        let range = &UpstreamLimits::IN_FLIGHT;
        self.number(&key("max-in-flight"), upstream.max_in_flight, range, &mut limits.max_in_flight);
        let range = &UpstreamLimits::BREAKER_FAILURES;
        self.number(&key("breaker-failures"), upstream.breaker_failures, range, &mut limits.breaker_failures);
        let range = &UpstreamLimits::BREAKER_OPEN_TIME;
        self.time(&key("breaker-open-ms"), upstream.breaker_open_ms, range, &mut limits.breaker_open_time);
        Some(UpstreamSettings { agency: agency?, name: name?, base_url: base_url?, tls: tls?, limits })
    }

    fn sandbox(&mut self, limits: &BTreeMap<String, u64>) -> SandboxSettings {
        let mut settings = SandboxSettings::default();
        for (name, value) in limits {
            let Some(limit) = Limit::ALL.into_iter().find(|limit| key_of(*limit) == *name) else {
                let names = Limit::ALL.map(key_of).join("`, `");
                self.fault("sandbox", format_args!("`{name}` is none of the limits `{names}`"));
                continue;
            };
            if let Some(with_limit) = self.parsed("sandbox", settings.clone().with(limit, *value)) {
                settings = with_limit;
            }
        }
        settings
    }

    /// Takes a number where one is given, if it is in its range.
    fn number(&mut self, key: &str, given: Option<usize>, range: &RangeInclusive<usize>, into: &mut usize) {
        match given {
            None => {}
            Some(number) if range.contains(&number) => *into = number,
            Some(number) => {
                self.fault(key, format_args!("`{number}` is not {} to {}", range.start(), range.end()));
            }
        }
    }

    /// Takes a time in milliseconds where one is given, if it is in its range.
    fn time(&mut self, key: &str, given: Option<u64>, range: &RangeInclusive<Duration>, into: &mut Duration) {
        match given.map(Duration::from_millis) {
            None => {}
            Some(time) if range.contains(&time) => *into = time,
            Some(time) => {
                let (smallest, largest) = (range.start().as_millis(), range.end().as_millis());
                self.fault(key, format_args!("`{}` is not {smallest} to {largest}", time.as_millis()));
            }
        }
    }

    fn file(&mut self, key: &str, path: &Path) -> Option<Vec<u8>> {
        let path = self.path(path);
        match fs::read(&path) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                self.fault(key, format_args!("`{}` cannot be read: {error}", path.display()));
                None
            }
        }
    }

    fn path(&self, path: &Path) -> PathBuf {
        self.folder.join(path)
    }

    /// Keeps a value, or its fault with all of its causes.
    fn parsed<T, E: Error>(&mut self, key: &str, result: Result<T, E>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                let mut fault = error.to_string();
                let mut cause = error.source();
                while let Some(source) = cause {
                    let text = source.to_string();
                    // Some errors repeat their cause in their own text.
                    if !fault.ends_with(&text) {
                        fault.push_str(": ");
                        fault.push_str(&text);
                    }
                    cause = source.source();
                }
                self.fault(key, fault);
                None
            }
        }
    }

    fn fault(&mut self, key: &str, fault: impl Display) {
        self.faults.push(format!("{key}: {fault}"));
    }
}

/// Agency and dataset, as `AF/inskrivning`.
fn dataset(text: &str) -> Option<(AgencyId, DatasetId)> {
    let (agency, dataset) = text.split_once('/')?;
    Some((agency.parse().ok()?, dataset.parse().ok()?))
}

/// A limit's key in the file: kebab case, as all keys.
fn key_of(limit: Limit) -> String {
    limit.name().replace('_', "-")
}

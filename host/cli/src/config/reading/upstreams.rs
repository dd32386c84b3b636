//! Where the base services are.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::time::Duration;

use ssbtx_config_file::{Table, Unit};
use ssbtx_core::{AgencyId, UpstreamName};
use ssbtx_upstream::{BaseUrl, ClientTls, PemFiles, TlsFault, UpstreamLimits, UpstreamSettings, Upstreams};

use super::Reading;
use crate::config_file;

impl Reading<'_> {
    pub(super) fn upstreams(&self) -> Option<Upstreams> {
        let mut settings = Vec::new();
        let mut seen = BTreeSet::new();
        let tables = self.root.tables("upstream", config_file::UPSTREAM);
        for table in &tables {
            let read = self.upstream(table);
            if let Some(upstream) = &read
                && !seen.insert((upstream.agency, upstream.name.clone()))
            {
                let UpstreamSettings { agency, name, .. } = upstream;
                table.fault_of_all(format_args!("`{name}` of `{agency}` is configured twice"));
                continue;
            }
            settings.push(read);
        }
        match Upstreams::new(settings.into_iter().collect::<Option<_>>()?) {
            Ok(upstreams) => Some(upstreams),
            Err(error) => self.root.taken("upstream", Err(error)),
        }
    }

    fn upstream(&self, table: &Table<'_>) -> Option<UpstreamSettings> {
        let agency = table.text("agency", "an agency, such as `AF`", str::parse::<AgencyId>);
        let name = table.text("name", "the name by which the adapter knows it", str::parse::<UpstreamName>);
        let base_url = table.text("url", "where it is, `https://…`", str::parse::<BaseUrl>);
        let of = agency.as_ref().zip(name.as_ref()).map(|(agency, name)| format!("upstream.{agency}.{name}"));
        let tls = self.client_tls(table, of.as_deref());
        let limits = limits(table);
        Some(UpstreamSettings { agency: agency?, name: name?, base_url: base_url?, tls: tls?, limits })
    }

    fn client_tls(&self, table: &Table<'_>, of: Option<&str>) -> Option<ClientTls> {
        let roots = table.file(ROOTS, "the issuers of its certificate, PEM");
        let chain = table.file(CHAIN, "the host's client certificate chain, PEM");
        let key = table.private_file(KEY, "the key of that, PEM");
        for (name, file) in [(ROOTS, &roots), (CHAIN, &chain)] {
            if let (Some(file), Some(of)) = (file, of) {
                self.certificates(format!("{of}.{name}"), &file.bytes);
            }
        }
        let files = PemFiles { roots: roots?.path, certificates: chain?.path, key: key?.path };
        let tls = ClientTls::load(&files);
        let at = tls.as_ref().err().map_or(CHAIN, |fault| at(fault, &files));
        table.taken(at, tls)
    }
}

fn limits(table: &Table<'_>) -> UpstreamLimits {
    let default = UpstreamLimits::default();
    let time = |key: &str, range: &RangeInclusive<Duration>, default: Duration| {
        table.time(key, Unit::Milliseconds, range, default)
    };
    let timeout = &UpstreamLimits::TIMEOUT;
    UpstreamLimits {
        connect_timeout: time("connect-timeout-ms", timeout, default.connect_timeout),
        timeout: time("timeout-ms", timeout, default.timeout),
        max_wait: time("max-wait-ms", timeout, default.max_wait),
        max_connecting: table.number("max-connecting", &UpstreamLimits::CONNECTING, default.max_connecting),
        max_in_flight: table.number("max-in-flight", &UpstreamLimits::IN_FLIGHT, default.max_in_flight),
        breaker_failures: table.number("breaker-failures", &UpstreamLimits::BREAKER_FAILURES, default.breaker_failures),
        breaker_open_time: time("breaker-open-ms", &UpstreamLimits::BREAKER_OPEN_TIME, default.breaker_open_time),
        ..default
    }
}

/// The key at whose line a fault of the three files is told.
fn at(fault: &TlsFault, files: &PemFiles) -> &'static str {
    match fault {
        TlsFault::Read { path, .. } | TlsFault::NoCertificate { path } | TlsFault::Root { path, .. } => {
            if *path == files.roots { ROOTS } else { CHAIN }
        }
        TlsFault::NoKey { .. } | TlsFault::Key { .. } => KEY,
    }
}

const ROOTS: &str = "roots";
const CHAIN: &str = "certificate-chain";
const KEY: &str = "private-key";

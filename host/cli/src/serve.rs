//! `ssbtx serve`: brings the host together, serves, and stops in order.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use jiff::Timestamp;
use ssbtx_audit::{AuditLog, AuditSettings, SubjectKey};
use ssbtx_broker::{Broker, Edition};
use ssbtx_core::AcceptedScope;
use ssbtx_gateway::{Gateway, GatewayLimits, GatewaySettings, ServerPem, ServerTls};
use ssbtx_runtime::Sandbox;
use ssbtx_upstream::Upstreams;
use tokio::signal::unix::{SignalKind, signal};
use tracing::{info, warn};

use crate::config::{self, Config};
use crate::logging;
use crate::outside::Machine;

/// Serves until the process is told to stop.
pub fn run(path: &Path) -> Result<()> {
    let config = config::load(path)?;
    logging::start(&config.log);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("start the runtime")?;
    runtime.block_on(serve(config))
}

async fn serve(config: Config) -> Result<()> {
    let mut terminated = signal(SignalKind::terminate()).context("listen for SIGTERM")?;
    let mut interrupted = signal(SignalKind::interrupt()).context("listen for SIGINT")?;
    let tls = server_tls(&config.listen)?;
    let sandbox = Sandbox::new(config.sandbox).context("start the sandbox")?;
    let trusted = ssbtx_trust::load(&config.repository).await.context("verify the repository")?;
    let edition = Edition::admit(&sandbox, &trusted, config.accepted_pending.clone())
        .await
        .context("admit the repository's components")?;
    announce(&edition);
    let upstreams = Upstreams::new(config.upstreams).context("prepare the upstreams")?;
    let subject_key = SubjectKey::load(&config.audit.subject_key).context("load the audit log's key")?;
    let audit = AuditLog::open(&config.audit.directory, AuditSettings::default(), Timestamp::now())
        .context("open the audit log")?;
    let broker = Broker::new(edition, upstreams, audit, subject_key, config.broker, Timestamp::now);
    let defaults = GatewayLimits::default();
    let settings = GatewaySettings {
        listen: config.listen.address,
        tls,
        consumers: config.consumers,
        identity_check: config.identity_check,
        limits: GatewayLimits {
            body_bytes: config.listen.max_body_bytes.unwrap_or(defaults.body_bytes),
            connections: config.listen.max_connections.unwrap_or(defaults.connections),
            header_timeout: config.listen.header_timeout.unwrap_or(defaults.header_timeout),
            ..defaults
        },
    };
    let gateway = Gateway::start(settings, Arc::new(broker), Arc::new(Machine)).await.context("start the gateway")?;
    say_ready(&gateway)?;
    tokio::select! {
        _ = terminated.recv() => {}
        _ = interrupted.recv() => {}
    }
    info!("told to stop");
    gateway.shutdown().await;
    Ok(())
}

fn server_tls(listen: &config::Listen) -> Result<ServerTls> {
    let read = |path: &Path| fs::read(path).with_context(|| format!("read `{}`", path.display()));
    let (certificates, key, client_roots) =
        (read(&listen.certificate_chain)?, read(&listen.private_key)?, read(&listen.client_roots)?);
    ServerTls::from_pem(&ServerPem { certificates: &certificates, key: &key, client_roots: &client_roots })
        .context("use the certificates of `[listen]`")
}

/// Logs what this host will decide by: it must be visible what it accepts without law.
fn announce(edition: &Edition) {
    for policy in edition.policies() {
        info!(role = %policy.role(), version = policy.identity().version, sha256 = %policy.identity().sha256, "policy loaded");
    }
    for adapter in edition.adapters() {
        let identity = adapter.identity();
        info!(agency = %adapter.catalogue().agency(), version = identity.version, sha256 = %identity.sha256, "adapter loaded");
    }
    for (basis, scope) in edition.accepted_pending().iter() {
        match scope {
            AcceptedScope::EveryDataset => warn!(basis = %basis, "pending legal basis accepted for every dataset"),
            AcceptedScope::Datasets(datasets) => {
                let datasets: Vec<String> =
                    datasets.iter().map(|(agency, dataset)| format!("{agency}/{dataset}")).collect();
                warn!(basis = %basis, datasets = datasets.join(" "), "pending legal basis accepted for some datasets");
            }
        }
    }
}

/// Tells whoever started the host where it serves.
fn say_ready(gateway: &Gateway) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", serde_json::json!({ "address": gateway.address().to_string() }))
        .context("print the address")?;
    out.flush().context("print the address")
}

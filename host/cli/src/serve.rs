//! `ssbtx serve`: brings the host together, serves, and stops in order.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use jiff::Timestamp;
use ssbtx_audit::{AuditLog, AuditSettings};
use ssbtx_broker::Broker;
use ssbtx_gateway::{Gateway, GatewayLimits, GatewaySettings};
use tokio::signal::unix::{SignalKind, signal};
use tracing::info;

use crate::config::{self, Audit, Config, Listen};
use crate::loading::{self, Surroundings};
use crate::logging;
use crate::outside::Machine;

/// Serves until the process is told to stop.
pub fn run(path: &Path) -> Result<()> {
    let Config {
        listen,
        consumers,
        repository,
        accepted_pending,
        audit,
        broker,
        identity_check,
        upstreams,
        sandbox,
        log,
    } = config::load(path)?;
    logging::start(log);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("start the runtime")?;
    runtime.block_on(async {
        let surroundings = Surroundings {
            repository: &repository,
            accepted_pending: &accepted_pending,
            upstreams: &upstreams,
            consumers: &consumers,
        };
        let edition = loading::load(sandbox, &surroundings).await?;
        let Audit { directory, subject_key } = audit;
        let log =
            AuditLog::open(&directory, AuditSettings::default(), Timestamp::now()).context("open the audit log")?;
        let deadline = broker.deadline;
        let broker = Broker::new(edition, upstreams, log, subject_key, broker, Timestamp::now);
        let Listen { address, tls, limits } = listen;
        // A question that came just before the host was told to stop still has its whole time.
        let limits = GatewayLimits { shutdown_timeout: deadline + AFTER_DEADLINE, ..limits };
        serve(GatewaySettings { listen: address, tls, consumers, identity_check, limits }, broker).await
    })
}

async fn serve(settings: GatewaySettings, broker: Broker) -> Result<()> {
    let mut terminated = signal(SignalKind::terminate()).context("listen for SIGTERM")?;
    let mut interrupted = signal(SignalKind::interrupt()).context("listen for SIGINT")?;
    let answering = Arc::new(broker.clone());
    let gateway = Gateway::start(settings, answering, Arc::new(Machine)).await.context("start the gateway")?;
    say_ready(&gateway)?;
    tokio::select! {
        _ = terminated.recv() => {}
        _ = interrupted.recv() => {}
    }
    info!("told to stop");
    gateway.shutdown().await;
    // Who has gone away gets no answer any more, but agencies were asked: that is recorded.
    broker.finish().await;
    info!("stopped");
    Ok(())
}

/// Tells whoever started the host where it serves.
fn say_ready(gateway: &Gateway) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", serde_json::json!({ "address": gateway.address().to_string() }))
        .context("print the address")?;
    out.flush().context("print the address")
}

/// Room for the audit record and for the answer on its way.
const AFTER_DEADLINE: Duration = Duration::from_secs(15);

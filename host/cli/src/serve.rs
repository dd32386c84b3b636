//! `ssbtx serve`: brings the host together, serves, and stops in order.

use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use jiff::Timestamp;
use serde::Serialize;
use ssbtx_admin::{Admin, AdminSettings, Overview};
use ssbtx_audit::{AuditLog, AuditSettings};
use ssbtx_broker::Broker;
use ssbtx_gateway::{Gateway, GatewayLimits, GatewaySettings};
use ssbtx_rollout::{Rollout, Shadowing};
use ssbtx_upstream::Upstreams;
use tokio::signal::unix::{SignalKind, signal};
use tracing::info;

use crate::config::{self, Audit, Config, Listen};
use crate::outside::Machine;
use crate::{loading, logging};

/// Serves until the process is told to stop.
pub fn run(path: &Path) -> Result<()> {
    let config = config::load(path)?;
    logging::start(config.log);
    let Config {
        listen,
        consumers,
        admin,
        trust,
        accepted_pending,
        audit,
        broker,
        identity_check,
        upstreams,
        sandbox,
        ..
    } = config;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("start the runtime")?;
    runtime.block_on(async {
        let settings = loading::settings(trust, sandbox, accepted_pending, &upstreams, &consumers)?;
        let rollout = Rollout::begin(settings).await.context("begin with a trusted set")?;
        let Audit { directory, subject_key, checkpoints } = audit;
        let recording = AuditSettings { checkpoints, ..AuditSettings::default() };
        let log = AuditLog::open(&directory, recording, Timestamp::now()).context("open the audit log")?;
        let shadowing = Arc::new(Shadowing::start().context("start the comparison with proposed policies")?);
        let deadline = broker.deadline;
        let observer = Arc::clone(&shadowing);
        let broker =
            Broker::new(rollout.edition(), upstreams.clone(), log, subject_key, broker, Timestamp::now, observer);
        let Listen { address, tls, limits } = listen;
        // A question that came just before the host was told to stop still has its whole time.
        let limits = GatewayLimits { shutdown_timeout: deadline + AFTER_DEADLINE, ..limits };
        let gateway = GatewaySettings { listen: address, tls, consumers, identity_check, limits };
        Host { gateway, admin, broker, upstreams, rollout, shadowing }.serve().await
    })
}

/// A host whose parts are ready.
struct Host {
    gateway: GatewaySettings,
    admin: Option<AdminSettings>,
    broker: Broker,
    upstreams: Upstreams,
    rollout: Rollout,
    shadowing: Arc<Shadowing>,
}

impl Host {
    async fn serve(self) -> Result<()> {
        let Self { gateway, admin, broker, upstreams, rollout, shadowing } = self;
        let mut terminated = signal(SignalKind::terminate()).context("listen for SIGTERM")?;
        let mut interrupted = signal(SignalKind::interrupt()).context("listen for SIGINT")?;
        let overview = Overview::new(rollout.board(), broker.clone(), shadowing, upstreams);
        let admin = match admin {
            Some(settings) => {
                Some(Admin::start(settings, Arc::new(overview)).await.context("start the admin listener")?)
            }
            None => None,
        };
        let answering = Arc::new(broker.clone());
        let gateway = Gateway::start(gateway, answering, Arc::new(Machine)).await.context("start the gateway")?;
        let watching = rollout.watch(broker.clone());
        say_ready(&Ready { address: gateway.address(), admin: admin.as_ref().map(Admin::address) })?;
        tokio::select! {
            _ = terminated.recv() => {}
            _ = interrupted.recv() => {}
        }
        info!("told to stop");
        watching.stop().await;
        gateway.shutdown().await;
        // Who has gone away gets no answer any more, but agencies were asked: that is recorded.
        broker.finish().await;
        // Until here the operator can look at what goes on.
        drop(admin);
        info!("stopped");
        Ok(())
    }
}

/// What whoever started the host is told.
#[derive(Serialize)]
struct Ready {
    /// Where it serves.
    address: SocketAddr,
    /// Where the operator can look at it.
    #[serde(skip_serializing_if = "Option::is_none")]
    admin: Option<SocketAddr>,
}

fn say_ready(ready: &Ready) -> Result<()> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, ready).context("print the address")?;
    writeln!(out).and_then(|()| out.flush()).context("print the address")
}

/// Room for the audit record and for the answer on its way.
const AFTER_DEADLINE: Duration = Duration::from_secs(15);

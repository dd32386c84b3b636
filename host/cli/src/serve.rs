//! `ssbtx serve`: brings the host together, serves, and stops in order.

use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use jiff::Timestamp;
use serde::Serialize;
use ssbtx_admin::{Admin, AdminSettings, Overview, Sources};
use ssbtx_audit::AuditQuestions;
use ssbtx_broker::Broker;
use ssbtx_gateway::{CaseRegister, Gateway, GatewayLimits, GatewaySettings};
use ssbtx_rollout::{Rollout, Shadowing};
use ssbtx_runtime::Sandbox;
use ssbtx_upstream::Upstreams;
use tracing::info;

use crate::audit_care::AuditCare;
use crate::commanding::{Commander, Commands};
use crate::config::{self, Audit, Config, Listen};
use crate::demonstration::{self, Allowed};
use crate::memory::OrdinaryPages;
use crate::operating::{Heard, InForce, Operating};
use crate::outside::Machine;
use crate::telemetry::Telemetry;
use crate::{cases, hygiene, loading, logging, process, service_manager};

/// Serves until the process is told to stop.
pub fn run(path: &Path, demonstration: Allowed) -> Result<()> {
    hygiene::apply()?;
    let pages = OrdinaryPages::ask();
    let config = config::load(path).with_context(|| format!("read the configuration `{}`", path.display()))?;
    demonstration::refuse(&config, demonstration)?;
    let Config {
        listen,
        consumers,
        cases,
        admin,
        trust,
        accepted_pending,
        audit,
        broker,
        identity_check,
        upstreams,
        sandbox,
        telemetry,
        log,
        settings: in_force,
        certificates,
    } = config;
    let log_filter = logging::start(log);
    hygiene::tell();
    pages.tell();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("start the runtime")?;
    runtime.block_on(async {
        let settings = loading::settings(trust, sandbox, accepted_pending, &upstreams, &consumers)?;
        let (sandbox, telemetry) = (settings.sandbox.clone(), Telemetry::start(telemetry.as_ref())?);
        let rollout = Rollout::begin(settings).await.context("begin with a trusted set")?;
        let Audit { sink, subject_key, checkpoints, questions } = audit;
        let log = sink.open(checkpoints).context("open the audit log")?;
        let (questions, _care) = AuditCare::begin(sink, questions, log.notes())?;
        let shadowing = Arc::new(Shadowing::start().context("start the comparison with proposed policies")?);
        let deadline = broker.deadline;
        let observer = Arc::clone(&shadowing);
        let broker =
            Broker::new(rollout.edition(), upstreams.clone(), log, subject_key, broker, Timestamp::now, observer);
        let Listen { address, tls, limits, drain } = listen;
        // A question that came just before the host was told to stop still has its whole time, and so has a household.
        let limits = GatewayLimits { shutdown_timeout: limits.longest_request(deadline) + AFTER_DEADLINE, ..limits };
        let (commander, commands) = Commander::new(in_force.clone(), &certificates, Timestamp::now());
        let in_force =
            InForce { path: path.to_owned(), settings: in_force, tls: tls.clone(), certificates, drain, demonstration };
        let operating = Operating { commander, log_filter, in_force };
        let open_cases = cases::open(cases).await?;
        let gateway = GatewaySettings { listen: address, tls, consumers, identity_check, limits, open_cases };
        let host =
            Host { gateway, admin, broker, upstreams, rollout, shadowing, questions, operating, sandbox, telemetry };
        host.serve(commands).await
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
    questions: Arc<AuditQuestions>,
    operating: Operating,
    sandbox: Sandbox,
    telemetry: Telemetry,
}

impl Host {
    async fn serve(self, commands: Commands) -> Result<()> {
        let Self { gateway, admin, broker, upstreams, rollout, shadowing, questions, operating, sandbox, telemetry } =
            self;
        let outside = Machine { recorder: telemetry.recorder(), meters: Arc::default() };
        let sources = Sources {
            sandbox,
            gateway: Arc::clone(&outside.meters),
            recorder: telemetry.recorder(),
            started: Timestamp::now(),
            process: process::figures,
        };
        let heard = Heard::listen(commands)?;
        let overview = Overview::new(rollout.board(), broker.clone(), shadowing, upstreams, sources);
        let overview = overview.with_audit_questions(questions);
        let overview = match &gateway.open_cases {
            CaseRegister::Kept(cases) => overview.with_open_cases(cases.clone()),
            CaseRegister::NotKept => overview,
        };
        let admin = match admin {
            Some(settings) => {
                let commander = Arc::new(operating.commander.clone());
                Some(Admin::start(settings, Arc::new(overview), commander).await.context("start the admin listener")?)
            }
            None => None,
        };
        let answering = Arc::new(broker.clone());
        let gateway = Gateway::start(gateway, answering, Arc::new(outside)).await.context("start the gateway")?;
        let watching = rollout.watch(broker.clone());
        say_ready(&Ready { address: gateway.address(), admin: admin.as_ref().map(Admin::address) })?;
        service_manager::ready();
        operating.until_stopped(&gateway, admin.as_ref(), heard).await;
        info!("told to stop");
        service_manager::stopping();
        watching.stop().await;
        gateway.shutdown().await;
        // Who has gone away gets no answer any more, but agencies were asked: that is recorded.
        broker.finish().await;
        telemetry.finish().await;
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

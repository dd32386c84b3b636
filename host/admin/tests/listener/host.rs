//! A real rollout and a real broker behind the listener.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use ssbtx_admin::{AdminLimits, Overview, ProcessFigures, Sources};
use ssbtx_audit::{AuditLog, AuditSettings, SubjectKey};
use ssbtx_broker::{Broker, BrokerSettings};
use ssbtx_core::AcceptedPending;
use ssbtx_rollout::{Reachable, Rollout, RolloutSettings, RolloutTimes, Shadowing};
use ssbtx_runtime::{Sandbox, SandboxSettings};
use ssbtx_stage::components;
use ssbtx_stage::repository::{DemoRepository, DemoTarget};
use ssbtx_trust::RepositorySettings;
use ssbtx_upstream::Upstreams;
use tokio::time::{sleep, timeout};

use crate::openmetrics::parse;
use crate::place::Place;

/// A repository with a policy that discloses everything on one basis, and one that traps as its proposed successor.
fn repository(folder: &Path) -> DemoRepository {
    let target = |name: &str, guest: &str| DemoTarget::new(name, components::read(guest));
    let targets = [
        target("policies/arbetsmarknad/policy.wasm", "guests/policy-honest.wasm"),
        target("shadow/arbetsmarknad/policy.wasm", "guests/policy-traps.wasm"),
    ];
    DemoRepository::create(folder, &targets).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_host_is_shown_and_an_update_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let mut repository = repository(&folder.path().join("trust"));
    let upstreams = Upstreams::new(Vec::new()).unwrap();
    let settings = RolloutSettings {
        repository: RepositorySettings::new(repository.root_bytes().to_vec(), repository.directory()),
        state: folder.path().join("state"),
        times: RolloutTimes { poll_interval: Duration::from_millis(100), ..RolloutTimes::default() },
        sandbox: Sandbox::new(components::compiled_before(SandboxSettings::default()).unwrap()).unwrap(),
        accepted_pending: AcceptedPending::default(),
        reachable: Reachable::of(&upstreams),
        roles: ["arbetsmarknad".parse().unwrap()].into(),
    };
    let sources = Sources {
        sandbox: settings.sandbox.clone(),
        gateway: Arc::default(),
        recorder: Arc::new(()),
        started: Timestamp::UNIX_EPOCH,
        process: || ProcessFigures { resident_bytes: None, open_files: None },
    };
    let rollout = Rollout::begin(settings).await.unwrap();
    let shadowing = Arc::new(Shadowing::start().unwrap());
    let observer = Arc::clone(&shadowing);
    let audit = AuditLog::open(&folder.path().join("audit"), AuditSettings::default(), Timestamp::UNIX_EPOCH).unwrap();
    let broker = Broker::new(
        rollout.edition(),
        upstreams.clone(),
        audit,
        SubjectKey::from_bytes([7; 32]),
        BrokerSettings::default(),
        Timestamp::now,
        observer,
    );
    let overview = Overview::new(rollout.board(), broker.clone(), shadowing, upstreams, sources);
    let watching = rollout.watch(broker);
    let place = Place::new(overview, AdminLimits::default()).await;

    assert_eq!(place.get("/readyz").await.status, 200);
    let families = parse(&place.get("/metrics").await.body);
    assert_eq!(families["ssbtx_component"].samples.len(), 2);
    let begins = families["ssbtx_basis_begins_timestamp_seconds"].samples.values().next().unwrap();
    let midnight: Timestamp = "2025-06-30T22:00:00Z".parse().unwrap();
    assert_eq!(format!("{begins:.0}"), midnight.as_second().to_string());
    let shown: Value = serde_json::from_str(&place.get("/admin/editions").await.body).unwrap();
    assert_eq!((&shown["active"]["trustVersion"], &shown["active"]["origin"]), (&1.into(), &"source".into()));
    assert_eq!(shown["shadows"][0]["role"], "arbetsmarknad");
    let agencies: Value = serde_json::from_str(&place.get("/admin/agencies").await.body).unwrap();
    assert_eq!(agencies, serde_json::json!({ "agencies": [] }));

    // Without a proposal, nothing is left of it.
    repository.remove("shadow/arbetsmarknad/policy.wasm").unwrap();
    let updated = async {
        loop {
            let shown: Value = serde_json::from_str(&place.get("/admin/editions").await.body).unwrap();
            if shown["active"]["trustVersion"] == 2 {
                break shown;
            }
            sleep(Duration::from_millis(20)).await;
        }
    };
    let shown = timeout(Duration::from_mins(1), updated).await.unwrap();
    assert_eq!(shown["shadows"], Value::Array(Vec::new()));
    let families = parse(&place.get("/metrics").await.body);
    assert_eq!(families["ssbtx_component"].samples.len(), 1);
    assert!(families["ssbtx_shadow_compared"].samples.is_empty());
    watching.stop().await;
}

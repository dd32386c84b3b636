//! A rollout with a broker, in a folder that goes with it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use ssbtx_audit::{AuditLog, AuditSettings, SubjectKey};
use ssbtx_broker::{Asker, Broker, BrokerSettings, Edition, Unanswered};
use ssbtx_core::{AcceptedPending, AgencyId, Answer, Front, OpenCase, Relation};
use ssbtx_rollout::{
    NotBegun, Outcome, Reachable, Rollout, RolloutSettings, RolloutTimes, Stage, Status, StatusBoard, Watching,
};
use ssbtx_runtime::{Sandbox, SandboxSettings};
use ssbtx_stage::pki::Pki;
use ssbtx_stage::repository::{DemoRepository, DemoTarget};
use ssbtx_stage::{components, parsed_question};
use ssbtx_trust::RepositorySettings;
use ssbtx_upstream::{ClientTls, PemFiles, UpstreamLimits, UpstreamSettings, Upstreams};
use tempfile::TempDir;
use tokio::time::{sleep, timeout};

use crate::targets;

/// How long signed metadata that has expired is used on this stage.
pub(crate) const GRACE: Duration = Duration::from_hours(72);

/// A repository and the place of a host.
pub(crate) struct Setting {
    pub(crate) repository: DemoRepository,
    pki: Pki,
    folder: TempDir,
}

/// A rollout that watches.
pub(crate) struct Running {
    pub(crate) board: StatusBoard,
    broker: Broker,
    watching: Watching,
}

impl Setting {
    /// With an honest adapter and an honest policy.
    pub(crate) fn new() -> Self {
        Self::with(&targets::honest())
    }

    pub(crate) fn with(targets: &[DemoTarget]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pki = Pki::create(&folder.path().join("pki")).unwrap();
        let repository = DemoRepository::create(&folder.path().join("trust"), targets).unwrap();
        Self { repository, pki, folder }
    }

    /// The folder of the last good copy.
    pub(crate) fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    /// A folder beside everything.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Takes the repository away, and gives back where it is now.
    pub(crate) fn hide_repository(&self) -> PathBuf {
        let hidden = self.beside("hidden");
        fs::rename(self.repository.directory(), &hidden).unwrap();
        hidden
    }

    /// Puts a repository in its place.
    pub(crate) fn show_repository(&self, hidden: &Path) {
        fs::rename(hidden, self.repository.directory()).unwrap();
    }

    pub(crate) async fn begin(&self, now: fn() -> Timestamp) -> Running {
        self.try_begin(now).await.unwrap()
    }

    pub(crate) async fn try_begin(&self, now: fn() -> Timestamp) -> Result<Running, NotBegun> {
        let upstreams = self.upstreams();
        let rollout = Rollout::begin(self.settings(&upstreams, now)).await?;
        // A host that is started again begins a log of its own, so that the first may still be open.
        let audit = tempfile::tempdir_in(self.folder.path()).unwrap().keep().join("audit");
        let broker = Broker::new(
            rollout.edition(),
            upstreams,
            AuditLog::open(&audit, AuditSettings::default(), Timestamp::UNIX_EPOCH).unwrap(),
            SubjectKey::from_bytes([7; 32]),
            BrokerSettings { deadline: Duration::from_millis(300), ..BrokerSettings::default() },
            || Timestamp::UNIX_EPOCH,
            Arc::new(()),
        );
        Ok(Running { board: rollout.board(), watching: rollout.watch(broker.clone()), broker })
    }

    pub(crate) fn settings(&self, upstreams: &Upstreams, now: fn() -> Timestamp) -> RolloutSettings {
        let mut repository =
            RepositorySettings::new(self.repository.root_bytes().to_vec(), self.repository.directory());
        repository.now = now;
        RolloutSettings {
            repository,
            state: self.state(),
            times: RolloutTimes { poll_interval: Duration::from_millis(20), expiry_grace: GRACE },
            sandbox: Sandbox::new(components::compiled_before(SandboxSettings::default()).unwrap()).unwrap(),
            accepted_pending: AcceptedPending::default(),
            reachable: Reachable::of(upstreams),
            roles: ["arbetsmarknad".parse().unwrap()].into(),
        }
    }

    /// Arbetsförmedlingen's, which nobody listens at.
    pub(crate) fn upstreams(&self) -> Upstreams {
        let files = PemFiles {
            roots: self.pki.agency_roots.clone(),
            certificates: self.pki.upstream.chain.clone(),
            key: self.pki.upstream.key.clone(),
        };
        let settings = UpstreamSettings {
            agency: AgencyId::AF,
            name: "base-service".parse().unwrap(),
            base_url: "https://localhost:1".parse().unwrap(),
            tls: ClientTls::load(&files).unwrap(),
            limits: UpstreamLimits::default(),
        };
        Upstreams::new(vec![settings]).unwrap()
    }
}

impl Running {
    pub(crate) fn edition(&self) -> Arc<Edition> {
        self.broker.edition()
    }

    /// Waits until it stands as it should.
    pub(crate) async fn until(&self, what: &str, stands: impl Fn(&Status) -> bool) -> Status {
        let found = timeout(PATIENCE, async {
            loop {
                let status = self.board.status();
                if stands(&status) {
                    break status;
                }
                sleep(Duration::from_millis(5)).await;
            }
        });
        let Ok(status) = found.await else {
            panic!("not {what}: {}", serde_json::to_string_pretty(&self.board.status()).unwrap())
        };
        status
    }

    /// Waits until it has looked at the source so many times more.
    pub(crate) async fn looks(&self, count: usize) {
        for _ in 0..count {
            let last = self.board.status().source.last_look;
            self.until("looking at its source", |status| status.source.last_look != last).await;
        }
    }

    /// Waits until the newest attempt was refused, and gives back where and why.
    pub(crate) async fn refused(&self) -> (Stage, String) {
        let status = self.until("refusing", |status| newest_refusal(status).is_some()).await;
        newest_refusal(&status).unwrap()
    }

    /// Waits until a set other than that of this version is active.
    pub(crate) async fn moves_on_from(&self, trust_version: u64) -> Status {
        self.until("answering with another set", |status| status.active.trust_version != trust_version).await
    }

    /// Asks about a published test person.
    pub(crate) async fn ask(&self) -> Result<Answer, Unanswered> {
        let asker = Asker {
            consumer: "Exempelkommun".to_owned(),
            role: "arbetsmarknad".parse().unwrap(),
            front: Front::JsonV1,
            relation: Relation::Subject,
            open_case: OpenCase::NotChecked,
            household: None,
        };
        let question = parsed_question::to_af(Date::constant(2026, 9, 1)).unwrap();
        self.broker.ask(asker, question, None).await
    }

    /// Stops it, and frees the folder of the last good copy.
    pub(crate) async fn stop(self) {
        self.watching.stop().await;
    }
}

fn newest_refusal(status: &Status) -> Option<(Stage, String)> {
    match &status.attempts.first()?.outcome {
        Outcome::Refused { stage, reasons } => Some((*stage, reasons.join(": "))),
        Outcome::Active | Outcome::Renewed => None,
    }
}

/// Longer than anything here takes on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_mins(1);

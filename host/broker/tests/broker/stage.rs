//! A broker whose components are guests, without a network: nothing that an adapter sends is ever reached.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use ssbtx_audit::{AuditLog, AuditSettings, SubjectKey};
use ssbtx_broker::{Asker, Broker, BrokerSettings, Edition, Observer};
use ssbtx_core::{
    AcceptedPending, AgencyId, Answer, Bilingual, Context, Front, Grant, GrantEntry, GrantedBasis, LegalBasis,
    OpenCase, PurposeCode, Question, Relation, State, Tightened, TightenedEntry, Tightening,
};
use ssbtx_runtime::{Limit, Sandbox, SandboxSettings};
use ssbtx_stage::repository::{DemoRepository, DemoTarget};
use ssbtx_stage::{components, parsed_question};
use ssbtx_trust::RepositorySettings;
use ssbtx_upstream::Upstreams;
use tempfile::TempDir;

pub(crate) struct Stage {
    pub(crate) broker: Broker,
    pub(crate) repository: DemoRepository,
    pub(crate) sandbox: Sandbox,
    folder: TempDir,
}

impl Stage {
    /// A broker with one adapter, one policy, one place in the sandbox for each of them, a short deadline, and every grant that the policy can need.
    pub(crate) async fn with(adapter: &str, policy: &str) -> Self {
        // A call may last far longer than the deadline, so that it is the deadline that ends what a test waits for.
        let limits = SandboxSettings::default().with(Limit::CallTime, 5_000).unwrap();
        let limits = limits.with(Limit::ConcurrentCallsPerComponent, 1).unwrap();
        Self::within(limits, Duration::from_millis(300), adapter, policy).await
    }

    /// A broker that waits for its agency for as long as a test looks, and has every grant that an honest policy can need.
    pub(crate) async fn patient(adapter: &str) -> Self {
        let limits = SandboxSettings::default().with(Limit::CallTime, 5_000).unwrap();
        Self::within(limits, Duration::from_mins(1), adapter, "policy-honest").await
    }

    /// A broker with these limits and this deadline, and every grant that the policy can need.
    pub(crate) async fn within(limits: SandboxSettings, deadline: Duration, adapter: &str, policy: &str) -> Self {
        let mut stage = Self::ungranted(limits, deadline, adapter, policy, Arc::new(())).await;
        let grant = stage.every_grant();
        stage.publish(&grant).await;
        stage
    }

    /// A broker whose agency has granted nothing, and who is told of its answers.
    pub(crate) async fn ungranted(
        limits: SandboxSettings,
        deadline: Duration,
        adapter: &str,
        policy: &str,
        observer: Arc<dyn Observer>,
    ) -> Self {
        Self::ungranted_with(
            limits,
            BrokerSettings { deadline, ..BrokerSettings::default() },
            adapter,
            policy,
            observer,
        )
        .await
    }

    /// The same with these settings.
    pub(crate) async fn ungranted_with(
        limits: SandboxSettings,
        settings: BrokerSettings,
        adapter: &str,
        policy: &str,
        observer: Arc<dyn Observer>,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let targets = [adapter_target(adapter), policy_target(policy)];
        let repository = DemoRepository::create(&folder.path().join("trust"), &targets).unwrap();
        let sandbox = Sandbox::new(components::compiled_before(limits).unwrap()).unwrap();
        let edition = admit(&sandbox, &repository, None).await;
        let audit =
            AuditLog::open(&folder.path().join("audit"), AuditSettings::default(), Timestamp::UNIX_EPOCH).unwrap();
        let broker = Broker::new(
            Arc::new(edition),
            Upstreams::new(Vec::new()).unwrap(),
            audit,
            SubjectKey::from_bytes([7; 32]),
            settings,
            || Timestamp::UNIX_EPOCH,
            observer,
        );
        Self { broker, repository, sandbox, folder }
    }

    /// Publishes a next version of the repository with this file, and activates it.
    pub(crate) async fn publish(&mut self, target: &DemoTarget) {
        self.repository.replace(target).unwrap();
        let edition = self.edition().await;
        self.broker.activate(Arc::new(edition));
    }

    /// The repository as it is now, admitted beside the active edition.
    pub(crate) async fn edition(&self) -> Edition {
        admit(&self.sandbox, &self.repository, Some(&self.broker.edition())).await
    }

    /// AF's leave to open everything of its catalogue, on every basis and in every context without a consent.
    pub(crate) fn every_grant(&self) -> DemoTarget {
        let edition = self.broker.edition();
        let (policy, catalogue) = (edition.policies().next().unwrap(), edition.catalogues().next().unwrap());
        let elements: BTreeSet<String> =
            catalogue.iter().map(|(id, _)| Grant::element(catalogue.agency(), &catalogue.path(id))).collect();
        let entry = |basis: &LegalBasis| GrantEntry {
            basis: basis.id.clone(),
            relations: Relation::ALL.into(),
            protected_identity: vec![false, true],
            consents: Vec::new(),
            elements: elements.clone(),
        };
        let bases = policy.bases().iter().map(GrantedBasis::from).collect();
        let entries = policy.bases().iter().map(entry).collect();
        let grant = Grant::new(AgencyId::AF, policy.role().clone(), bases, entries).unwrap();
        DemoTarget::new(format!("adapters/af/{}.grant.json", policy.role()), grant.to_json())
    }

    pub(crate) fn audit_folder(&self) -> PathBuf {
        self.folder.path().join("audit")
    }

    /// The audit log as text.
    pub(crate) fn recorded(&self) -> String {
        std::fs::read_to_string(self.audit_folder().join("audit-000000000001.jsonl")).unwrap()
    }
}

pub(crate) fn adapter_target(guest: &str) -> DemoTarget {
    DemoTarget::new("adapters/af/adapter.wasm", components::read(&format!("guests/{guest}.wasm")))
}

pub(crate) fn policy_target(guest: &str) -> DemoTarget {
    DemoTarget::new("policies/arbetsmarknad/policy.wasm", components::read(&format!("guests/{guest}.wasm")))
}

/// A list that withholds this, under the name `sparr-1`.
pub(crate) fn tightening_target(what: Tightened) -> DemoTarget {
    let reason = Bilingual { sv: "Fel i data".to_owned(), en: "Wrong data".to_owned() };
    let since = Date::constant(2026, 9, 1);
    let entry = TightenedEntry { id: "sparr-1".parse().unwrap(), since, reason, what, roles: None };
    DemoTarget::new("tightening/withheld.json", Tightening::new(vec![entry]).unwrap().to_json())
}

async fn admit(sandbox: &Sandbox, repository: &DemoRepository, earlier: Option<&Edition>) -> Edition {
    let settings = RepositorySettings::new(repository.root_bytes().to_vec(), repository.directory());
    let trusted = ssbtx_trust::load(&settings).await.unwrap();
    Edition::admit(sandbox, &trusted, AcceptedPending::default(), earlier).await.unwrap()
}

pub(crate) fn asker() -> Asker {
    Asker {
        consumer: "Exempelkommun".to_owned(),
        role: "arbetsmarknad".parse().unwrap(),
        front: Front::JsonV1,
        relation: Relation::Subject,
        open_case: OpenCase::NotChecked,
        household: None,
    }
}

/// A question to AF alone.
pub(crate) fn question() -> Question {
    parsed_question::to_af(Date::constant(2026, 9, 1)).unwrap()
}

/// What a policy is told of that question.
pub(crate) fn context() -> Context {
    Context {
        role: "arbetsmarknad".parse().unwrap(),
        purpose: PurposeCode::CASE_WORK.parse().unwrap(),
        relation: Relation::Subject,
        consents: Vec::new(),
        protected_identity: false,
        asked_on: Date::constant(2026, 9, 1),
    }
}

/// State and code of AF's part.
pub(crate) fn af(answer: &Answer) -> (State, Option<&str>) {
    let part = answer.parts.iter().find(|part| part.agency == AgencyId::AF).unwrap();
    let code = match &part.outcome {
        ssbtx_core::Outcome::Failed(failure) => Some(failure.code()),
        _ => None,
    };
    (part.outcome.state(), code)
}

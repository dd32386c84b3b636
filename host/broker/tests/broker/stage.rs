//! A broker whose components are guests, without a network: nothing that an adapter sends is ever reached.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use ssbtx_audit::{AuditLog, AuditSettings, SubjectKey};
use ssbtx_broker::{Asker, Broker, BrokerSettings, Edition};
use ssbtx_core::{
    AcceptedPending, AgencyId, Answer, CaseId, Caseworker, Context, Front, IdentityCheck, Inclusion, Organisation,
    Period, PersonId, Purpose, PurposeCode, Question, QuestionId, Relation, Requester, State,
};
use ssbtx_runtime::{Limit, Sandbox, SandboxSettings};
use ssbtx_stage::components;
use ssbtx_stage::repository::{DemoRepository, DemoTarget};
use ssbtx_trust::RepositorySettings;
use ssbtx_upstream::Upstreams;
use tempfile::TempDir;

pub(crate) struct Stage {
    pub(crate) broker: Broker,
    folder: TempDir,
}

impl Stage {
    /// A broker with one adapter, one policy, one place in the sandbox for each of them, and a short deadline.
    pub(crate) async fn with(adapter: &str, policy: &str) -> Self {
        // A call may last far longer than the deadline, so that it is the deadline that ends what a test waits for.
        let limits = SandboxSettings::default().with(Limit::CallTime, 5_000).unwrap();
        let limits = limits.with(Limit::ConcurrentCallsPerComponent, 1).unwrap();
        Self::within(limits, Duration::from_millis(300), adapter, policy).await
    }

    /// A broker with these limits and this deadline.
    pub(crate) async fn within(limits: SandboxSettings, deadline: Duration, adapter: &str, policy: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let guest = |guest: &str| components::read(&format!("guests/{guest}.wasm"));
        let targets = [
            DemoTarget::new("adapters/af/adapter.wasm", guest(adapter)),
            DemoTarget::new("policies/arbetsmarknad/policy.wasm", guest(policy)),
        ];
        let repository = DemoRepository::create(&folder.path().join("trust"), &targets).unwrap();
        let settings = RepositorySettings::new(repository.root_bytes().to_vec(), repository.directory());
        let trusted = ssbtx_trust::load(&settings).await.unwrap();
        let sandbox = Sandbox::new(limits).unwrap();
        let edition = Edition::admit(&sandbox, &trusted, AcceptedPending::default()).await.unwrap();
        let audit =
            AuditLog::open(&folder.path().join("audit"), AuditSettings::default(), Timestamp::UNIX_EPOCH).unwrap();
        let broker = Broker::new(
            edition,
            Upstreams::new(Vec::new()).unwrap(),
            audit,
            SubjectKey::from_bytes([7; 32]),
            BrokerSettings { deadline },
            || Timestamp::UNIX_EPOCH,
        );
        Self { broker, folder }
    }

    pub(crate) fn audit_folder(&self) -> PathBuf {
        self.folder.path().join("audit")
    }

    /// The audit log as text.
    pub(crate) fn recorded(&self) -> String {
        std::fs::read_to_string(self.audit_folder().join("audit-000000000001.jsonl")).unwrap()
    }
}

pub(crate) fn asker() -> Asker {
    Asker { consumer: "Exempelkommun".to_owned(), role: "arbetsmarknad".parse().unwrap(), front: Front::JsonV1 }
}

/// A question to AF alone.
pub(crate) fn question() -> Question {
    let asked_on = Date::constant(2026, 9, 1);
    Question {
        id: QuestionId([7; 16]),
        asked_on,
        person: PersonId::parse("197701172392", IdentityCheck::DateAndCheckDigit).unwrap(),
        period: Period::new(Date::constant(2026, 8, 1), asked_on).unwrap(),
        requester: Requester {
            organisation: Organisation { number: "162020000001".parse().unwrap(), name: "Exempelkommun".to_owned() },
            caseworker: Caseworker::parse("Handläggare Ett").unwrap(),
            processors: Vec::new(),
        },
        case: CaseId::parse("EB-2026-0001").unwrap(),
        purpose: Purpose::parse("Prövning").unwrap(),
        correlation_id: None,
        include: [(AgencyId::AF, Inclusion::default())].into(),
    }
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

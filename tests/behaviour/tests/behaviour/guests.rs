//! A sandbox, and the guests that `cargo xtask plugins` built from `tests/guests`, signed as an agency's adapter or a role's policy.

use std::collections::BTreeMap;

use jiff::civil::Date;
use ssbtx_core::{
    AcceptedPending, AgencyId, CaseId, Caseworker, Context, DatasetId, Decision, IdentityCheck, Organisation, Period,
    PersonId, Purpose, PurposeCode, Question, QuestionId, Relation, Reply, Requester, Response,
};
use ssbtx_runtime::{
    Adapter, AgencyQuestion, CallFailed, CallState, DecideFailed, FieldFilter, Limit, NotAdmitted, Sandbox,
    SandboxSettings, Step,
};
use ssbtx_stage::components;
use ssbtx_stage::repository::{DemoRepository, DemoTarget};
use ssbtx_trust::{Component, RepositorySettings, Verified, load};

/// Whom the question is about.
pub(crate) const PERSON: &str = "197701172392";
/// How many calls the sandbox has room for.
pub(crate) const PLACES: u64 = 8;
/// The name that adapters are signed under.
pub(crate) const ADAPTER: &str = "adapters/af/adapter.wasm";
/// The name that policies are signed under.
pub(crate) const POLICY: &str = "policies/arbetsmarknad/policy.wasm";

/// A sandbox that takes guests in.
pub(crate) struct Guests {
    sandbox: Sandbox,
}

impl Guests {
    /// With the default limits, but for the number of calls.
    pub(crate) fn new() -> Self {
        Self::with(SandboxSettings::default())
    }

    /// As [`Self::new`], with another time for a call.
    pub(crate) fn with_call_time(milliseconds: u64) -> Self {
        Self::with(SandboxSettings::default().with(Limit::CallTime, milliseconds).unwrap())
    }

    fn with(settings: SandboxSettings) -> Self {
        let settings = settings.with(Limit::ConcurrentCalls, PLACES).unwrap();
        let settings = settings.with(Limit::ConcurrentCallsPerComponent, PLACES / 2).unwrap();
        Self::within(components::compiled_before(settings).unwrap())
    }

    /// With these settings alone.
    pub(crate) fn within(settings: SandboxSettings) -> Self {
        Self { sandbox: Sandbox::new(settings).unwrap() }
    }

    /// Admits a guest as the adapter of AF.
    pub(crate) async fn adapter(&self, guest: &str) -> Result<Adapter, NotAdmitted> {
        self.adapter_of(components::read(&format!("guests/{guest}.wasm"))).await
    }

    /// Admits bytes as the adapter of AF, whose signature is in order.
    pub(crate) async fn adapter_of(&self, bytes: Vec<u8>) -> Result<Adapter, NotAdmitted> {
        self.sandbox.admit_adapter(&signed(ADAPTER, bytes).await).await
    }

    /// Admits a guest as the policy of arbetsmarknad.
    pub(crate) async fn policy(&self, guest: &str) -> Result<FieldFilter, NotAdmitted> {
        self.policy_of(components::read(&format!("guests/{guest}.wasm"))).await
    }

    /// Admits bytes as the policy of arbetsmarknad, whose signatures are in order.
    pub(crate) async fn policy_of(&self, bytes: Vec<u8>) -> Result<FieldFilter, NotAdmitted> {
        self.sandbox.admit_policy(&signed(POLICY, bytes).await).await
    }

    /// What a policy of the guests decides about the honest adapter's catalogue.
    pub(crate) async fn decide(&self, guest: &str) -> Result<Decision, DecideFailed> {
        let catalogue = self.adapter("honest").await.unwrap().catalogue().clone();
        let policy = self.policy(guest).await.unwrap();
        let context = context();
        let verdicts = policy.decide(&context, &catalogue).await?;
        let accepted = AcceptedPending::default();
        Ok(Decision::new(&catalogue, &verdicts, policy.bases(), &accepted, context.asked_on).unwrap())
    }

    /// The sandbox itself.
    pub(crate) fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }
}

/// Asks an adapter a question of which only the adapter matters.
pub(crate) trait AskAdapter {
    /// Starts on the question.
    async fn plan_anew(&self) -> Result<Step, CallFailed>;
    /// Goes on with it.
    async fn absorb_next(&self, state: CallState) -> Result<Step, CallFailed>;
}

impl AskAdapter for Adapter {
    async fn plan_anew(&self) -> Result<Step, CallFailed> {
        let (question, wanted) = (question(), wanted());
        self.plan(&asked(&question, &wanted)).await
    }

    async fn absorb_next(&self, state: CallState) -> Result<Step, CallFailed> {
        let (question, wanted) = (question(), wanted());
        self.absorb(&asked(&question, &wanted), state, replies()).await
    }
}

/// Signs bytes as those who may sign under this name do, and verifies them as the host does.
pub(crate) async fn signed(target: &str, bytes: Vec<u8>) -> Verified<Component> {
    let home = tempfile::tempdir().unwrap();
    let repository = DemoRepository::create(home.path(), &[DemoTarget::new(target, bytes)]).unwrap();
    let settings = RepositorySettings::new(repository.root_bytes().to_vec(), repository.directory());
    let trusted = load(&settings).await.unwrap();
    trusted.components().next().unwrap().clone()
}

/// One reply, whole.
pub(crate) fn replies() -> Vec<Reply> {
    vec![Reply::Response(Response {
        status: 200,
        content_type: Some("text/xml".to_owned()),
        body: b"<Svar/>".to_vec().into(),
    })]
}

fn asked<'q>(question: &'q Question, wanted: &'q [DatasetId]) -> AgencyQuestion<'q> {
    AgencyQuestion { question, agency: AgencyId::AF, wanted, legal_text: "SoL (2025:400) 15 kap. 11 §" }
}

fn wanted() -> Vec<DatasetId> {
    vec!["inskrivning".parse().unwrap()]
}

fn question() -> Question {
    let asked_on = Date::constant(2026, 9, 1);
    Question {
        id: QuestionId([7; 16]),
        asked_on,
        person: PersonId::parse(PERSON, IdentityCheck::DateAndCheckDigit).unwrap(),
        period: Period::new(Date::constant(2026, 8, 1), asked_on).unwrap(),
        requester: Requester {
            organisation: Organisation { number: "162020000001".parse().unwrap(), name: "Exempelkommun".to_owned() },
            caseworker: Caseworker::parse("Handläggare Ett").unwrap(),
            processors: Vec::new(),
        },
        case: CaseId::parse("EB-2026-0001").unwrap(),
        purpose: Purpose::parse("Prövning av ekonomiskt bistånd").unwrap(),
        correlation_id: None,
        include: BTreeMap::new(),
    }
}

fn context() -> Context {
    Context {
        role: "arbetsmarknad".parse().unwrap(),
        purpose: PurposeCode::CASE_WORK.parse().unwrap(),
        relation: Relation::Subject,
        consents: Vec::new(),
        protected_identity: false,
        asked_on: Date::constant(2026, 9, 1),
    }
}

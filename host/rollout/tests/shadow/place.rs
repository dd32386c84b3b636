//! A repository with one adapter, a closed policy and a proposed one, and what comes of it in a sandbox.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use ssbtx_broker::{Edition, Observer as _};
use ssbtx_core::{AcceptedPending, AgencyId, Context, Decision, PurposeCode, Relation};
use ssbtx_rollout::{ShadowFigures, Shadowing};
use ssbtx_runtime::{Sandbox, SandboxSettings};
use ssbtx_stage::components;
use ssbtx_stage::repository::{DemoRepository, DemoTarget};
use ssbtx_trust::{RepositorySettings, load};
use tempfile::TempDir;

pub const ADAPTER: &str = "adapters/af/adapter.wasm";
pub const POLICY: &str = "policies/arbetsmarknad/policy.wasm";
pub const SHADOW: &str = "shadow/arbetsmarknad/policy.wasm";

pub struct Place {
    pub repository: DemoRepository,
    pub sandbox: Sandbox,
    pub shadowing: Shadowing,
    _folder: TempDir,
}

/// A file of the repository with a built component's bytes.
pub fn target(name: &str, component: &str) -> DemoTarget {
    DemoTarget::new(name, components::read(component))
}

impl Place {
    pub fn new(targets: &[DemoTarget]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            repository: DemoRepository::create(folder.path(), targets).unwrap(),
            sandbox: Sandbox::new(components::compiled_before(SandboxSettings::default()).unwrap()).unwrap(),
            shadowing: Shadowing::start().unwrap(),
            _folder: folder,
        }
    }

    /// The real adapter of Arbetsförmedlingen, the real policy of arbetsmarknad, which is closed, and this guest as a proposed policy.
    pub fn with_shadow(guest: &str) -> Self {
        Self::new(&[target(ADAPTER, ADAPTER), target(POLICY, POLICY), target(SHADOW, guest)])
    }

    /// The repository's edition as it is now.
    pub async fn edition(&self) -> Arc<Edition> {
        let settings = RepositorySettings::new(self.repository.root_bytes().to_vec(), self.repository.directory());
        let trusted = load(&settings).await.unwrap();
        Arc::new(Edition::admit(&self.sandbox, &trusted, AcceptedPending::default(), None).await.unwrap())
    }

    /// Tells of an answered question, as the broker does.
    pub fn answered(&self, edition: &Arc<Edition>, context: &Context, decisions: &[(AgencyId, Arc<Decision>)]) {
        self.shadowing.answered(edition, context, decisions);
    }

    /// The figures about the only proposed policy of an edition, once this many questions are counted in them.
    pub fn figures_of(&self, edition: &Edition, questions: u64) -> ShadowFigures {
        let began = Instant::now();
        loop {
            let figures = self.shadowing.figures(edition).pop().unwrap();
            if figures.compared + figures.failures + figures.skipped >= questions {
                return figures;
            }
            assert!(began.elapsed() < Duration::from_mins(1), "{figures:?}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// The commonest context.
pub fn context() -> Context {
    Context {
        role: "arbetsmarknad".parse().unwrap(),
        purpose: PurposeCode::CASE_WORK.parse().unwrap(),
        relation: Relation::Subject,
        consents: Vec::new(),
        protected_identity: false,
        asked_on: Date::constant(2026, 11, 22),
    }
}

/// What the active policy decides about Arbetsförmedlingen.
pub async fn decisions(edition: &Edition, context: &Context) -> Vec<(AgencyId, Arc<Decision>)> {
    let policy = edition.policy(&context.role).unwrap();
    let adapter = edition.adapter(AgencyId::AF).unwrap();
    let verdicts = policy.decide(context, adapter.catalogue()).await.unwrap();
    let decision = Decision::within(
        adapter.catalogue(),
        &verdicts,
        policy.bases(),
        edition.accepted_pending(),
        context,
        adapter.identity().sha256,
        edition.restrictions(&context.role),
    );
    vec![(AgencyId::AF, Arc::new(decision.unwrap()))]
}

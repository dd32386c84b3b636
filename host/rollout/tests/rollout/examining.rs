//! What a set must be, before a host answers with it.

use jiff::civil::Date;
use ssbtx_core::{AcceptedPending, Sha256Digest};
use ssbtx_rollout::{ExamineFailed, Examined, examine};
use ssbtx_runtime::{Sandbox, SandboxSettings};
use ssbtx_stage::components;
use ssbtx_stage::grants::for_targets;
use ssbtx_stage::repository::{DemoRepository, DemoTarget};
use ssbtx_trust::{RepositorySettings, TrustedSet};

const TODAY: Date = Date::constant(2026, 11, 22);

async fn examined(trusted: &TrustedSet) -> Result<Examined, ExamineFailed> {
    let sandbox = Sandbox::new(components::compiled_before(SandboxSettings::default()).unwrap()).unwrap();
    examine(&sandbox, trusted, &AcceptedPending::default(), None, TODAY).await
}

async fn trusted(targets: &[DemoTarget]) -> TrustedSet {
    let folder = tempfile::tempdir().unwrap();
    let repository = DemoRepository::create(folder.path(), targets).unwrap();
    let settings = RepositorySettings::new(repository.root_bytes().to_vec(), repository.directory());
    ssbtx_trust::load(&settings).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_components_of_a_whole_host_pass_their_cases_and_stay_within_their_grants() {
    let components: Vec<DemoTarget> =
        components::TARGETS.iter().map(|name| DemoTarget::new(*name, components::read(name))).collect();
    let grants = for_targets(&components).unwrap();
    let examined = examined(&trusted(&[components.clone(), grants].concat()).await).await.unwrap();
    for component in &components {
        let cases = examined.cases(Sha256Digest::of(&component.bytes));
        assert!(cases.is_some_and(|cases| cases > 0), "`{}` has {cases:?} cases", component.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_host_without_one_agencys_grant_is_refused_and_names_the_role() {
    let components: Vec<DemoTarget> =
        components::TARGETS.iter().map(|name| DemoTarget::new(*name, components::read(name))).collect();
    let mut grants = for_targets(&components).unwrap();
    grants.retain(|grant| grant.name != "adapters/pm/ekonomiskt-bistand.grant.json");
    let refused = examined(&trusted(&[components, grants].concat()).await).await.err().unwrap();
    let ExamineFailed::BeyondGrants(beyond) = refused else { panic!("{refused}") };
    assert_eq!(beyond.role.as_str(), "ekonomiskt-bistand");
    // Försäkringskassan's base service answers for Pensionsmyndigheten, and cannot grant in its place.
    assert!(beyond.ungranted.iter().all(|one| (one.discloser.as_str(), one.base_service.as_str()) == ("PM", "FK")));
}

//! What becomes of the numbers when the edition changes.

use std::sync::Arc;

use ssbtx_rollout::ShadowFigures;
use ssbtx_stage::repository::DemoTarget;

use crate::place::{ADAPTER, POLICY, Place, SHADOW, context, decisions, target};

#[tokio::test]
async fn numbers_go_on_over_an_edition_that_changes_neither_policy() {
    let mut place = Place::with_shadow("guests/policy-honest.wasm");
    let first = place.edition().await;
    place.answered(&first, &context(), &decisions(&first, &context()).await);
    let counted = place.figures_of(&first, 1);
    place.repository.replace(&target("adapters/miv/adapter.wasm", "adapters/miv/adapter.wasm")).unwrap();
    let second = place.edition().await;
    let figures = place.figures_of(&second, 1);
    assert_eq!((figures.compared, figures.shadow), (1, counted.shadow));
    // The new adapter's datasets are there, and those of the other one keep what was counted.
    assert!(figures.datasets.len() > counted.datasets.len());
    assert!(counted.datasets.iter().all(|dataset| figures.datasets.contains(dataset)));
}

#[tokio::test]
async fn numbers_begin_anew_with_another_proposed_policy_and_end_with_it() {
    let mut place = Place::with_shadow("guests/policy-honest.wasm");
    let first = place.edition().await;
    let decided = decisions(&first, &context()).await;
    place.answered(&first, &context(), &decided);
    let counted = place.figures_of(&first, 1);
    place.repository.replace(&target(SHADOW, "guests/policy-traps.wasm")).unwrap();
    let second = place.edition().await;
    let figures = place.figures_of(&second, 0);
    assert_ne!(figures.shadow, counted.shadow);
    // A question that ends under the edition before is counted nowhere, and brings nothing back.
    place.answered(&first, &context(), &decided);
    place.answered(&second, &context(), &decided);
    let figures = place.figures_of(&second, 1);
    assert_eq!((figures.compared, figures.failures, figures.skipped), (0, 1, 0));
    place.repository.remove(SHADOW).unwrap();
    assert_eq!(place.shadowing.figures(&*place.edition().await), []);
}

#[tokio::test]
async fn a_question_that_waits_to_be_compared_keeps_no_edition_alive() {
    let place = Place::with_shadow("guests/policy-loops.wasm");
    let edition = place.edition().await;
    let next = place.edition().await;
    let decided = decisions(&edition, &context()).await;
    // The first keeps the thread busy; the others wait.
    for _ in 0..100 {
        place.answered(&edition, &context(), &decided);
    }
    let gone = Arc::downgrade(&edition);
    drop(edition);
    let figures = place.figures_of(&next, 100);
    assert!(gone.upgrade().is_none());
    assert_eq!((figures.compared, figures.skipped + figures.failures), (0, 100));
}

#[tokio::test]
async fn many_editions_leave_as_many_numbers_as_one() {
    let mut place = Place::with_shadow("guests/policy-honest.wasm");
    let names = |figures: &[ShadowFigures]| -> Vec<String> {
        let datasets = figures.iter().flat_map(|one| &one.datasets);
        datasets.map(|dataset| format!("{}/{}", dataset.agency, dataset.dataset)).collect()
    };
    let first = names(&place.shadowing.figures(&*place.edition().await));
    for guest in ["policy-traps", "policy-miscounts", "policy-honest", "policy-traps"] {
        place.repository.replace(&target(SHADOW, &format!("guests/{guest}.wasm"))).unwrap();
        assert_eq!(names(&place.shadowing.figures(&*place.edition().await)), first);
    }
}

#[tokio::test]
async fn a_proposed_policy_for_another_role_than_its_name_says_is_not_admitted() {
    // Signed as a proposal for the role ekonomiskt-bistand, it says that it decides for arbetsmarknad.
    let place = Place::new(&[
        target(ADAPTER, ADAPTER),
        target(POLICY, POLICY),
        DemoTarget::new("shadow/ekonomiskt-bistand/policy.wasm", ssbtx_stage::components::read(POLICY)),
    ]);
    let settings =
        ssbtx_trust::RepositorySettings::new(place.repository.root_bytes().to_vec(), place.repository.directory());
    let trusted = ssbtx_trust::load(&settings).await.unwrap();
    let shadow = trusted.shadows().next().unwrap().1;
    assert!(place.sandbox.admit_shadow(shadow).await.is_err());
    // Nor is a proposed policy one that could decide.
    assert!(place.sandbox.admit_policy(shadow).await.is_err());
}

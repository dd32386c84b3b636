//! One proposed policy, well-behaved or not.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use ssbtx_broker::Edition;
use ssbtx_core::{AgencyId, Context, Scope};
use ssbtx_rollout::ShadowFigures;
use ssbtx_stage::repository::DemoTarget;

use crate::place::{ADAPTER, POLICY, Place, SHADOW, context, decisions, target};

/// How many elements with a value each dataset of Arbetsförmedlingen has.
fn elements(edition: &Edition) -> BTreeMap<String, u64> {
    let mut elements = BTreeMap::new();
    for (_, element) in edition.adapter(AgencyId::AF).unwrap().catalogue().iter() {
        if let Scope::Dataset(dataset) = &element.scope
            && element.kind.holds_value()
        {
            *elements.entry(dataset.to_string()).or_default() += 1;
        }
    }
    elements
}

fn opened(figures: &ShadowFigures) -> BTreeMap<String, u64> {
    figures.datasets.iter().map(|dataset| (dataset.dataset.to_string(), dataset.opened)).collect()
}

fn closed(figures: &ShadowFigures) -> u64 {
    figures.datasets.iter().map(|dataset| dataset.closed).sum()
}

#[tokio::test]
async fn what_a_proposed_policy_would_open_is_counted_for_each_dataset_and_question() {
    let place = Place::with_shadow("guests/policy-honest.wasm");
    let edition = place.edition().await;
    let decided = decisions(&edition, &context()).await;
    for _ in 0..3 {
        place.answered(&edition, &context(), &decided);
    }
    let figures = place.figures_of(&edition, 3);
    assert_eq!((figures.compared, figures.failures, figures.skipped), (3, 0, 0));
    let expected: BTreeMap<String, u64> =
        elements(&edition).into_iter().map(|(dataset, elements)| (dataset, elements * 3)).collect();
    assert_eq!((opened(&figures), closed(&figures)), (expected, 0));
}

#[tokio::test]
async fn what_a_proposed_policy_would_close_is_counted_too() {
    let targets = [target(ADAPTER, ADAPTER), target(POLICY, "guests/policy-honest.wasm"), target(SHADOW, POLICY)];
    let grants = ssbtx_stage::grants::for_targets(&targets).unwrap();
    let place = Place::new(&targets.into_iter().chain(grants).collect::<Vec<DemoTarget>>());
    let edition = place.edition().await;
    place.answered(&edition, &context(), &decisions(&edition, &context()).await);
    let figures = place.figures_of(&edition, 1);
    assert_eq!(closed(&figures), elements(&edition).values().sum::<u64>());
    assert!(opened(&figures).values().all(|opened| *opened == 0));
}

#[tokio::test]
async fn a_proposed_policy_that_fails_is_counted_and_changes_nothing() {
    for guest in ["guests/policy-traps.wasm", "guests/policy-loops.wasm", "guests/policy-miscounts.wasm"] {
        let place = Place::with_shadow(guest);
        let edition = place.edition().await;
        let decided = decisions(&edition, &context()).await;
        let before = decided[0].1.mask().digest();
        for _ in 0..20 {
            place.answered(&edition, &context(), &decided);
        }
        let figures = place.figures_of(&edition, 20);
        assert_eq!((figures.compared, figures.failures), (0, 20), "{guest}");
        assert!(opened(&figures).values().all(|opened| *opened == 0));
        assert_eq!(decisions(&edition, &context()).await[0].1.mask().digest(), before);
    }
}

#[tokio::test]
async fn telling_of_an_answer_takes_no_time_however_long_a_proposed_policy_takes() {
    let place = Place::with_shadow("guests/policy-loops.wasm");
    let edition = place.edition().await;
    let decided = decisions(&edition, &context()).await;
    let began = Instant::now();
    // Each day is a context of its own, so that each is asked for: with 200 ms for a call, it would be two minutes.
    let days: Vec<Context> = Date::constant(2026, 1, 1)
        .series(jiff::ToSpan::days(1))
        .take(600)
        .map(|day| Context { asked_on: day, ..context() })
        .collect();
    for context in &days {
        place.answered(&edition, context, &decided);
    }
    assert!(began.elapsed() < Duration::from_secs(2));
    // What found no room in the queue is counted as not compared.
    let skipped = place.shadowing.figures(&edition)[0].skipped;
    assert!((300..600).contains(&skipped), "{skipped}");
}

#[tokio::test]
async fn a_tightening_holds_for_a_proposed_policy_as_for_the_active_one() {
    let mut place = Place::with_shadow("guests/policy-honest.wasm");
    let withheld = r#"{"kind":"ssbtx-tightening","version":1,"withheld":[{"id":"2026-11-22-af","since":"2026-11-22",
        "reason":{"sv":"Prov","en":"Trial"},"what":{"agency":"AF","dataset":"inskrivning"}}]}"#;
    place.repository.replace(&DemoTarget::new("tightening/withheld.json", withheld)).unwrap();
    let edition = place.edition().await;
    place.answered(&edition, &context(), &decisions(&edition, &context()).await);
    let opened = opened(&place.figures_of(&edition, 1));
    assert_eq!(opened["inskrivning"], 0);
    assert!(opened.values().sum::<u64>() > 0);
}

#[tokio::test]
async fn a_role_without_a_proposed_policy_is_not_counted() {
    let place = Place::new(&[target(ADAPTER, ADAPTER), target(POLICY, POLICY)]);
    let edition = place.edition().await;
    place.answered(&edition, &context(), &decisions(&edition, &context()).await);
    assert_eq!(place.shadowing.figures(&edition), []);
    // Nor is the edition held on to.
    assert_eq!(Arc::strong_count(&edition), 1);
}

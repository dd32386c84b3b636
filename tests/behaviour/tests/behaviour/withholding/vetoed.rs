//! A policy cannot open what the agency whose data it is has not granted.

use std::fs;

use ssbtx_stage::components::{self, workspace};
use ssbtx_stage::grants;
use ssbtx_stage::questions::Asking;
use ssbtx_stage::repository::DemoTarget;

use super::{BEYOND_THE_GRANTS, POLICY, asked, staging};
use crate::play::{ALVAR, Play, Staging, part, state};

#[tokio::test]
async fn a_policy_that_opens_more_than_the_agency_granted_is_refused_and_taken_with_the_agencys_grant() {
    let why = fs::read_to_string(workspace().join("tests/repositories").join(BEYOND_THE_GRANTS).join("WHY")).unwrap();
    assert_eq!(why.trim_end().lines().count(), 1);
    // Nothing pending is accepted, so that the role sees nothing before a law gives it something.
    let mut play = Play::staged(Staging { accepted: Vec::new(), ..staging() });
    let asking = Asking::about(ALVAR).including(&["AF"]);
    let before = play.ask_as(&play.pki.arbetsmarknad, &asking).await;
    assert_eq!((state(&before, "AF"), asked(&play)[0]), ("not-permitted", 0));

    let proposed = DemoTarget::new(POLICY, components::read("examples/open-a-field/policy.wasm"));
    play.publish(std::slice::from_ref(&proposed));
    let is_refused = |editions: &serde_json::Value| {
        let newest = &editions["attempts"][0];
        newest["stage"] == "tested"
            && newest["result"] == "refused"
            && newest["reasons"].to_string().contains("elements that agencies have not granted: ")
    };
    play.until("the policy is refused for its openings", is_refused).await;
    let still = play.ask_as(&play.pki.arbetsmarknad, &asking).await;
    assert_eq!((&still["edition"], asked(&play)[0]), (&before["edition"], 0));

    // Another agency's grant is nobody's but its own.
    let granted: Vec<DemoTarget> = grants_for(&proposed);
    let others: Vec<DemoTarget> =
        granted.iter().filter(|grant| !grant.name.starts_with("adapters/af/")).cloned().collect();
    play.publish(&others);
    play.until("the policy is refused still", |editions| {
        is_refused(editions) && editions["attempts"][0]["trustVersion"] == play.published()
    })
    .await;

    let version = play.publish(&granted);
    play.until_active(version).await;
    let after = play.ask_as(&play.pki.arbetsmarknad, &asking).await;
    assert_eq!((state(&after, "AF"), asked(&play)[0]), ("answered", 1));
    let seen = &part(&after, "AF")["document"]["Svar"];
    assert_eq!(seen["ArbetssokandeInfo"]["ArbetssokandeRegistrerad"], "2026-07-01");
    assert!(seen.get("Fornamn").is_none(), "{seen}");
}

#[tokio::test]
async fn an_agency_that_takes_its_grant_back_stops_the_next_set_and_not_the_one_in_use() {
    let mut play = Play::staged(staging());
    let asking = Asking::about(ALVAR).including(&["AF"]);
    play.repository.remove("adapters/af/arbetsmarknad.grant.json").unwrap();
    let version = play.published();
    play.until("the set without the grant is refused", |editions| {
        let newest = &editions["attempts"][0];
        newest["result"] == "refused" && newest["stage"] == "tested" && newest["trustVersion"] == version
    })
    .await;
    let answer = play.ask_as(&play.pki.arbetsmarknad, &asking).await;
    assert_eq!(state(&answer, "AF"), "answered");
}

fn grants_for(policy: &DemoTarget) -> Vec<DemoTarget> {
    let adapters = ["adapters/af/adapter.wasm", "adapters/miv/adapter.wasm"];
    let adapters = adapters.map(|name| DemoTarget::new(name, components::read(name)));
    grants::for_targets(&[&adapters[..], std::slice::from_ref(policy)].concat()).unwrap()
}

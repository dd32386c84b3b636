//! A component that misbehaves in a running host costs its own part and nothing else.

use ssbtx_base_services::Agency;
use ssbtx_stage::questions::Asking;

use crate::play::{ALVAR, Play, Staging, part, state};

/// A host whose adapter for Arbetsförmedlingen is this guest. Its one policy, for arbetsmarknad, discloses everything: the real ones carry cases about
/// Arbetsförmedlingen's real catalogue, which the guest has not.
fn with_adapter(guest: &'static str) -> Play {
    let staging = Staging {
        instead: vec![
            ("adapters/af/adapter.wasm", guest),
            ("policies/arbetsmarknad/policy.wasm", "guests/policy-honest.wasm"),
        ],
        accepted: Vec::new(),
        // Nothing hangs here: a loop ends by its own limit, also on a busy machine.
        deadline_ms: 30_000,
        ..Staging::default()
    };
    let mut targets = staging.targets();
    targets.retain(|target| !target.name.contains("ekonomiskt-bistand"));
    Play::of(&targets, staging)
}

/// What the guests' catalogue knows nothing of cannot be accepted for it.
fn practice() -> Vec<ssbtx_stage::configuration::Accepted> {
    ssbtx_stage::configuration::Configuration::demo_acceptance()
        .into_iter()
        .filter(|accepted| accepted.datasets.is_empty())
        .collect()
}

#[tokio::test]
async fn an_adapter_that_loops_or_traps_fails_alone() {
    for guest in ["guests/endless-loop.wasm", "guests/trap.wasm", "guests/memory-hog.wasm"] {
        let play = with_adapter(guest);
        let answer = play.ask_as(&play.pki.arbetsmarknad, &Asking::about(ALVAR)).await;
        let failure = &part(&answer, "AF")["failure"];
        assert_eq!((&failure["source"], &failure["code"]), (&"SSBT".into(), &"SSBT-106".into()), "{guest}: {answer}");
        assert_eq!((state(&answer, "SO"), state(&answer, "MIV")), ("answered", "answered"), "{guest}");
    }
}

#[tokio::test]
async fn an_adapter_that_breaks_its_contract_fails_alone() {
    for guest in ["guests/wrong-element.wasm", "guests/undeclared-upstream.wasm"] {
        let play = with_adapter(guest);
        let answer = play.ask_as(&play.pki.arbetsmarknad, &Asking::about(ALVAR)).await;
        assert_eq!(part(&answer, "AF")["failure"]["code"], "SSBT-107", "{guest}: {answer}");
        assert_eq!((state(&answer, "SO"), state(&answer, "MIV")), ("answered", "answered"), "{guest}");
    }
}

#[tokio::test]
async fn while_an_adapter_loops_in_many_questions_others_are_answered() {
    let play = with_adapter("guests/endless-loop.wasm");
    let looping = futures_of(&play, 8, &["AF"]);
    let honest = futures_of(&play, 4, &["SO", "MIV"]);
    let (looped, answered) = tokio::join!(looping, honest);
    for answer in looped {
        assert_eq!(part(&answer, "AF")["failure"]["code"], "SSBT-106");
    }
    for answer in answered {
        assert_eq!((state(&answer, "SO"), state(&answer, "MIV")), ("answered", "answered"));
    }
}

/// Asks the same of some agencies many times at once.
async fn futures_of(play: &Play, times: usize, agencies: &[&str]) -> Vec<serde_json::Value> {
    let asking = Asking::about(ALVAR).including(agencies);
    let asked = (0..times).map(|_| play.ask_as(&play.pki.arbetsmarknad, &asking));
    futures::future::join_all(asked).await
}

#[tokio::test]
async fn a_policy_that_fails_discloses_nothing_and_no_agency_is_asked() {
    for guest in ["guests/policy-loops.wasm", "guests/policy-traps.wasm", "guests/policy-miscounts.wasm"] {
        let instead = vec![("policies/arbetsmarknad/policy.wasm", guest)];
        let play = Play::staged(Staging { instead, accepted: practice(), ..Staging::default() });
        let answer = play.ask_as(&play.pki.arbetsmarknad, &Asking::about(ALVAR)).await;
        for agency in ["AF", "SO", "MIV"] {
            assert_eq!(part(&answer, agency)["failure"]["code"], "SSBT-110", "{guest}: {answer}");
            assert!(part(&answer, agency).get("document").is_none(), "{guest}");
        }
        assert_eq!(Agency::ALL.map(|agency| play.agencies.requests(agency)), [0; 7], "{guest}");
        // The other role's policy is another component.
        assert_eq!(state(&play.ask(&Asking::about(ALVAR)).await, "AF"), "answered", "{guest}");
    }
}

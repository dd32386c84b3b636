//! A policy is exchanged under load: no question fails by it, and none is answered with parts of two editions.

mod crowd;
mod shown;
mod side;
mod witnesses;

use std::time::Duration;

use ssbtx_base_services::{Agency, Fault};
use ssbtx_stage::questions::Asking;

use crate::play::{ALVAR, Play, Staging};
use crowd::Crowd;
use shown::Shown;
use side::Sides;
use witnesses::Witnesses;

#[tokio::test]
async fn a_hundred_swaps_under_two_hundred_questions_in_flight_fail_none_and_mix_no_editions() {
    let staging = staging();
    let sides = Sides::of(&staging);
    let mut play = Play::of(&sides.side(0).targets(), staging);
    let mut witnesses = Witnesses::new(play.published(), sides.side(0));
    play.agencies.set_fault(Agency::Af, Some(Fault::Delay(SLOW)));

    let crowd = Crowd::gather(&play, CROWD).await;
    let mut most_editions = 0;
    for swap in 1..=SWAPS {
        let side = sides.side(swap);
        // Before it is published: an answer may come before the host's word that the edition is active.
        witnesses.expect(play.published() + 1, side);
        let version = play.publish(&side.targets());
        let editions = play.until_active(version).await;
        most_editions = most_editions.max(editions["editionsAlive"].as_u64().unwrap());
        // Whoever asks now is answered under the new edition.
        let quick = Asking::about(ALVAR).including(&["MIV"]);
        let shown = Shown::read(&play.ask_as(&play.pki.arbetsmarknad, &quick).await).unwrap();
        assert_eq!(shown.version, version, "a question after swap {swap}");
        witnesses.heard(shown);
        let in_flight = crowd.fewest_in_flight();
        assert!(
            in_flight >= IN_FLIGHT,
            "{in_flight} questions were in flight before swap {swap}; {:?}",
            crowd.failures()
        );
    }
    assert!(most_editions > 1, "no question outlived its edition: nothing was swapped under it");
    // Each has let go of what it used: also the last questions' editions go with their last answers.
    crowd.leave().await.into_iter().for_each(|shown| witnesses.heard(shown));
    play.until("one edition is in memory", |editions| editions["editionsAlive"] == 1).await;
    witnesses.agree(&play.records());
    let verified = ssbtx_audit::verify(&play.audit_folder()).unwrap();
    assert_eq!(verified.records, witnesses.count());
}

/// Three agencies of which something is seen, and time enough for a slow one on a busy machine.
fn staging() -> Staging {
    Staging {
        deadline_ms: 30_000,
        upstream_timeout_ms: 60_000,
        log_filter: "warn",
        ..Staging::without(&[Agency::Csn, Agency::Fk, Agency::Skv, Agency::Tns])
    }
}

const SWAPS: usize = 100;
/// The questions that are in flight at least, from when all have come until the last swap.
const IN_FLIGHT: usize = 200;
/// Each asks one question after another, so now and then one is between two of them.
const CROWD: usize = IN_FLIGHT + 8;
/// Longer than a swap takes, so that most questions outlive the edition that they are answered under.
const SLOW: Duration = Duration::from_secs(6);

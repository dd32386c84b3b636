//! The host is killed in the middle of an update: it comes back on what it had or on what was to come, whole.

mod asker;
mod damage;
mod points;
mod version;

use std::collections::BTreeSet;
use std::time::Duration;

use ssbtx_stage::questions::Asking;
use tokio::time::{Instant, sleep};

use crate::play::{ALVAR, Play, Staging};
use asker::{Answered, Asker};
use damage::Damage;
use points::{Point, Points, Source};
use version::Version;

#[tokio::test]
async fn a_host_that_is_killed_at_any_point_of_an_update_comes_back_on_the_last_good_edition_or_the_new_one() {
    let mut play = Play::of(&Version::FIRST.targets(), staging());
    let update = time_of_an_update(&mut play).await;
    let (mut answered, mut came_back) = (Vec::new(), Vec::new());
    for point in Points::spread_over(update) {
        came_back.push(killed_at(&mut play, &point, &mut answered).await);
    }
    let times = |outcome: CameBack| came_back.iter().filter(|came_back| **came_back == outcome).count();
    let without_a_source = (times(CameBack::OnTheOld), times(CameBack::OnTheNew));
    // Else all points were on one side of the moment that decides.
    assert!(without_a_source.0 > 0 && without_a_source.1 > 0, "on the old and the new edition: {without_a_source:?}");
    ssbtx_audit::verify(&play.audit_folder()).unwrap();
    let recorded: BTreeSet<String> =
        play.records().iter().filter_map(|record| record["question"].as_str().map(str::to_owned)).collect();
    for Answered { question, .. } in answered {
        assert!(recorded.contains(&question), "question {question} left no record");
    }
}

/// What a host came back on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CameBack {
    /// The new edition, since its source was there.
    WithItsSource,
    /// Without its source, the edition before the update.
    OnTheOld,
    /// Without its source, the new edition.
    OnTheNew,
}

/// Publishes the next version, kills the host at this point, and starts it again.
async fn killed_at(play: &mut Play, point: &Point, answered: &mut Vec<Answered>) -> CameBack {
    let old = Version(play.published());
    let asker = Asker::begin(play);
    let new = Version(play.publish(&old.next().targets()));
    sleep(point.delay).await;
    play.host.kill().unwrap();
    let heard = asker.end().await;
    let damage = Damage::done_to(play, point.source);
    play.start_again().unwrap_or_else(|error| panic!("{point}: {error:#}"));

    let editions = play.editions().await;
    let active = Version(editions["active"]["trustVersion"].as_u64().unwrap());
    let expected = if point.source == Source::Whole { vec![new] } else { vec![old, new] };
    assert!(expected.contains(&active), "{point}: came back on {active:?}, expected {expected:?}");
    let origin = if point.source == Source::Whole { "source" } else { "last-good-copy" };
    assert_eq!(editions["active"]["origin"], origin, "{point}");
    assert_eq!(Version::told_by(&editions), active.components(), "{point}: components of {active:?}");
    for Answered { version, question } in &heard {
        assert!([old, new].contains(version), "{point}: {version:?} answered {question}");
        assert!(*version <= active, "{point}: came back on {active:?} after {version:?} had answered {question}");
    }
    answered.extend(heard);
    let answer = play.ask_as(&play.pki.arbetsmarknad, &Asking::about(ALVAR).including(&["AF"])).await;
    answered.push(active.assert_answered(&answer, point));

    damage.mend();
    play.until_active(new.0).await;
    match point.source {
        Source::Whole => CameBack::WithItsSource,
        Source::Removed | Source::Spoilt if active == new => CameBack::OnTheNew,
        Source::Removed | Source::Spoilt => CameBack::OnTheOld,
    }
}

/// How long an update takes, from the moment that the repository has changed until it is active: the mean of some.
async fn time_of_an_update(play: &mut Play) -> Duration {
    let mut time = Duration::ZERO;
    for _ in 0..MEASURED {
        let version = play.publish(&Version(play.published()).next().targets());
        let begun = Instant::now();
        play.until_active(version).await;
        time += begun.elapsed();
    }
    time / MEASURED
}

/// Nothing rests on a pending basis here, and the guest asks its agency for what that refuses.
fn staging() -> Staging {
    Staging { accepted: Vec::new(), instead: vec![version::ADAPTER, version::POLICY], ..Staging::default() }
}

const MEASURED: u32 = 6;

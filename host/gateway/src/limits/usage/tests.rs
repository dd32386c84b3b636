use ssbtx_core::{Caseworker, Organisation};

use super::*;
use crate::limits::Measure;

const TIGHT: Allowance = Allowance { per_minute: 60, burst: 2, concurrent: 3, per_day: 5 };
const WIDE: Allowance = Allowance { per_minute: 100_000, burst: 10_000, concurrent: 1024, per_day: 10_000_000 };

/// One host, in which time passes as the test says.
struct Host {
    usages: Usages,
    limits: ConsumerLimits,
    now: Moment,
}

impl Host {
    fn new(consumer: Allowance, caseworker: Allowance) -> Self {
        let now = Moment { instant: Instant::now(), time: "2026-03-01T08:30:00Z".parse().unwrap() };
        Self { usages: Usages::new([7; 16]), limits: ConsumerLimits { consumer, caseworker }, now }
    }

    fn later(&mut self, by: Duration) {
        self.now = Moment { instant: self.now.instant + by, time: self.now.time + by };
    }

    /// Asks; what is refused is told as limit and seconds.
    fn ask(&self, consumer: &str, caseworker: &str) -> Result<Place, (&'static str, u64)> {
        self.ask_for(consumer, "162020000001", caseworker)
    }

    fn ask_for(&self, consumer: &str, organisation: &str, caseworker: &str) -> Result<Place, (&'static str, u64)> {
        let organisation = Organisation { number: organisation.parse().unwrap(), name: "Exempelkommun".to_owned() };
        let caseworker = Caseworker::parse(caseworker).unwrap();
        let requester = Requester { organisation, caseworker, processors: Vec::new() };
        self.usages
            .enter(consumer, &self.limits, Some(&requester), self.now)
            .map_err(|reached| (reached.limit.label(), reached.retry_after.as_secs()))
    }

    /// Asks, and has its answer at once.
    fn ask_and_end(&self, caseworker: &str) -> Result<(), (&'static str, u64)> {
        self.ask("nämnden", caseworker).map(drop)
    }

    fn counted_caseworkers(&self) -> usize {
        let usage = self.usages.0.usage("nämnden", self.now);
        locked(&usage).caseworkers.len()
    }
}

#[test]
fn a_burst_passes_and_then_questions_pass_at_the_rate() {
    let mut host = Host::new(WIDE, TIGHT);
    assert_eq!([(); 3].map(|()| host.ask_and_end("a")), [Ok(()), Ok(()), Err(("caseworker-rate", 1))]);
    host.later(Duration::from_millis(999));
    assert_eq!(host.ask_and_end("a"), Err(("caseworker-rate", 1)));
    host.later(Duration::from_millis(1));
    assert_eq!([(); 2].map(|()| host.ask_and_end("a")), [Ok(()), Err(("caseworker-rate", 1))]);
}

#[test]
fn whoever_waits_as_long_as_is_said_is_let_in() {
    let mut host = Host::new(Allowance { per_minute: 7, burst: 1, ..WIDE }, WIDE);
    for _ in 0..5 {
        assert_eq!(host.ask_and_end("a"), Ok(()));
        assert_eq!(host.ask_and_end("a"), Err(("consumer-rate", 9)));
        host.later(Duration::from_secs(9));
    }
}

#[test]
fn a_limit_that_is_raised_holds_at_once_whatever_was_asked_before() {
    let slow = Allowance { per_minute: 1, burst: 10, ..WIDE };
    let fast = Allowance { per_minute: 60, burst: 2, ..WIDE };
    for (before, after, label) in
        [((slow, WIDE), (fast, WIDE), "consumer-rate"), ((WIDE, slow), (WIDE, fast), "caseworker-rate")]
    {
        let mut host = Host::new(before.0, before.1);
        assert!([(); 10].iter().all(|()| host.ask_and_end("a").is_ok()));
        assert_eq!(host.ask_and_end("a"), Err((label, 60)));
        host.limits = ConsumerLimits { consumer: after.0, caseworker: after.1 };
        assert_eq!(host.ask_and_end("a"), Err((label, 1)));
        for _ in 0..3 {
            host.later(Duration::from_secs(1));
            assert_eq!([(); 2].map(|()| host.ask_and_end("a")), [Ok(()), Err((label, 1))]);
        }
    }
}

#[test]
fn questions_under_way_are_counted_until_they_end() {
    let concurrent = Allowance { concurrent: 2, ..WIDE };
    for (consumer, caseworker, label) in
        [(concurrent, WIDE, "consumer-concurrency"), (WIDE, concurrent, "caseworker-concurrency")]
    {
        let host = Host::new(consumer, caseworker);
        let (first, _second) = (host.ask("nämnden", "a").unwrap(), host.ask("nämnden", "a").unwrap());
        assert_eq!(host.ask_and_end("a"), Err((label, 1)));
        drop(first);
        assert_eq!(host.ask_and_end("a"), Ok(()));
    }
}

#[test]
fn a_days_volume_is_back_at_midnight_in_sweden() {
    let volume = Allowance { per_day: 2, ..WIDE };
    for (consumer, caseworker, label) in
        [(volume, WIDE, "consumer-daily-volume"), (WIDE, volume, "caseworker-daily-volume")]
    {
        let mut host = Host::new(consumer, caseworker);
        let until_midnight = (14 * 60 + 30) * 60;
        assert_eq!([(); 3].map(|()| host.ask_and_end("a")), [Ok(()), Ok(()), Err((label, until_midnight))]);
        host.later(Duration::from_secs(until_midnight - 1));
        assert_eq!(host.ask_and_end("a"), Err((label, 1)));
        host.later(Duration::from_secs(1));
        assert_eq!([(); 3].map(|()| host.ask_and_end("a").is_ok()), [true, true, false]);
    }
}

#[test]
fn of_several_limits_the_one_that_lasts_longest_is_told() {
    let host = Host::new(Allowance { per_day: 2, ..TIGHT }, TIGHT);
    assert_eq!([(); 2].map(|()| host.ask_and_end("a")), [Ok(()), Ok(())]);
    assert_eq!(host.ask_and_end("a").unwrap_err().0, "consumer-daily-volume");
}

#[test]
fn one_caseworker_leaves_the_others_their_limits() {
    let host = Host::new(WIDE, TIGHT);
    assert_eq!([(); 3].map(|()| host.ask_and_end("a").is_ok()), [true, true, false]);
    assert_eq!(host.ask_and_end("b"), Ok(()));
}

#[test]
fn one_consumer_leaves_the_others_their_limits() {
    let host = Host::new(TIGHT, WIDE);
    assert_eq!([(); 3].map(|()| host.ask("nämnden", "a").is_ok()), [true, true, false]);
    assert!(host.ask("en annan nämnd", "a").is_ok());
}

#[test]
fn a_refused_question_takes_nothing_from_anybody() {
    let mut host = Host::new(TIGHT, Allowance { burst: 1, ..TIGHT });
    assert_eq!(host.ask_and_end("a"), Ok(()));
    for _ in 0..1000 {
        assert_eq!(host.ask_and_end("a"), Err(("caseworker-rate", 1)));
    }
    assert_eq!(host.ask_and_end("b"), Ok(()));
    host.later(Duration::from_secs(1));
    assert_eq!(host.ask_and_end("a"), Ok(()));
}

#[test]
fn a_caseworker_is_one_person_however_the_name_is_written() {
    let host = Host::new(WIDE, Allowance { per_day: 1, ..WIDE });
    assert!(host.ask_and_end("Hand01").is_ok());
    assert!(host.ask_and_end(" hand01 ").is_err());
    assert!(host.ask_for("nämnden", "162020000003", "Hand01").is_ok());
}

#[test]
fn a_test_of_the_base_services_counts_for_the_consumer_and_for_no_caseworker() {
    let host = Host::new(Allowance { burst: 1, ..TIGHT }, WIDE);
    assert!(host.usages.enter("nämnden", &host.limits, None, host.now).is_ok());
    assert_eq!(host.counted_caseworkers(), 0);
    assert_eq!(host.ask_and_end("a"), Err(("consumer-rate", 1)));
}

#[test]
fn refusals_are_counted_for_each_consumer() {
    let host = Host::new(Allowance { per_day: 1, ..WIDE }, WIDE);
    let refusals = |consumer| {
        host.usages.enter(consumer, &host.limits, None, host.now).map_or_else(|reached| reached.refusals, |_| 0)
    };
    assert_eq!([(); 3].map(|()| refusals("nämnden")), [0, 1, 2]);
    assert_eq!([(); 2].map(|()| refusals("en annan nämnd")), [0, 1]);
}

#[test]
fn made_up_caseworkers_take_no_more_than_their_memory_and_forget_nobody_who_asked_much() {
    let host = Host::new(WIDE, Allowance { per_day: 2, ..WIDE });
    assert_eq!([(); 2].map(|()| host.ask_and_end("diligent")), [Ok(()), Ok(())]);
    let under_way = host.ask("nämnden", "under way").unwrap();
    for number in 0..MOST_CASEWORKERS + 100 {
        // The consumer's own rate is not what is tried here.
        let mut host = Host { usages: host.usages.clone(), ..host };
        host.later(Duration::from_millis(number as u64));
        assert_eq!(host.ask_and_end(&format!("made up {number}")), Ok(()));
    }
    assert_eq!(host.counted_caseworkers(), MOST_CASEWORKERS);
    assert_eq!(host.ask_and_end("diligent").unwrap_err().0, "caseworker-daily-volume");
    drop(under_way);
}

#[test]
fn no_caseworkers_name_is_kept() {
    let host = Host::new(WIDE, WIDE);
    let place = host.ask("nämnden", "a name to be searched for").unwrap();
    let usage = host.usages.0.usage("nämnden", host.now);
    let kept = format!("{:?} {place:?}", locked(&usage).caseworkers);
    assert!(!kept.contains("name to be"), "{kept}");
}

#[test]
fn every_limit_has_a_stable_label() {
    let labels = [Whose::Consumer, Whose::Caseworker].map(|whose| {
        [Measure::Rate, Measure::Concurrency, Measure::DailyVolume]
            .map(|measure| Limit { whose, measure }.label())
            .join(" ")
    });
    insta::assert_snapshot!(labels.join(" "), @"consumer-rate consumer-concurrency consumer-daily-volume caseworker-rate caseworker-concurrency caseworker-daily-volume");
}

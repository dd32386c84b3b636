//! Whether an upstream that has failed is asked again.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// The state of an upstream's circuit breaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakerState {
    /// It is asked.
    Closed,
    /// It is not asked: too many exchanges in a row have failed. Whoever would ask is told at once.
    Open,
    /// One exchange is under way that says whether it can be asked again. Nobody else asks until that has ended.
    HalfOpen,
}

impl BreakerState {
    /// Every state, for tables and metrics.
    pub const ALL: [Self; 3] = [Self::Closed, Self::Open, Self::HalfOpen];

    /// The stable name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::HalfOpen => "half-open",
        }
    }
}

/// Counts failures in a row and, past a number of them, lets nobody ask for a time; then one, whose luck decides for all.
pub(crate) struct Breaker {
    most_failures: usize,
    open_time: Duration,
    inner: Mutex<Inner>,
}

struct Inner {
    state: State,
    /// Counts the changes of state: what began before a change says nothing about the time after it.
    round: u64,
}

#[derive(Clone, Copy)]
enum State {
    Closed { failures: usize },
    Open { until: Instant },
    HalfOpen,
}

/// A change that an operator is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// Nobody asks from now on.
    Opened,
    /// Everybody asks again.
    Closed,
}

impl Breaker {
    pub(crate) fn new(most_failures: usize, open_time: Duration) -> Self {
        Self { most_failures, open_time, inner: Mutex::new(Inner { state: State::Closed { failures: 0 }, round: 0 }) }
    }

    /// Whether nobody may ask now. `false` promises nothing: who asks needs a [`Pass`].
    pub(crate) fn refuses(&self, now: Instant) -> bool {
        self.inner().state.refuses(now)
    }

    /// Lets one exchange through, or none. The first after an open time is the probe, and the others wait for what it finds.
    pub(crate) fn admit(&self, now: Instant) -> Option<Pass<'_>> {
        let mut inner = self.inner();
        if inner.state.refuses(now) {
            return None;
        }
        if matches!(inner.state, State::Open { .. }) {
            inner.turn(State::HalfOpen);
        }
        Some(Pass { breaker: self, round: inner.round, is_settled: false })
    }

    /// The state and how many exchanges in a row have failed, as far as that is counted: until it opens.
    pub(crate) fn state(&self) -> (BreakerState, usize) {
        match self.inner().state {
            State::Closed { failures } => (BreakerState::Closed, failures),
            State::Open { .. } => (BreakerState::Open, self.most_failures),
            State::HalfOpen => (BreakerState::HalfOpen, self.most_failures),
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn turn(&mut self, state: State) {
        self.state = state;
        self.round = self.round.wrapping_add(1);
    }
}

impl State {
    fn refuses(self, now: Instant) -> bool {
        match self {
            Self::Closed { .. } => false,
            Self::Open { until } => now < until,
            Self::HalfOpen => true,
        }
    }
}

/// The permission for one exchange. Dropped without an outcome, it says nothing of the upstream, and a probe may be made anew.
pub(crate) struct Pass<'b> {
    breaker: &'b Breaker,
    round: u64,
    is_settled: bool,
}

impl Pass<'_> {
    /// The upstream has answered.
    pub(crate) fn succeeded(mut self) -> Option<Change> {
        self.is_settled = true;
        let mut inner = self.breaker.inner();
        if inner.round != self.round {
            return None;
        }
        match inner.state {
            State::Closed { .. } => {
                inner.state = State::Closed { failures: 0 };
                None
            }
            State::Open { .. } | State::HalfOpen => {
                inner.turn(State::Closed { failures: 0 });
                Some(Change::Closed)
            }
        }
    }

    /// The upstream has failed.
    pub(crate) fn failed(mut self, now: Instant) -> Option<Change> {
        self.is_settled = true;
        let mut inner = self.breaker.inner();
        if inner.round != self.round {
            return None;
        }
        let open = State::Open { until: now + self.breaker.open_time };
        match inner.state {
            State::Closed { failures } if failures + 1 < self.breaker.most_failures => {
                inner.state = State::Closed { failures: failures + 1 };
                None
            }
            State::Closed { .. } => {
                inner.turn(open);
                Some(Change::Opened)
            }
            // It was told when it opened first.
            State::Open { .. } | State::HalfOpen => {
                inner.turn(open);
                None
            }
        }
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        if self.is_settled {
            return;
        }
        let mut inner = self.breaker.inner();
        if inner.round == self.round && matches!(inner.state, State::HalfOpen) {
            // Its time is over already, so whoever comes next is the probe.
            inner.turn(State::Open { until: Instant::now() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: Duration = Duration::from_secs(5);

    /// A breaker that three failures have opened, and when.
    fn opened() -> (Breaker, Instant) {
        let (breaker, now) = (Breaker::new(3, OPEN), Instant::now());
        for _ in 0..2 {
            assert_eq!(breaker.admit(now).unwrap().failed(now), None);
        }
        assert_eq!(breaker.state(), (BreakerState::Closed, 2));
        assert_eq!(breaker.admit(now).unwrap().failed(now), Some(Change::Opened));
        (breaker, now)
    }

    #[test]
    fn failures_in_a_row_open_it_and_nobody_may_ask() {
        let (breaker, now) = opened();
        assert_eq!(breaker.state(), (BreakerState::Open, 3));
        assert!(breaker.refuses(now));
        assert!(breaker.admit(now + OPEN - Duration::from_millis(1)).is_none());
    }

    #[test]
    fn an_answer_between_failures_begins_the_count_anew() {
        let (breaker, now) = (Breaker::new(2, OPEN), Instant::now());
        for _ in 0..10 {
            assert_eq!(breaker.admit(now).unwrap().failed(now), None);
            assert_eq!(breaker.admit(now).unwrap().succeeded(), None);
        }
        assert_eq!(breaker.state(), (BreakerState::Closed, 0));
    }

    #[test]
    fn after_its_time_exactly_one_may_ask_and_closes_it_by_an_answer() {
        let (breaker, now) = opened();
        let probe = breaker.admit(now + OPEN).unwrap();
        assert_eq!(breaker.state().0, BreakerState::HalfOpen);
        assert!(breaker.refuses(now + OPEN) && breaker.admit(now + OPEN * 100).is_none());
        assert_eq!(probe.succeeded(), Some(Change::Closed));
        assert_eq!(breaker.state(), (BreakerState::Closed, 0));
    }

    #[test]
    fn a_probe_that_fails_opens_it_for_another_time() {
        let (breaker, now) = opened();
        let then = now + OPEN;
        assert_eq!(breaker.admit(then).unwrap().failed(then), None);
        assert!(breaker.refuses(then + OPEN - Duration::from_millis(1)));
        assert!(breaker.admit(then + OPEN).is_some());
    }

    #[test]
    fn a_probe_that_is_given_up_leaves_its_place_to_the_next() {
        let (breaker, now) = opened();
        drop(breaker.admit(now + OPEN).unwrap());
        assert!(breaker.admit(now + OPEN).is_some());
    }

    #[test]
    fn what_began_before_it_opened_says_nothing_after() {
        let (breaker, now) = (Breaker::new(1, OPEN), Instant::now());
        let (early, late) = (breaker.admit(now).unwrap(), breaker.admit(now).unwrap());
        assert_eq!(breaker.admit(now).unwrap().failed(now), Some(Change::Opened));
        assert_eq!(early.succeeded(), None);
        assert_eq!(breaker.state().0, BreakerState::Open);
        let probe = breaker.admit(now + OPEN).unwrap();
        assert_eq!(late.failed(now + OPEN), None);
        assert_eq!(probe.succeeded(), Some(Change::Closed));
    }

    #[test]
    fn the_names_of_the_states_stay_as_they_are() {
        assert_eq!(BreakerState::ALL.map(BreakerState::label), ["closed", "open", "half-open"]);
    }
}

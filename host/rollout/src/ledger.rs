//! What became of the attempts.

use std::collections::{BTreeMap, VecDeque};

use crate::stage::Stage;
use crate::status::{Attempt, Outcome, Status, Total};

/// The newest attempts, and how many there were of each kind.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    attempts: VecDeque<Attempt>,
    totals: BTreeMap<(Stage, &'static str), u64>,
}

/// Whether an attempt is worth a line in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// It is.
    New,
    /// It was refused for the reasons for which the one before it was.
    Again,
}

impl Ledger {
    /// Enters an attempt; one that was refused just as the one before is counted with it.
    pub(crate) fn enter(&mut self, attempt: Attempt) -> Told {
        *self.totals.entry((attempt.outcome.stage(), attempt.outcome.label())).or_default() += 1;
        if let Some(before) = self.attempts.front_mut()
            && let Outcome::Refused { .. } = attempt.outcome
            && (before.origin, before.trust_version, &before.outcome, &before.tightening_applied)
                == (attempt.origin, attempt.trust_version, &attempt.outcome, &attempt.tightening_applied)
        {
            before.tries += attempt.tries;
            before.last_tried = attempt.last_tried;
            return Told::Again;
        }
        self.attempts.truncate(Status::ATTEMPTS - 1);
        self.attempts.push_front(attempt);
        Told::New
    }

    /// The newest attempts, the latest first.
    pub(crate) fn attempts(&self) -> Vec<Attempt> {
        self.attempts.iter().cloned().collect()
    }

    /// How many there were of each kind.
    pub(crate) fn totals(&self) -> Vec<Total> {
        self.totals.iter().map(|((stage, result), count)| Total { stage: *stage, result, count: *count }).collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::status::Origin;

    fn attempt(second: i64, outcome: Outcome) -> Attempt {
        let at = Timestamp::from_second(second).unwrap();
        let (origin, trust_version, passed, tightening_applied) = (Origin::Source, Some(1), Vec::new(), Vec::new());
        Attempt { at, origin, trust_version, passed, outcome, tightening_applied, tries: 1, last_tried: at }
    }

    fn refused(reason: &str) -> Outcome {
        Outcome::Refused { stage: Stage::Tested, reasons: vec![reason.to_owned()] }
    }

    #[test]
    fn a_set_that_is_refused_again_and_again_is_one_attempt_with_its_number_of_tries() {
        let mut ledger = Ledger::default();
        assert_eq!(ledger.enter(attempt(1, refused("a"))), Told::New);
        assert_eq!(ledger.enter(attempt(2, refused("a"))), Told::Again);
        assert_eq!(ledger.enter(attempt(3, refused("b"))), Told::New);
        assert_eq!(ledger.enter(attempt(4, refused("a"))), Told::New);
        let told: Vec<_> =
            ledger.attempts().iter().map(|one| (one.at.as_second(), one.last_tried.as_second(), one.tries)).collect();
        assert_eq!(told, [(4, 4, 1), (3, 3, 1), (1, 2, 2)]);
        assert_eq!(ledger.totals(), [Total { stage: Stage::Tested, result: "refused", count: 4 }]);
    }

    #[test]
    fn the_newest_attempts_are_told_and_all_are_counted() {
        let mut ledger = Ledger::default();
        for second in 1..=30 {
            assert_eq!(ledger.enter(attempt(second, Outcome::Active)), Told::New);
        }
        let attempts = ledger.attempts();
        assert_eq!((attempts.len(), attempts[0].at.as_second()), (Status::ATTEMPTS, 30));
        assert_eq!(ledger.totals(), [Total { stage: Stage::Active, result: "active", count: 30 }]);
    }
}

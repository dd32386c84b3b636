//! The stages that one attempt has passed, and how long each took.

use std::time::Instant;

use serde::Serialize;
use ssbtx_core::TighteningId;

use crate::stage::Stage;

/// The stages that one attempt has passed.
#[derive(Debug)]
pub(crate) struct Course {
    trust_version: Option<u64>,
    passed: Vec<Passed>,
    withheld: Vec<TighteningId>,
    since: Instant,
}

/// A stage that was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Passed {
    /// The stage.
    pub stage: Stage,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
}

impl Course {
    /// An attempt that has passed nothing yet.
    pub(crate) fn begin() -> Self {
        Self { trust_version: None, passed: Vec::new(), withheld: Vec::new(), since: Instant::now() }
    }

    /// Takes down which set it is.
    pub(crate) fn of(&mut self, trust_version: u64) {
        self.trust_version = Some(trust_version);
    }

    /// The version of the set, where it came so far that it is known.
    pub(crate) fn trust_version(&self) -> Option<u64> {
        self.trust_version
    }

    /// Takes down what of the set is withheld in advance of it.
    pub(crate) fn withhold(&mut self, entries: Vec<TighteningId>) {
        self.withheld = entries;
    }

    /// What of the set is withheld in advance of it.
    pub(crate) fn withheld(&self) -> &[TighteningId] {
        &self.withheld
    }

    /// Takes down a stage as passed.
    pub(crate) fn pass(&mut self, stage: Stage) {
        let now = Instant::now();
        let took_ms = u64::try_from(now.duration_since(self.since).as_millis()).unwrap_or(u64::MAX);
        self.passed.push(Passed { stage, took_ms });
        self.since = now;
    }

    /// The stage that it is on its way to.
    pub(crate) fn next(&self) -> Stage {
        let last = self.passed.last().map(|passed| passed.stage);
        Stage::ALL.into_iter().find(|stage| last.is_none_or(|last| *stage > last)).unwrap_or(Stage::Active)
    }

    /// The stages that it has passed, in order.
    pub(crate) fn passed(&self) -> &[Passed] {
        &self.passed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_is_on_its_way_to_the_stage_after_the_last_that_it_passed() {
        let mut course = Course::begin();
        let mut ways = vec![course.next()];
        for stage in Stage::ALL {
            course.pass(stage);
            ways.push(course.next());
        }
        let [fetched, verified, admitted, tested, kept, active] = Stage::ALL;
        assert_eq!(ways, [fetched, verified, admitted, tested, kept, active, active]);
        assert_eq!(course.passed().len(), 6);
    }
}

//! How many cases are open, and what came of questions at the gate.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What came of a question whose consumer is held to its open cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GateResult {
    /// It was in an open case.
    Inside,
    /// It was not, and was answered with a warning.
    Outside,
    /// It was not, and was refused.
    Refused,
}

impl GateResult {
    /// Every result.
    pub const ALL: [Self; 3] = [Self::Inside, Self::Outside, Self::Refused];

    /// The stable name, as metrics show it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Outside => "outside",
            Self::Refused => "refused",
        }
    }
}

/// The figures of one consumer since the host was started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsumerFigures {
    /// The consumer's name in the operator's configuration.
    pub consumer: String,
    /// How many cases it had open when it last registered or closed one; nothing as long as it has not.
    pub open: Option<u64>,
    /// How many questions came to which result.
    pub results: Vec<(GateResult, u64)>,
}

/// The figures of every consumer that has registered a case, or has asked and is held to its cases.
#[derive(Default)]
pub(crate) struct Figures(Mutex<BTreeMap<String, Counts>>);

#[derive(Default)]
struct Counts {
    open: Option<u64>,
    results: BTreeMap<GateResult, u64>,
}

impl Figures {
    pub(crate) fn count(&self, consumer: &str, result: GateResult) {
        let mut consumers = self.locked();
        let counts = consumers.entry(consumer.to_owned()).or_default();
        let count = counts.results.entry(result).or_default();
        *count = count.saturating_add(1);
    }

    pub(crate) fn set_open(&self, consumer: &str, open: u64) {
        self.locked().entry(consumer.to_owned()).or_default().open = Some(open);
    }

    pub(crate) fn shown(&self) -> Vec<ConsumerFigures> {
        let result = |counts: &Counts, result| (result, counts.results.get(&result).copied().unwrap_or_default());
        let shown = |(consumer, counts): (&String, &Counts)| ConsumerFigures {
            consumer: consumer.clone(),
            open: counts.open,
            results: GateResult::ALL.map(|of| result(counts, of)).into(),
        };
        self.locked().iter().map(shown).collect()
    }

    /// What a panicking thread leaves is counts, each whole.
    fn locked(&self) -> MutexGuard<'_, BTreeMap<String, Counts>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

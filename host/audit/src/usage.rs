//! How much is asked: counts, and nothing of a person.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::indexed::Indexed;
use crate::month::{Month, Months};
use crate::searchable::{SearchFault, Searchable};
use crate::suppression::{Count, Precision};

/// How much each consumer asked, month by month. Nothing is summed over consumers, roles, fronts or months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Usage {
    /// The months in their order.
    pub months: Vec<UsageOfMonth>,
}

/// What was asked in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UsageOfMonth {
    /// The month.
    pub month: Month,
    /// Whether it is not over: then counts are rounded down to a multiple of five.
    pub running: bool,
    /// By consumer, role and front.
    pub rows: Vec<UsageRow>,
}

/// What one consumer asked in one role by one front.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UsageRow {
    /// The consumer's name in the operator's configuration.
    pub consumer: String,
    /// What it asked as.
    pub role: String,
    /// By which front.
    pub front: String,
    /// How many questions were answered, each about one person.
    pub questions: Count,
    /// How many were refused before any agency was asked, for a limit or a case that is not open.
    pub refused: Count,
    /// How many agencies' parts ended in which state; empty where so few questions were asked that their number is not shown.
    pub parts: BTreeMap<String, Count>,
}

impl Usage {
    /// Counts what a log holds of some months.
    ///
    /// # Errors
    ///
    /// [`SearchFault`].
    pub fn of(log: &mut dyn Searchable, months: Months) -> Result<Self, SearchFault> {
        let of_month = |month: Month| {
            let mut counted: BTreeMap<Key, Counted> = BTreeMap::new();
            log.each(&month.time(), &mut |row| {
                if let Some((key, kind)) = Key::of(&row) {
                    counted.entry(key).or_default().add(kind, &row);
                }
            })?;
            let running = months.is_running(month);
            let precision = if running { Precision::Fives } else { Precision::Exact };
            let rows = counted.into_iter().map(|(key, counted)| counted.shown(key, precision)).collect();
            Ok(UsageOfMonth { month, running, rows })
        };
        Ok(Self { months: months.iter().map(of_month).collect::<Result<_, SearchFault>>()? })
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    consumer: String,
    role: String,
    front: String,
}

impl Key {
    /// Of a line that counts: an answered question or a refused one.
    fn of(row: &Indexed) -> Option<(Self, Kind)> {
        let kind = match row.kind.as_str() {
            "question" => Kind::Answered,
            "refused" => Kind::Refused,
            _ => return None,
        };
        let (consumer, role, front) = (row.consumer.clone()?, row.role.clone()?, row.front.clone()?);
        Some((Self { consumer, role, front }, kind))
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Answered,
    Refused,
}

#[derive(Default)]
struct Counted {
    questions: u64,
    refused: u64,
    parts: BTreeMap<String, u64>,
}

impl Counted {
    fn add(&mut self, kind: Kind, row: &Indexed) {
        match kind {
            Kind::Answered => self.questions += 1,
            Kind::Refused => self.refused += 1 + row.unrecorded,
        }
        for (state, count) in &row.parts {
            *self.parts.entry(state.clone()).or_default() += count;
        }
    }

    fn shown(self, Key { consumer, role, front }: Key, precision: Precision) -> UsageRow {
        let questions = precision.of(self.questions);
        let parts = match questions {
            Count::Shown(_) => precision.of_parts(&self.parts),
            Count::Few | Count::Suppressed => BTreeMap::new(),
        };
        UsageRow { consumer, role, front, questions, refused: precision.of(self.refused), parts }
    }
}

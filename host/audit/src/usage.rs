//! How much is asked: counts, and nothing of a person.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::indexed::Indexed;
use crate::limits_reached::{LimitsReached, limit};
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
    /// Whether days of it were removed, or it begins before the log does: then counts are rounded as well.
    pub partial: bool,
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
    /// How many were refused by which limit. Those whose case is not open are in the misuse report alone, by caseworker: counted here too, a caseworker's few
    /// would follow.
    pub limits: BTreeMap<String, Count>,
    /// How many agencies' parts ended in which state; empty where so few questions were asked that their number is not shown, or where a small count would
    /// follow whatever else is left out.
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
                if let Some(key) = Key::of(&row) {
                    counted.entry(key).or_default().add(&row);
                }
            })?;
            // After it was counted, so that what was removed meanwhile is not taken for a whole month.
            let partial = log.begins()?.is_some_and(|begins| month.begins_before(begins));
            let running = months.is_running(month);
            let precision = Precision::of_month(running, partial);
            let rows = counted.into_iter().map(|(key, counted)| counted.shown(key, precision)).collect();
            Ok(UsageOfMonth { month, running, partial, rows })
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
    /// Of a line that counts: an answered question, or one that a limit refused.
    fn of(row: &Indexed) -> Option<Self> {
        if row.kind != "question" && (row.kind != "refused" || limit(row).is_none()) {
            return None;
        }
        Some(Self { consumer: row.consumer.clone()?, role: row.role.clone()?, front: row.front.clone()? })
    }
}

#[derive(Default)]
struct Counted {
    questions: u64,
    limits: LimitsReached,
    parts: BTreeMap<String, u64>,
}

impl Counted {
    fn add(&mut self, row: &Indexed) {
        match limit(row) {
            Some(limit) => self.limits.add(limit, row),
            None => self.questions += 1,
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
        UsageRow { consumer, role, front, questions, limits: self.limits.shown(precision), parts }
    }
}

//! What may be misuse: indications for somebody to look into, by month and consumer.

mod counted;
mod working_hours;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::Serialize;

use crate::month::{Month, Months};
use crate::searchable::{SearchFault, Searchable};
use crate::suppression::{Count, Precision};
use counted::Counted;

pub use working_hours::{InvalidHours, WorkingHours};

/// What counts as unusual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MisuseSettings {
    /// When questions are usually asked. Default 6 to 20 on weekdays.
    pub hours: WorkingHours,
    /// How many times the consumer's average a caseworker must have asked to be listed. Default 3: with two caseworkers nobody can be. 2 to 100.
    pub volume_factor: u64,
    /// How many questions a caseworker must have asked at least to be listed for it. Default 50, some two on a working day; 5 to 100,000.
    pub volume_at_least: u64,
    /// How often a person must have been asked about to be listed. Default 20: a household with two applications in a month, each asked about five
    /// times, stays below it. 5 to 10,000.
    pub asked_often: u64,
}

impl Default for MisuseSettings {
    fn default() -> Self {
        Self { hours: WorkingHours::default(), volume_factor: 3, volume_at_least: 50, asked_often: 20 }
    }
}

impl MisuseSettings {
    /// What `volume_factor` may be.
    pub const VOLUME_FACTOR: RangeInclusive<u64> = 2..=100;
    /// What `volume_at_least` may be.
    pub const VOLUME_AT_LEAST: RangeInclusive<u64> = 5..=100_000;
    /// What `asked_often` may be.
    pub const ASKED_OFTEN: RangeInclusive<u64> = 5..=10_000;
}

/// What may be misuse, month by month. None of it shows that there was any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Misuse {
    /// The months in their order.
    pub months: Vec<MisuseOfMonth>,
}

/// What was unusual in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MisuseOfMonth {
    /// The month.
    pub month: Month,
    /// Whether it is not over: then counts are rounded down to a multiple of five.
    pub running: bool,
    /// Whether days of it were removed, or it begins before the log does: then counts are rounded as well.
    pub partial: bool,
    /// Every consumer that asked, by name, also where nothing was unusual.
    pub consumers: Vec<MisuseOfConsumer>,
}

/// What was unusual of one consumer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MisuseOfConsumer {
    /// The consumer's name in the operator's configuration.
    pub consumer: String,
    /// Questions outside an open case that were answered, since the gate warns only.
    pub outside_case_answered: ByCaseworker,
    /// Questions outside an open case that were refused.
    pub outside_case_refused: ByCaseworker,
    /// Questions outside working hours in Sweden.
    pub unusual_hours: ByCaseworker,
    /// Caseworkers who asked far more than the consumer's average.
    pub volume: Volume,
    /// Persons who were asked about very often, the one asked about most first.
    pub asked_often: Vec<AskedOften>,
    /// Questions that limits refused, by role and front as in the usage report.
    pub limits: Vec<Limited>,
}

/// Questions by caseworker. There is no sum: a caseworker who is not listed could be found from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ByCaseworker {
    /// Caseworkers with at least five, the one with most first.
    pub caseworkers: Vec<CaseworkerCount>,
    /// The questions of all others together.
    pub others: Count,
}

/// Questions of one role by one front that limits refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Limited {
    /// What it asked as.
    pub role: String,
    /// By which front.
    pub front: String,
    /// How many, by limit.
    pub limits: BTreeMap<String, Count>,
}

/// How many questions a caseworker asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseworkerCount {
    /// The authority that asked.
    pub organisation: String,
    /// The caseworker's name, capitals and outer spaces aside.
    pub caseworker: String,
    /// How many.
    pub questions: Count,
}

/// Caseworkers who asked far more than the consumer's average.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Volume {
    /// Questions for each caseworker who asked, on average, rounded down to a whole number; none where nobody is listed.
    pub average: Option<Count>,
    /// Who asked more than so many times that, the one with most first.
    pub caseworkers: Vec<CaseworkerCount>,
}

/// A person who was asked about very often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskedOften {
    /// A running number in this list. It says nothing of the person, and is another one's in another report.
    pub person: u64,
    /// How many questions.
    pub questions: Count,
    /// How many caseworkers asked.
    pub caseworkers: Count,
}

impl Misuse {
    /// Looks for what is unusual in some months of a log.
    ///
    /// # Errors
    ///
    /// [`SearchFault`].
    pub fn of(log: &mut dyn Searchable, months: Months, settings: &MisuseSettings) -> Result<Self, SearchFault> {
        let of_month = |month: Month| {
            let mut consumers: BTreeMap<String, Counted> = BTreeMap::new();
            log.each(&month.time(), &mut |row| {
                if let ("question" | "refused", Some(consumer)) = (row.kind.as_str(), &row.consumer) {
                    consumers.entry(consumer.clone()).or_default().add(&row, settings);
                }
            })?;
            // After it was counted, so that what was removed meanwhile is not taken for a whole month.
            let partial = log.begins()?.is_some_and(|begins| month.begins_before(begins));
            let running = months.is_running(month);
            let precision = Precision::of_month(running, partial);
            let consumers =
                consumers.into_iter().map(|(consumer, counted)| counted.shown(consumer, settings, precision)).collect();
            Ok(MisuseOfMonth { month, running, partial, consumers })
        };
        Ok(Self { months: months.iter().map(of_month).collect::<Result<_, SearchFault>>()? })
    }
}

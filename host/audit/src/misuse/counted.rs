//! Counting one consumer's month.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{AskedOften, ByCaseworker, CaseworkerCount, Limited, MisuseOfConsumer, MisuseSettings, Volume};
use crate::indexed::Indexed;
use crate::limits_reached::{LimitsReached, limit};
use crate::suppression::{Count, Precision};

/// What is counted of one consumer, before anything is left out.
#[derive(Default)]
pub(super) struct Counted {
    questions: Counts,
    outside_answered: Counts,
    outside_refused: Counts,
    unusual_hours: Counts,
    /// By role and front.
    limits: BTreeMap<(String, String), LimitsReached>,
    persons: HashMap<String, Asked>,
    /// The name of today for a name under the key before.
    renamed: HashMap<String, String>,
}

impl Counted {
    /// Counts an answered or refused question.
    pub(super) fn add(&mut self, row: &Indexed, settings: &MisuseSettings) {
        let caseworker = By::of(row);
        if let Some(limit) = limit(row) {
            let (role, front) = (row.role.clone().unwrap_or_default(), row.front.clone().unwrap_or_default());
            self.limits.entry((role, front)).or_default().add(limit, row);
        }
        match (row.open_case.as_deref(), row.why.as_deref()) {
            (Some("outside"), _) => self.outside_answered.add(&caseworker),
            (_, Some("caseNotOpen")) => self.outside_refused.add(&caseworker),
            _ => {}
        }
        if !settings.hours.contain(row.at) {
            self.unusual_hours.add(&caseworker);
        }
        if let Some(subject) = &row.subject {
            if let Some(earlier) = &row.earlier_subject {
                self.renamed.insert(earlier.hmac_sha256.clone(), subject.hmac_sha256.clone());
            }
            let asked = self.persons.entry(subject.hmac_sha256.clone()).or_default();
            asked.questions += 1;
            asked.caseworkers.insert(caseworker.clone());
        }
        self.questions.add(&caseworker);
    }

    /// What may be shown of it.
    pub(super) fn shown(
        mut self,
        consumer: String,
        settings: &MisuseSettings,
        precision: Precision,
    ) -> MisuseOfConsumer {
        let asked_often = self.asked_often(settings, precision);
        let limits = self.limits.into_iter();
        let limits = limits.map(|((role, front), reached)| Limited { role, front, limits: reached.shown(precision) });
        MisuseOfConsumer {
            consumer,
            outside_case_answered: self.outside_answered.listed(precision),
            outside_case_refused: self.outside_refused.listed(precision),
            unusual_hours: self.unusual_hours.listed(precision),
            volume: self.questions.above_average(settings, precision),
            asked_often,
            limits: limits.collect(),
        }
    }

    fn asked_often(&mut self, settings: &MisuseSettings, precision: Precision) -> Vec<AskedOften> {
        for (earlier, name) in self.renamed.drain() {
            if let Some(before) = self.persons.remove(&earlier) {
                let asked = self.persons.entry(name).or_default();
                asked.questions += before.questions;
                asked.caseworkers.extend(before.caseworkers);
            }
        }
        let often = self.persons.values().filter(|asked| asked.questions >= settings.asked_often);
        let mut often: Vec<_> = often.map(|asked| (asked.questions, asked.caseworkers.len() as u64)).collect();
        // By what is shown alone, so that the order tells nothing of a name.
        often.sort_unstable_by(|one, other| other.cmp(one));
        let shown = (1..).zip(often).map(|(person, (questions, caseworkers))| AskedOften {
            person,
            questions: precision.of(questions),
            caseworkers: precision.of(caseworkers),
        });
        shown.collect()
    }
}

/// How often somebody was asked about.
#[derive(Default)]
struct Asked {
    questions: u64,
    caseworkers: BTreeSet<By>,
}

/// Who asked.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct By {
    organisation: String,
    caseworker: String,
}

impl By {
    fn of(row: &Indexed) -> Self {
        let organisation = row.organisation.clone().unwrap_or_default();
        Self { organisation, caseworker: row.caseworker_folded().unwrap_or_default() }
    }

    fn with(self, questions: Count) -> CaseworkerCount {
        CaseworkerCount { organisation: self.organisation, caseworker: self.caseworker, questions }
    }
}

/// Questions by caseworker.
#[derive(Default)]
struct Counts(BTreeMap<By, u64>);

impl Counts {
    fn add(&mut self, caseworker: &By) {
        match self.0.get_mut(caseworker) {
            Some(count) => *count += 1,
            None => {
                self.0.insert(caseworker.clone(), 1);
            }
        }
    }

    fn listed(self, precision: Precision) -> ByCaseworker {
        let (listed, others): (Vec<_>, Vec<_>) = self.0.into_iter().partition(|(_, count)| *count >= Count::LEAST);
        let others = precision.of(others.into_iter().map(|(_, count)| count).sum());
        ByCaseworker { caseworkers: most_first(listed, precision), others }
    }

    fn above_average(self, settings: &MisuseSettings, precision: Precision) -> Volume {
        let caseworkers = (self.0.len() as u64).max(1);
        let questions: u64 = self.0.values().sum();
        let is_far_above = |count: u64| {
            // Compared without dividing: an average of 2.9 is not 2.
            count >= settings.volume_at_least && count * caseworkers > settings.volume_factor * questions
        };
        let above: Vec<_> = self.0.into_iter().filter(|(_, count)| is_far_above(*count)).collect();
        let average = (!above.is_empty()).then(|| precision.of(questions / caseworkers));
        Volume { average, caseworkers: most_first(above, precision) }
    }
}

fn most_first(mut counts: Vec<(By, u64)>, precision: Precision) -> Vec<CaseworkerCount> {
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(by, count)| by.with(precision.of(count))).collect()
}

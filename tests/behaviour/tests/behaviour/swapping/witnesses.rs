//! Every answer, held against the edition that it names and against its record.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::shown::Shown;
use super::side::{Decisions, ROLE, Side};

/// Every answer, with what each version should show.
pub(super) struct Witnesses<'s> {
    sides: BTreeMap<u64, &'s Side>,
    heard: Vec<Shown>,
}

impl<'s> Witnesses<'s> {
    /// With the version that the host begins with.
    pub(super) fn new(version: u64, side: &'s Side) -> Self {
        Self { sides: BTreeMap::from([(version, side)]), heard: Vec::new() }
    }

    /// Says what a version is to show.
    pub(super) fn expect(&mut self, version: u64, side: &'s Side) {
        self.sides.insert(version, side);
    }

    /// Takes down what an answer has shown.
    pub(super) fn heard(&mut self, shown: Shown) {
        self.heard.push(shown);
    }

    /// How many answers there were.
    pub(super) fn count(&self) -> u64 {
        self.heard.len().try_into().unwrap()
    }

    /// Holds every answer against its edition and its record. Every edition must have been met by a question.
    pub(super) fn agree(&self, records: &[Value]) {
        let by_question: BTreeMap<&str, &Value> =
            records.iter().map(|record| (record["question"].as_str().unwrap(), record)).collect();
        let mut masks: BTreeMap<(&str, bool), BTreeSet<&str>> = BTreeMap::new();
        for shown in &self.heard {
            let side = self
                .sides
                .get(&shown.version)
                .unwrap_or_else(|| panic!("version {} was never published", shown.version));
            shown.agrees_with(side);
            let record = by_question.get(shown.question.as_str()).unwrap();
            shown.is_recorded_in(record, side);
            if let Some(mask) = mask(record, "AF") {
                masks.entry((&shown.role, side.decisions == Decisions::Open)).or_default().insert(mask);
            }
        }
        // One policy makes one mask of one catalogue in one context: a second would be a mixture.
        let [open, pending] = [true, false].map(|is_open| masks[&(ROLE, is_open)].iter().collect::<Vec<_>>());
        assert_eq!((open.len(), pending.len()), (1, 1), "{masks:?}");
        assert_ne!(open, pending);
        let met: BTreeSet<u64> = self.heard.iter().map(|shown| shown.version).collect();
        assert_eq!(met, self.sides.keys().copied().collect(), "versions that questions were answered under");
    }
}

impl Shown {
    /// All that it shows is of one edition, the one that it names.
    fn agrees_with(&self, side: &Side) {
        let Self { question, role, version, policy, adapters, decisions } = self;
        let named = format!("question {question} under version {version}");
        assert_eq!(*policy, side.policy(role), "{named}: policy");
        assert_eq!(adapters.keys().collect::<Vec<_>>(), ["AF", "MIV", "SO"], "{named}");
        for (agency, adapter) in adapters {
            assert_eq!(*adapter, side.adapter(agency), "{named}: adapter of {agency}");
        }
        let expected = if role == ROLE { side.decisions } else { Decisions::Open };
        assert!(decisions.is_none_or(|decisions| decisions == expected), "{named}: {decisions:?}");
    }

    /// What is recorded of it is what it shows.
    fn is_recorded_in(&self, record: &Value, side: &Side) {
        let Self { question, role, version, policy, adapters, .. } = self;
        let edition = &record["edition"];
        let recorded = (&record["role"], &edition["trustVersion"], &edition["policy"]["sha256"]);
        let shown = (&role.as_str().into(), &(*version).into(), &policy.as_str().into());
        assert_eq!(recorded, shown, "record of {question}");
        assert_eq!(edition["grants"]["AF"], side.grant("AF", role).as_str(), "record of {question}");
        for agency in record["agencies"].as_array().unwrap() {
            let name = agency["agency"].as_str().unwrap();
            assert_eq!(
                agency["adapter"]["sha256"].as_str(),
                adapters.get(name).map(String::as_str),
                "record of {question}"
            );
        }
    }
}

/// The digest of what an agency's part was held to.
fn mask<'r>(record: &'r Value, agency: &str) -> Option<&'r str> {
    record["agencies"].as_array()?.iter().find(|part| part["agency"] == agency)?["mask"].as_str()
}

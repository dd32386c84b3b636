//! Instruction counts that are kept in the repository, and what has grown since.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How many instructions one pass of each counted thing takes.
///
/// # Shape
///
/// As TOML, a table of whole numbers by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Counts(BTreeMap<String, u64>);

/// How a count has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is as it was, or less, or has grown by no more than it may.
    Within,
    /// It has grown by more.
    Grown,
    /// It was not counted before.
    New,
}

impl Counts {
    /// Adds a count.
    pub fn insert(&mut self, name: &str, instructions: u64) {
        self.0.insert(name.to_owned(), instructions);
    }

    /// Every count, in the order of names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.0.iter().map(|(name, count)| (name.as_str(), *count))
    }

    /// What was counted under a name.
    pub fn of(&self, name: &str) -> Option<u64> {
        self.0.get(name).copied()
    }

    /// How a count of today stands to what was counted under its name. It may grow by three in a hundred: that much, and no more, the place of
    /// things in memory and the ticks of the sandbox's clock change by themselves.
    pub fn compare(&self, name: &str, today: u64) -> Change {
        match self.of(name) {
            None => Change::New,
            Some(before) if today.saturating_mul(100) <= before.saturating_mul(103) => Change::Within,
            Some(_) => Change::Grown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_may_grow_by_three_in_a_hundred() {
        let mut counts = Counts::default();
        counts.insert("adapter", 10_000);
        assert_eq!(counts.compare("adapter", 10_300), Change::Within);
        assert_eq!(counts.compare("adapter", 10_301), Change::Grown);
        assert_eq!(counts.compare("adapter", 5_000), Change::Within);
        assert_eq!(counts.compare("policy", 5_000), Change::New);
    }

    #[test]
    fn counts_are_a_table_by_name() {
        let mut counts = Counts::default();
        counts.insert("decide", 2);
        counts.insert("adapter", 1);
        let text = toml::to_string(&counts).unwrap();
        assert_eq!(text, "adapter = 1\ndecide = 2\n");
        assert_eq!(toml::from_str::<Counts>(&text).unwrap(), counts);
    }
}

//! Counts as reports show them: none so small that it could be about somebody.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};

/// A count as it may be shown.
///
/// # Shape
///
/// In JSON a number, or the text `<5`, or `suppressed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// This many: 0, or at least five. In a month that is not over, rounded down to a multiple of five.
    Shown(u64),
    /// One to four.
    Few,
    /// Five or more, and not shown, since a count beside it that is [`Count::Few`] would follow from it.
    Suppressed,
}

impl Count {
    /// The smallest count, other than none, that is shown.
    pub const LEAST: u64 = 5;
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shown(count) => write!(f, "{count}"),
            Self::Few => f.write_str("<5"),
            Self::Suppressed => f.write_str("*"),
        }
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Shown(count) => serializer.serialize_u64(*count),
            Self::Few => serializer.serialize_str("<5"),
            Self::Suppressed => serializer.serialize_str("suppressed"),
        }
    }
}

/// How exactly the counts of a month are shown.
///
/// A month that is over is shown as it was; what is not shown of it can be found from no other report, since reports are of whole months and are never
/// summed. A month that is not over could be asked for twice a day, and the difference would show the one question in between: its counts are
/// rounded down to a multiple of five.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// Of a month that is over.
    Exact,
    /// Of a month that is not.
    Fives,
}

impl Precision {
    /// A count as it may be shown.
    pub fn of(self, count: u64) -> Count {
        match (count, self) {
            (1..Count::LEAST, _) => Count::Few,
            (count, Self::Exact) => Count::Shown(count),
            (count, Self::Fives) => Count::Shown(count - count % Count::LEAST),
        }
    }

    /// Counts that stand beside each other and whose sum somebody may know: where one alone is too small to be shown, the smallest of the others is
    /// not shown either.
    pub fn of_parts(self, counts: &BTreeMap<String, u64>) -> BTreeMap<String, Count> {
        let mut shown: BTreeMap<_, _> = counts.iter().map(|(name, count)| (name.clone(), self.of(*count))).collect();
        let few = shown.values().filter(|count| **count == Count::Few).count();
        let smallest = counts.iter().filter(|(_, count)| **count >= Count::LEAST).min_by_key(|(_, count)| **count);
        if let (1, Some((name, _))) = (few, smallest) {
            shown.insert(name.clone(), Count::Suppressed);
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(counts: &[(&str, u64)]) -> BTreeMap<String, u64> {
        counts.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
    }

    #[test]
    fn one_to_four_are_never_shown() {
        for precision in [Precision::Exact, Precision::Fives] {
            assert_eq!(precision.of(0), Count::Shown(0));
            assert!((1..5).all(|count| precision.of(count) == Count::Few));
            assert_eq!(precision.of(5), Count::Shown(5));
        }
    }

    #[test]
    fn a_month_that_is_not_over_is_counted_in_fives() {
        assert_eq!((Precision::Exact.of(9), Precision::Fives.of(9)), (Count::Shown(9), Count::Shown(5)));
    }

    #[test]
    fn one_small_count_does_not_follow_from_the_others() {
        let shown = Precision::Exact.of_parts(&parts(&[("answered", 40), ("failed", 3), ("nothing-found", 7)]));
        let shown: Vec<String> = shown.values().map(ToString::to_string).collect();
        assert_eq!(shown, ["40", "<5", "*"]);
    }

    #[test]
    fn two_small_counts_hide_each_other() {
        let shown = Precision::Exact.of_parts(&parts(&[("answered", 40), ("failed", 3), ("nothing-found", 1)]));
        let shown: Vec<String> = shown.values().map(ToString::to_string).collect();
        assert_eq!(shown, ["40", "<5", "<5"]);
    }
}

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
    /// This many: 0, or at least five. In a month that is not over, or not there to its whole, rounded down to a multiple of five.
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
/// summed. A month that is not over could be asked for twice a day, and the difference would show the one question in between; so would one of which
/// a day was removed, since the difference is that day's. Their counts are rounded down to a multiple of five.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// Of a month that is over, and of which the log has every day.
    Exact,
    /// Of a month that is not over, or of which days were removed.
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

    /// Counts that stand beside each other and whose sum somebody may know: parts of questions that all have as many. Where one that is too small to be
    /// shown stands among them, the smallest of the others is not shown either, and as many more as it takes until none follows from the sum. Where all of
    /// them together do not do, nothing is shown.
    pub fn of_parts(self, counts: &BTreeMap<String, u64>) -> BTreeMap<String, Count> {
        let few: Vec<u64> = counts.values().copied().filter(|count| (1..Count::LEAST).contains(count)).collect();
        let mut others: Vec<_> = counts.iter().filter(|(_, count)| **count >= Count::LEAST).collect();
        others.sort_by_key(|(name, count)| (**count, *name));
        let first = usize::from(!few.is_empty());
        let enough = (first..=others.len()).find(|enough| {
            let (left_out, shown) = others.split_at(*enough);
            let left_out: Vec<u64> = left_out.iter().map(|(_, count)| **count).collect();
            is_open(&few, &left_out, shown.first().map(|(_, count)| **count))
        });
        let Some(enough) = enough else { return BTreeMap::new() };
        let mut shown: BTreeMap<_, _> = counts.iter().map(|(name, count)| (name.clone(), self.of(*count))).collect();
        shown.extend(others.iter().take(enough).map(|(name, _)| ((*name).clone(), Count::Suppressed)));
        shown
    }

    /// That of a month: a month of which days are still to come or were removed can be asked for before and after.
    pub(crate) fn of_month(is_running: bool, is_partial: bool) -> Self {
        if is_running || is_partial { Self::Fives } else { Self::Exact }
    }
}

/// Whether a count of one to four could be another, to somebody who knows the sum of what is not shown, how many counts of which kind that are, and that the
/// smallest of the rest were left out.
fn is_open(few: &[u64], left_out: &[u64], least_shown: Option<u64>) -> bool {
    let Some(other_few) = (few.len() as u64).checked_sub(1) else { return true };
    let counted = left_out.len() as u64;
    let sum: u64 = few.iter().chain(left_out).sum();
    // What the others can be together, at least and at most.
    let least = other_few + counted * Count::LEAST;
    let most = least_shown.map_or(u64::MAX, |shown| counted.saturating_mul(shown));
    let most = most.saturating_add(other_few * (Count::LEAST - 1));
    let (smallest, largest) = (sum.saturating_sub(most).max(1), sum.saturating_sub(least).min(Count::LEAST - 1));
    smallest < largest
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
    fn small_counts_never_stand_alone_beside_the_others() {
        let shown = Precision::Exact.of_parts(&parts(&[("answered", 40), ("failed", 3), ("nothing-found", 1)]));
        let shown: Vec<String> = shown.values().map(ToString::to_string).collect();
        assert_eq!(shown, ["*", "<5", "<5"]);
    }

    fn shown(counts: &[(&str, u64)]) -> Vec<String> {
        Precision::Exact.of_parts(&parts(counts)).values().map(ToString::to_string).collect()
    }

    #[test]
    fn small_counts_with_one_solution_have_others_left_out_with_them() {
        // Seven are two ones and a five; six are five and one; thirteen are four and nine, where no more than nine are left out.
        assert_eq!(shown(&[("a", 1), ("b", 1), ("c", 5), ("d", 50), ("e", 60)]), ["<5", "<5", "*", "*", "60"]);
        assert_eq!(shown(&[("a", 1), ("b", 5), ("c", 40), ("d", 50)]), ["<5", "*", "*", "50"]);
        assert_eq!(shown(&[("a", 4), ("b", 9), ("c", 9), ("d", 50)]), ["<5", "*", "*", "50"]);
    }

    #[test]
    fn small_counts_that_nothing_hides_are_not_there() {
        assert_eq!(shown(&[("a", 4), ("b", 4)]), Vec::<String>::new());
        assert_eq!(shown(&[("a", 3)]), Vec::<String>::new());
        assert_eq!(shown(&[("a", 5), ("b", 0)]), ["5", "0"]);
    }

    #[test]
    fn no_small_count_follows_from_the_sum() {
        for sum in 1..=30_u64 {
            let pairs = (0..=sum).flat_map(|one| (0..=sum - one).map(move |two| [one, two, sum - one - two]));
            let counted: Vec<[u64; 3]> = pairs.collect();
            for counts in &counted {
                let look = shown(&[("a", counts[0]), ("b", counts[1]), ("c", counts[2])]);
                for at in (0..look.len()).filter(|at| look[*at] == "<5") {
                    let is_open = counted.iter().any(|other| other[at] != counts[at] && could_be(*other, &look));
                    assert!(is_open, "{counts:?} is shown as {look:?}");
                }
            }
        }
    }

    /// Whether counts could be what is shown, to somebody who knows that the smallest are left out.
    fn could_be(counts: [u64; 3], look: &[String]) -> bool {
        let least_shown = look.iter().filter_map(|it| it.parse().ok()).filter(|it| *it >= Count::LEAST).min();
        counts.iter().zip(look).all(|(count, shown)| match shown.as_str() {
            "<5" => (1..Count::LEAST).contains(count),
            "*" => *count >= Count::LEAST && least_shown.is_none_or(|least| *count <= least),
            number => number == count.to_string(),
        })
    }
}

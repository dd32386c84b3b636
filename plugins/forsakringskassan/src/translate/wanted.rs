//! The datasets that are wanted, to be looked up a hundred times for one question.

use std::cmp::Ordering;

/// The names of the datasets that the asker may see.
#[derive(Debug)]
pub(crate) struct Wanted<'q>(Vec<&'q str>);

impl<'q> Wanted<'q> {
    /// As the question has them, in whatever order.
    pub(crate) fn new(datasets: &'q [String]) -> Self {
        let mut sorted: Vec<_> = datasets.iter().map(String::as_str).collect();
        sorted.sort_unstable_by(|one, other| order(one, other));
        Self(sorted)
    }

    /// Whether this dataset is one of them.
    pub(crate) fn contains(&self, dataset: &str) -> bool {
        self.0.binary_search_by(|wanted| order(wanted, dataset)).is_ok()
    }

    /// Whether one of these datasets is.
    pub(crate) fn contains_any(&self, datasets: &[&str]) -> bool {
        datasets.iter().any(|dataset| self.contains(dataset))
    }
}

/// The shorter first: most names are told apart by their lengths, without a look at what they say.
fn order(one: &str, other: &str) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_is_found_in_whatever_order_it_comes() {
        let datasets = ["sjukpenning", "barn", "adress", "pm-beslut", "barnbidrag"].map(str::to_owned);
        let wanted = Wanted::new(&datasets);
        assert!(datasets.iter().all(|dataset| wanted.contains(dataset)));
        assert!(["", "bar", "barnen", "adresser", "pm-ansprak"].iter().all(|dataset| !wanted.contains(dataset)));
        assert!(wanted.contains_any(&["pm-ansprak", "barn"]));
        assert!(!wanted.contains_any(&[]));
    }
}

//! Medians of rounds, and how far the rounds lie apart.

use serde::Serialize;

/// The middle of some values; of two middles, what lies between them. None of no values.
pub fn median(values: &[f64]) -> Option<f64> {
    quantile(values, 0.5)
}

/// The median of some rounds, with the quarters below and above it: half of all rounds lie between `low` and `high`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    /// The first quartile.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// The third quartile.
    pub high: f64,
}

impl Spread {
    /// The spread of some rounds; none of no rounds.
    pub fn of(values: &[f64]) -> Option<Self> {
        Some(Self { low: quantile(values, 0.25)?, median: median(values)?, high: quantile(values, 0.75)? })
    }
}

/// What was measured of ours and of a reference, round by round, one directly after the other.
///
/// A machine that others use is quick in one minute and slow in the next. Both sides of a round meet the same minute, so their ratio holds where
/// their times do not: it is the ratios' median that counts, not the ratio of medians.
#[derive(Debug, Clone, Default)]
pub struct Pairs {
    ours: Vec<f64>,
    reference: Vec<f64>,
}

impl Pairs {
    /// Adds a round.
    pub fn push(&mut self, ours: f64, reference: f64) {
        self.ours.push(ours);
        self.reference.push(reference);
    }

    /// The median of ours.
    pub fn ours(&self) -> Option<f64> {
        median(&self.ours)
    }

    /// The median of the reference.
    pub fn reference(&self) -> Option<f64> {
        median(&self.reference)
    }

    /// Ours divided by the reference, round by round.
    pub fn ratio(&self) -> Option<Spread> {
        self.each(|ours, reference| ours / reference)
    }

    /// Ours less the reference, round by round.
    pub fn difference(&self) -> Option<Spread> {
        self.each(|ours, reference| ours - reference)
    }

    fn each(&self, of: impl Fn(f64, f64) -> f64) -> Option<Spread> {
        let values: Vec<f64> =
            self.ours.iter().zip(&self.reference).map(|(ours, reference)| of(*ours, *reference)).collect();
        Spread::of(&values)
    }
}

/// The value below which this part of the values lies, between neighbours in proportion.
fn quantile(values: &[f64], part: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[allow(clippy::cast_precision_loss, reason = "as many rounds as a float cannot count are never run")]
    let place = part * sorted.len().checked_sub(1)? as f64;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place within the values")]
    let (below, above) = (place.floor() as usize, place.ceil() as usize);
    let (below, above) = (sorted.get(below)?, sorted.get(above)?);
    Some(below + (above - below) * place.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_or_between_the_two_middles() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 3.0, 2.0]), Some(2.5));
        assert_eq!(median(&[7.0]), Some(7.0));
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn half_of_all_rounds_lie_within_the_spread() {
        let spread = Spread::of(&[5.0, 1.0, 4.0, 2.0, 3.0]).unwrap();
        assert_eq!(spread, Spread { low: 2.0, median: 3.0, high: 4.0 });
    }

    #[test]
    fn one_slow_round_does_not_move_the_spread() {
        let spread = Spread::of(&[1.0, 1.0, 1.0, 1.0, 900.0]).unwrap();
        assert_eq!(spread, Spread { low: 1.0, median: 1.0, high: 1.0 });
    }

    #[test]
    fn a_machine_that_slows_down_between_rounds_moves_times_and_not_ratios() {
        let mut pairs = Pairs::default();
        for slowness in [1.0, 2.0, 10.0] {
            pairs.push(3.0 * slowness, 2.0 * slowness);
        }
        assert_eq!((pairs.ours(), pairs.reference()), (Some(6.0), Some(4.0)));
        assert_eq!(pairs.ratio(), Some(Spread { low: 1.5, median: 1.5, high: 1.5 }));
        assert_eq!(pairs.difference().map(|difference| difference.median), Some(2.0));
    }

    #[test]
    fn without_rounds_there_is_no_ratio() {
        assert_eq!(Pairs::default().ratio(), None);
    }
}

//! What a row must come to.

use std::fmt;

/// What a row must come to, and whether it does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Goal {
    /// Ours may be at most so many times the reference.
    RatioAtMost(f64),
    /// Ours must be at least so many times the reference.
    RatioAtLeast(f64),
    /// Ours must be at least so many times faster than the reference: the reference's time divided by ours.
    TimesFaster(f64),
    /// Ours may be at most this, in the row's unit.
    AtMost(f64),
    /// Ours may be more than the reference by at most this, in the row's unit.
    MoreByAtMost(f64),
}

/// Whether a goal is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is.
    Met,
    /// It is not.
    Missed,
}

impl Verdict {
    /// Met where it is so.
    pub fn met_if(is_so: bool) -> Self {
        if is_so { Self::Met } else { Self::Missed }
    }
}

impl Goal {
    /// Judges ours, and where the goal speaks of a reference, what that came to: their ratio (ours divided by the reference) or difference.
    ///
    /// What has no reference cannot be compared with it, and misses a goal that does.
    pub fn judge(self, ours: f64, ratio: Option<f64>, difference: Option<f64>) -> Verdict {
        let holds = match self {
            Self::RatioAtMost(most) => ratio.is_some_and(|ratio| ratio <= most),
            Self::RatioAtLeast(least) => ratio.is_some_and(|ratio| ratio >= least),
            Self::TimesFaster(times) => ratio.is_some_and(|ratio| 1.0 / ratio >= times),
            Self::AtMost(most) => ours <= most,
            Self::MoreByAtMost(most) => difference.is_some_and(|difference| difference <= most),
        };
        Verdict::met_if(holds)
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RatioAtMost(most) => write!(f, "ratio ≤ {most}"),
            Self::RatioAtLeast(least) => write!(f, "ratio ≥ {least}"),
            Self::TimesFaster(times) => write!(f, "≥ {times}× faster"),
            Self::AtMost(most) => write!(f, "≤ {most}"),
            Self::MoreByAtMost(most) => write!(f, "≤ +{most}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_met_up_to_its_bound_and_not_beyond() {
        for (goal, at_the_bound, beyond) in [
            (Goal::RatioAtMost(6.0), (0.0, 6.0, 0.0), (0.0, 6.1, 0.0)),
            (Goal::RatioAtLeast(0.75), (0.0, 0.75, 0.0), (0.0, 0.74, 0.0)),
            (Goal::TimesFaster(20.0), (0.0, 0.05, 0.0), (0.0, 0.06, 0.0)),
            (Goal::AtMost(1.0), (1.0, 0.0, 0.0), (1.1, 0.0, 0.0)),
            (Goal::MoreByAtMost(0.5), (0.0, 0.0, 0.5), (0.0, 0.0, 0.6)),
        ] {
            let judge = |(ours, ratio, difference)| goal.judge(ours, Some(ratio), Some(difference));
            assert_eq!((judge(at_the_bound), judge(beyond)), (Verdict::Met, Verdict::Missed), "{goal}");
        }
    }

    #[test]
    fn what_has_no_reference_misses_a_goal_that_speaks_of_one() {
        for goal in [Goal::RatioAtMost(1.0), Goal::RatioAtLeast(0.0), Goal::TimesFaster(0.0), Goal::MoreByAtMost(1.0)] {
            assert_eq!(goal.judge(0.0, None, None), Verdict::Missed, "{goal}");
        }
        assert_eq!(Goal::AtMost(1.0).judge(0.5, None, None), Verdict::Met);
    }
}

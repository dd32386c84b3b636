//! Calendar months in Sweden, by which reports are made.

use std::fmt;
use std::ops::{Range, RangeInclusive};
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Serialize, Serializer};

use ssbtx_core::{beginning_in_sweden, day_in_sweden};

/// A calendar month in Sweden.
///
/// # Shape
///
/// `2026-10`.
///
/// # Errors
///
/// Parsing gives [`InvalidMonth`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first: Date,
}

impl Month {
    /// The month of a point in time.
    pub fn of(at: Timestamp) -> Self {
        Self { first: day_in_sweden(at).first_of_month() }
    }

    /// From its first moment until just before that of the next.
    pub fn time(self) -> Range<Timestamp> {
        beginning_in_sweden(self.first)..beginning_in_sweden(self.next().first)
    }

    /// Whether it begins before a moment: of that which the first line of a log is of, days of it were removed.
    pub(crate) fn begins_before(self, at: Timestamp) -> bool {
        self.time().start < at
    }

    fn next(self) -> Self {
        Self { first: self.first.last_of_month().tomorrow().unwrap_or(Date::MAX) }
    }
}

impl FromStr for Month {
    type Err = InvalidMonth;

    fn from_str(text: &str) -> Result<Self, InvalidMonth> {
        let parsed = format!("{text}-01").parse().ok().map(|first| Self { first });
        parsed.filter(|month| month.to_string() == text).ok_or(InvalidMonth::Form)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.first.year(), self.first.month())
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One to 24 months, one after the other. None of them has yet to begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Months {
    first: Month,
    last: Month,
    /// The month that is not over.
    running: Month,
}

impl Months {
    /// How many may be asked for at once: the year before and this one.
    pub const MOST: RangeInclusive<usize> = 1..=24;

    /// From a month to another, both included.
    ///
    /// # Errors
    ///
    /// [`InvalidMonth`] unless they are in order, not too many, and have begun.
    pub fn new(first: Month, last: Month, now: Timestamp) -> Result<Self, InvalidMonth> {
        let running = Month::of(now);
        if last > running {
            return Err(InvalidMonth::NotBegun);
        }
        let months = Self { first, last, running };
        let count = months.iter().take(Self::MOST.end() + 1).count();
        if Self::MOST.contains(&count) { Ok(months) } else { Err(InvalidMonth::Span) }
    }

    /// Each of them, and whether it is over.
    pub fn iter(self) -> impl Iterator<Item = Month> {
        std::iter::successors(Some(self.first), |month| Some(month.next())).take_while(move |month| *month <= self.last)
    }

    /// Whether a month is not over.
    pub fn is_running(self, month: Month) -> bool {
        month == self.running
    }
}

/// Why there are no months to report on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidMonth {
    /// Not a month.
    #[error("month is not of the form `2026-10`")]
    Form,
    /// In the wrong order, or too many.
    #[error("months are not 1 to 24 in their order")]
    Span,
    /// Nothing can be said of it.
    #[error("last month has not begun")]
    NotBegun,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_is_of_the_calendar_in_sweden() {
        let time = month("2026-10").time();
        assert_eq!(
            (time.start.to_string(), time.end.to_string()),
            ("2026-09-30T22:00:00Z".into(), "2026-10-31T23:00:00Z".into())
        );
        assert_eq!(Month::of("2026-09-30T22:00:00Z".parse().unwrap()), month("2026-10"));
        assert_eq!(Month::of("2026-09-30T21:59:59Z".parse().unwrap()), month("2026-09"));
    }

    #[test]
    fn err_month() {
        for text in ["", "2026", "2026-13", "2026-1", "2026-10-01", "26-10", "+2026-10"] {
            assert_eq!(text.parse::<Month>(), Err(InvalidMonth::Form), "{text}");
        }
    }

    #[test]
    fn months_are_in_order_not_too_many_and_have_begun() {
        let now = "2026-11-05T00:00:00Z".parse().unwrap();
        let months = |first: &str, last: &str| Months::new(month(first), month(last), now);
        let named: Vec<_> = months("2025-12", "2026-02").unwrap().iter().map(|month| month.to_string()).collect();
        assert_eq!(named, ["2025-12", "2026-01", "2026-02"]);
        assert!(months("2026-11", "2026-11").unwrap().is_running(month("2026-11")));
        assert_eq!(months("2026-10", "2026-09"), Err(InvalidMonth::Span));
        assert_eq!(months("2024-11", "2026-11"), Err(InvalidMonth::Span));
        assert_eq!(months("2026-11", "2026-12"), Err(InvalidMonth::NotBegun));
    }
}

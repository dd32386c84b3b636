//! The days that a question to LEFI is about.

use thiserror::Error;

/// A calendar period, both days included, that LEFI takes.
///
/// # Shape
///
/// Two dates `yyyy-MM-dd`, the second not before the first and at most two years later: from `2024-03-01` to `2026-03-01` and no further. The
/// published text says "längre än två år" and no more; whether a day less is meant, LEFI says itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Days {
    from: String,
    to: String,
}

/// Why two texts are no period that LEFI takes.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub(crate) enum PeriodFault {
    /// One of them is no date.
    #[error("a date is not of the form `yyyy-MM-dd`")]
    NotADate,
    /// The last day comes first.
    #[error("the period ends before it begins")]
    Reversed,
    /// It is longer than LEFI takes.
    #[error("the period is longer than two years")]
    TooLong,
}

impl Days {
    /// Parses the first and the last day.
    ///
    /// # Errors
    ///
    /// [`PeriodFault`].
    pub(crate) fn parse(from: &str, to: &str) -> Result<Self, PeriodFault> {
        let first = date(from).ok_or(PeriodFault::NotADate)?;
        let last = date(to).ok_or(PeriodFault::NotADate)?;
        if last < first {
            return Err(PeriodFault::Reversed);
        }
        let (year, month, day) = first;
        if last > (year + MOST_YEARS, month, day) {
            return Err(PeriodFault::TooLong);
        }
        Ok(Self { from: from.to_owned(), to: to.to_owned() })
    }

    /// The first day.
    pub(crate) fn from(&self) -> &str {
        &self.from
    }

    /// The last day.
    pub(crate) fn to(&self) -> &str {
        &self.to
    }
}

/// Year, month and day of a date that the calendar has.
fn date(text: &str) -> Option<(u16, u16, u16)> {
    let mut parts = text.split('-');
    let mut number = |digits: usize| {
        let part =
            parts.next().filter(|part| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        part.parse::<u16>().ok()
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    if parts.next().is_some() || day == 0 || day > days_in(year, month)? {
        return None;
    }
    Some((year, month, day))
}

fn days_in(year: u16, month: u16) -> Option<u16> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if leap => Some(29),
        2 => Some(28),
        _ => None,
    }
}

const MOST_YEARS: u16 = 2;

#[cfg(test)]
mod tests {
    use super::{Days, PeriodFault};

    #[test]
    fn ok_periods() {
        for (from, to) in [
            ("2026-01-01", "2026-01-01"),
            ("2024-03-01", "2026-03-01"),
            ("2024-02-29", "2026-02-28"),
            ("2022-02-28", "2024-02-28"),
            ("2000-02-29", "2000-12-31"),
        ] {
            let days = Days::parse(from, to).unwrap();
            assert_eq!((days.from(), days.to()), (from, to));
        }
    }

    #[test]
    fn err_periods() {
        for (from, to, expected) in [
            ("2024-03-01", "2026-03-02", PeriodFault::TooLong),
            ("2024-02-29", "2026-03-01", PeriodFault::TooLong),
            ("0001-01-01", "9999-12-31", PeriodFault::TooLong),
            ("2026-01-02", "2026-01-01", PeriodFault::Reversed),
            ("2026-02-29", "2026-03-01", PeriodFault::NotADate),
            ("1900-02-29", "1900-03-01", PeriodFault::NotADate),
            ("2026-04-31", "2026-05-01", PeriodFault::NotADate),
            ("2026-13-01", "2026-05-01", PeriodFault::NotADate),
            ("2026-00-01", "2026-05-01", PeriodFault::NotADate),
            ("2026-01-00", "2026-05-01", PeriodFault::NotADate),
            ("2026-1-1", "2026-05-01", PeriodFault::NotADate),
            ("2026-01-01+01:00", "2026-05-01", PeriodFault::NotADate),
            ("2026-01-01", "2026-05-01-", PeriodFault::NotADate),
            ("20260101", "20260501", PeriodFault::NotADate),
            ("+026-01-01", "2026-05-01", PeriodFault::NotADate),
            ("", "", PeriodFault::NotADate),
        ] {
            assert_eq!(Days::parse(from, to), Err(expected), "{from} {to}");
        }
    }

    #[test]
    fn every_fault_is_told_in_words() {
        let faults = [PeriodFault::NotADate, PeriodFault::Reversed, PeriodFault::TooLong];
        insta::assert_snapshot!(faults.map(|fault| fault.to_string()).join("\n"), @r"
        a date is not of the form `yyyy-MM-dd`
        the period ends before it begins
        the period is longer than two years
        ");
    }
}

//! When questions are usually asked.

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};

use ssbtx_core::{beginning_in_sweden, day_in_sweden};

/// The hours of a weekday in Sweden within which questions are usual. At weekends and on public holidays none are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkingHours {
    from: u8,
    until: u8,
}

impl Default for WorkingHours {
    fn default() -> Self {
        Self { from: 6, until: 20 }
    }
}

impl WorkingHours {
    /// From an hour until just before another, such as 6 and 20.
    ///
    /// # Errors
    ///
    /// [`InvalidHours`] unless they are 0 to 24 and in order.
    pub fn new(from: u8, until: u8) -> Result<Self, InvalidHours> {
        if from < until && until <= 24 { Ok(Self { from, until }) } else { Err(InvalidHours { from, until }) }
    }

    /// Whether a point in time is within them.
    pub fn contain(self, at: Timestamp) -> bool {
        let day = day_in_sweden(at);
        if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) || is_public_holiday(day) {
            return false;
        }
        // The clock changes on Sundays alone, so that an hour of any other day is so long after midnight.
        let hour = at.duration_since(beginning_in_sweden(day)).as_hours();
        (i64::from(self.from)..i64::from(self.until)).contains(&hour)
    }
}

/// Hours that are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("working hours are `{from}` to `{until}`, expected 0 to 24 with the first before the second")]
pub struct InvalidHours {
    /// The first hour.
    pub from: u8,
    /// The hour at which they end.
    pub until: u8,
}

/// Whether a day other than a Sunday is a public holiday in Sweden.
///
/// # Source
///
/// Lag (1989:253) om allmänna helgdagar, 1 §. Midsummer's Day and All Saints' Day are always Saturdays.
fn is_public_holiday(day: Date) -> bool {
    let on_a_date = matches!((day.month(), day.day()), (1, 1 | 6) | (5, 1) | (6, 6) | (12, 25 | 26));
    // Good Friday, Easter Monday and Ascension Day.
    on_a_date || [-2, 1, 39].contains(&days_after_easter(day))
}

/// How many days a day is after Easter Sunday of its year.
///
/// # Source
///
/// The Gregorian computus as Meeus, Jones and Butcher write it.
fn days_after_easter(day: Date) -> i32 {
    let year = i32::from(day.year());
    let (golden, century, in_century) = (year % 19, year / 100, year % 100);
    let epact = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    let correction = (golden + 11 * epact + 22 * weekday) / 451;
    // Counted from 22 March, the first day on which Easter can be.
    let from_22_march = epact + weekday - 7 * correction;
    let first_of_march = day.with().month(3).day(1).build().unwrap_or(day);
    let since = day.duration_since(first_of_march).as_hours() / 24;
    i32::try_from(since).unwrap_or(i32::MAX) - 21 - from_22_march
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contain(at: &str) -> bool {
        WorkingHours::default().contain(at.parse().unwrap())
    }

    #[test]
    fn hours_are_those_of_the_clock_in_sweden_in_winter_and_in_summer() {
        assert!(contain("2026-01-14T05:00:00Z") && !contain("2026-01-14T04:59:59Z"));
        assert!(contain("2026-07-15T04:00:00Z") && !contain("2026-07-15T03:59:59Z"));
        assert!(contain("2026-07-15T17:59:59Z") && !contain("2026-07-15T18:00:00Z"));
    }

    #[test]
    fn no_hour_of_a_weekend_or_a_public_holiday_is_usual() {
        let holidays = [
            "2026-01-01",
            "2026-01-06",
            "2026-04-03",
            "2026-04-06",
            "2026-05-01",
            "2026-05-14",
            "2025-06-06",
            "2026-12-25",
            "2025-12-26",
            "2026-10-31",
            "2026-11-01",
            "2027-03-26",
            "2027-03-29",
            "2027-05-06",
            "2024-03-29",
            "2000-04-24",
            "2038-04-26",
        ];
        for day in holidays {
            assert!(!contain(&format!("{day}T10:00:00Z")), "{day}");
        }
        for day in ["2026-04-02", "2026-04-07", "2026-05-15", "2026-12-24", "2026-06-05", "2026-11-02"] {
            assert!(contain(&format!("{day}T10:00:00Z")), "{day}");
        }
    }

    #[test]
    fn hours_end_after_they_begin() {
        assert_eq!(WorkingHours::new(20, 6), Err(InvalidHours { from: 20, until: 6 }));
        assert_eq!(WorkingHours::new(0, 25), Err(InvalidHours { from: 0, until: 25 }));
        assert!(WorkingHours::new(0, 24).is_ok());
    }
}

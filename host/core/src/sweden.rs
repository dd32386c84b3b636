//! The calendar day in Sweden, by which the law counts.

use jiff::civil::Date;
use jiff::tz::{TimeZone, offset};
use jiff::{Timestamp, Zoned};

/// The calendar day in Sweden at a point in time.
pub fn day_in_sweden(now: Timestamp) -> Date {
    Zoned::new(now, zone()).date()
}

/// The first moment of a calendar day in Sweden; for a day at the end of the calendar, the last moment that can be told.
pub fn beginning_in_sweden(day: Date) -> Timestamp {
    day.to_zoned(zone()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

/// The rule of directive 2000/84/EC is written out, so that a machine without a time zone database has the right day too.
fn zone() -> TimeZone {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap_or_else(|_| TimeZone::fixed(offset(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_the_one_in_sweden_in_winter_and_in_summer() {
        let day = |text: &str| day_in_sweden(text.parse().unwrap()).to_string();
        assert_eq!(day("2026-01-31T22:59:59Z"), "2026-01-31");
        assert_eq!(day("2026-01-31T23:00:00Z"), "2026-02-01");
        assert_eq!(day("2026-06-30T21:59:59Z"), "2026-06-30");
        assert_eq!(day("2026-06-30T22:00:00Z"), "2026-07-01");
    }

    #[test]
    fn a_day_begins_at_midnight_in_sweden() {
        let beginning = |text: &str| beginning_in_sweden(text.parse().unwrap()).to_string();
        assert_eq!(beginning("2026-02-01"), "2026-01-31T23:00:00Z");
        assert_eq!(beginning("2026-07-01"), "2026-06-30T22:00:00Z");
        assert_eq!(beginning_in_sweden(Date::MAX), Timestamp::MAX);
    }
}

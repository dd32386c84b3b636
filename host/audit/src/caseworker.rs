//! Everything that a caseworker asked in a time.

use std::ops::Range;

use jiff::{SignedDuration, Timestamp};

use crate::indexed::folded;
use crate::searchable::{FoundLine, SearchFault, Searchable};
use ssbtx_core::OrganisationNumber;

/// Finds everything that a caseworker asked in a time, by the name that was given with the questions, capitals and outer spaces aside.
///
/// Bounded in both: a client that asks everything in one name would have the answer take all of the host's memory.
///
/// # Units
///
/// At most 31 days, one of which may have 25 hours, and at most 10,000 records of some 2 KiB: more than 300 questions on every day.
///
/// # Errors
///
/// [`NotListed`].
pub fn by_caseworker(
    log: &mut dyn Searchable,
    organisation: &OrganisationNumber,
    name: &str,
    time: &Range<Timestamp>,
) -> Result<Vec<FoundLine>, NotListed> {
    if time.end.duration_since(time.start) > LONGEST {
        return Err(NotListed::TooLong);
    }
    let found = log.by_caseworker(organisation.as_str(), &folded(name), time, MOST + 1)?;
    if found.len() > MOST { Err(NotListed::TooMany { most: MOST }) } else { Ok(found) }
}

/// Why it is not given what a caseworker asked.
#[derive(Debug, thiserror::Error)]
pub enum NotListed {
    /// It is asked for too long a time.
    #[error("time is longer than 31 days, expected at most a month at once")]
    TooLong,
    /// There are too many records.
    #[error("there are more than `{most}` records, expected a shorter time")]
    TooMany {
        /// How many there may be.
        most: usize,
    },
    /// The log cannot be searched.
    #[error(transparent)]
    Search(#[from] SearchFault),
}

/// The month in which clocks are set back has an hour more.
const LONGEST: SignedDuration = SignedDuration::from_hours(31 * 24 + 1);
const MOST: usize = 10_000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indexed::{Indexed, NamedSubject};

    /// A log in which one caseworker asked so many times.
    struct Busy(usize);

    impl Searchable for Busy {
        fn about(&mut self, _: &[NamedSubject]) -> Result<Vec<FoundLine>, SearchFault> {
            Ok(Vec::new())
        }

        fn by_caseworker(
            &mut self,
            _: &str,
            _: &str,
            _: &Range<Timestamp>,
            most: usize,
        ) -> Result<Vec<FoundLine>, SearchFault> {
            let line = r#"{"sequence":1,"record":{"kind":"question","at":"2026-01-14T10:00:00Z"}}"#;
            let found = FoundLine { row: Indexed::of(line.as_bytes()).unwrap(), line: line.to_owned() };
            Ok(vec![found; self.0.min(most)])
        }

        fn each(&mut self, _: &Range<Timestamp>, _: &mut dyn FnMut(Indexed)) -> Result<(), SearchFault> {
            Ok(())
        }

        fn was_answered(&mut self, _: &str) -> Result<bool, SearchFault> {
            Ok(false)
        }

        fn begins(&mut self) -> Result<Option<Timestamp>, SearchFault> {
            Ok(None)
        }

        fn catch_up(&mut self) -> Result<(), SearchFault> {
            Ok(())
        }
    }

    fn asked(count: usize, from: &str, before: &str) -> Result<usize, NotListed> {
        let time = from.parse().unwrap()..before.parse().unwrap();
        let found = by_caseworker(&mut Busy(count), &"162020000001".parse().unwrap(), "Åsa Exempel", &time);
        found.map(|found| found.len())
    }

    #[test]
    fn a_month_is_given_at_once_and_no_more() {
        // October, in which clocks are set back.
        assert_eq!(asked(1, "2026-10-01T00:00:00+02:00", "2026-11-01T00:00:00+01:00").unwrap(), 1);
        let longer = asked(1, "2026-10-01T00:00:00+02:00", "2026-11-01T00:00:01+01:00");
        assert!(matches!(longer, Err(NotListed::TooLong)));
    }

    #[test]
    fn more_records_than_memory_is_meant_for_are_refused_and_not_cut() {
        let month = |count| asked(count, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
        assert_eq!(month(MOST).unwrap(), MOST);
        assert!(matches!(month(MOST + 1), Err(NotListed::TooMany { most: MOST })));
    }
}

//! How the single values of a source file must be written.

use jiff::civil::Date;

use crate::fault::{Faults, Mistake, Place};

/// A value that is read from one text.
pub(crate) trait Shaped: Sized {
    /// What it must look like, for the error.
    const EXPECTED: &'static str;

    /// Reads it.
    fn parse(text: &str) -> Option<Self>;
}

/// Reads a value, or notes that it is not written as it must be.
pub(crate) fn read<T: Shaped>(faults: &mut Faults, place: &Place, key: &'static str, text: &str) -> Option<T> {
    let parsed = T::parse(text);
    if parsed.is_none() {
        let mistake = if text.is_empty() {
            Mistake::Empty { key }
        } else {
            Mistake::Shape { key, found: text.to_owned(), expected: T::EXPECTED }
        };
        faults.note(place, mistake);
    }
    parsed
}

/// A name of ours: a role, purpose, dataset, basis or consent.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name(pub(crate) String);

impl Shaped for Name {
    const EXPECTED: &'static str = "1 to 64 characters `a`–`z`, `0`–`9` and `-`";

    fn parse(text: &str) -> Option<Self> {
        let shaped = (1..=64).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        shaped.then(|| Self(text.to_owned()))
    }
}

/// A base service's id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Agency(pub(crate) String);

impl Shaped for Agency {
    const EXPECTED: &'static str = "1 to 8 characters `A`–`Z` and `0`–`9`";

    fn parse(text: &str) -> Option<Self> {
        let shaped = (1..=8).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        shaped.then(|| Self(text.to_owned()))
    }
}

/// A version: three numbers.
#[derive(Debug)]
pub(crate) struct Version(pub(crate) String);

impl Shaped for Version {
    const EXPECTED: &'static str = "three numbers with points between, such as `1.0.0`";

    fn parse(text: &str) -> Option<Self> {
        let is_number = |part: &str| part.parse::<u32>().is_ok_and(|number| number.to_string() == part);
        let shaped = text.split('.').count() == 3 && text.split('.').all(is_number);
        shaped.then(|| Self(text.to_owned()))
    }
}

/// A day of the calendar.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(pub(crate) Date);

impl Shaped for Day {
    const EXPECTED: &'static str = "a day of the calendar, `yyyy-MM-dd`";

    fn parse(text: &str) -> Option<Self> {
        // Read back, because the library also takes other ways to write a date.
        text.parse::<Date>().ok().filter(|date| date.to_string() == text).map(Self)
    }
}

/// A text for people: something visible, and nothing around it.
#[derive(Debug)]
pub(crate) struct Prose(pub(crate) String);

impl Shaped for Prose {
    const EXPECTED: &'static str = "a text on one line, without space around it";

    fn parse(text: &str) -> Option<Self> {
        let shaped = !text.is_empty() && text.trim() == text && !text.contains(char::is_control);
        shaped.then(|| Self(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_day() {
        assert!(Day::parse("2025-07-01").is_some());
        assert!(Day::parse("2024-02-29").is_some());
    }

    #[test]
    fn err_day() {
        for text in ["", "20250701", "2025-7-1", "2025-02-29", "2025-07-01T00:00", " 2025-07-01", "1 juli 2025"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn err_version() {
        for text in ["", "1", "1.0", "1.0.0.0", "1.0.x", "01.0.0", "+1.0.0", "1.0.0-beta"] {
            assert!(Version::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn err_name() {
        for text in ["", "Arbetsmarknad", "a b", "a_b", "å", &"a".repeat(65)] {
            assert_eq!(Name::parse(text), None, "{text}");
        }
    }

    #[test]
    fn err_agency() {
        for text in ["", "af", "ABCDEFGHI", "A F", "Å"] {
            assert_eq!(Agency::parse(text), None, "{text}");
        }
    }
}

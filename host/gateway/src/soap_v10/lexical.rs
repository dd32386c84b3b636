//! The simple types of the schema, from text to value.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use jiff::civil::Date;

/// White space collapsed, as XSD does for every simple type here but `xsd:string`.
pub(super) fn collapsed(text: &str) -> String {
    text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `xsd:boolean`
pub(super) fn boolean(text: &str) -> Option<bool> {
    match collapsed(text).as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// `xsd:date` with a year of four digits. A zone is allowed and says nothing: the day is the one that is written.
pub(super) fn date(text: &str) -> Option<Date> {
    day(without_zone(&collapsed(text))?)
}

/// Whether a text is an `xsd:dateTime` with a year of four digits.
pub(super) fn is_date_time(text: &str) -> bool {
    let text = collapsed(text);
    let Some((date, time)) = without_zone(&text).and_then(|text| text.split_once('T')) else { return false };
    let (time, fraction) = time.split_once('.').map_or((time, None), |(time, fraction)| (time, Some(fraction)));
    let mut fields = time.split(':').map(|field| two_digits(field).unwrap_or(u8::MAX));
    let (Some(hour), Some(minute), Some(second), None) = (fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return false;
    };
    let is_end_of_day =
        hour == 24 && minute == 0 && second == 0 && fraction.is_none_or(|digits| digits.bytes().all(|b| b == b'0'));
    let in_range = (hour < 24 && minute < 60 && second < 60) || is_end_of_day;
    let fraction_shaped =
        fraction.is_none_or(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
    day(date).is_some() && in_range && fraction_shaped
}

/// Whether a text is `xsd:base64Binary`: white space may stand anywhere.
pub(super) fn is_base64(text: &str) -> bool {
    let packed: String = text.chars().filter(|character| !matches!(character, ' ' | '\t' | '\n' | '\r')).collect();
    BASE64_STANDARD.decode(packed).is_ok()
}

/// `xsd:short`
pub(super) fn short(text: &str) -> Option<i16> {
    collapsed(text).parse().ok()
}

/// Cuts off `Z` or `±hh:mm`; nothing where there is a zone that is none.
fn without_zone(text: &str) -> Option<&str> {
    if let Some(local) = text.strip_suffix('Z') {
        return Some(local);
    }
    let Some((local, zone)) = text.len().checked_sub(6).and_then(|at| text.split_at_checked(at)) else {
        return Some(text);
    };
    let Some(offset) = zone.strip_prefix(['+', '-']) else { return Some(text) };
    // The end of `2026-01-01` looks like no offset: it has no colon.
    let Some((hours, minutes)) = offset.split_once(':') else { return Some(text) };
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    (minutes < 60 && (hours < 14 || (hours == 14 && minutes == 0))).then_some(local)
}

fn day(text: &str) -> Option<Date> {
    let mut fields = text.split('-');
    let (year, month, day) = (fields.next()?, fields.next()?, fields.next()?);
    let year_shaped = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    if !year_shaped || fields.next().is_some() {
        return None;
    }
    let (month, day) = (i8::try_from(two_digits(month)?).ok()?, i8::try_from(two_digits(day)?).ok()?);
    Date::new(year.parse().ok()?, month, day).ok()
}

fn two_digits(text: &str) -> Option<u8> {
    (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_date() {
        for text in ["2026-01-31", " 2026-01-31\n", "2026-01-31Z", "2026-01-31+01:00", "2026-01-31-14:00"] {
            assert_eq!(date(text), Some(Date::constant(2026, 1, 31)), "{text}");
        }
    }

    #[test]
    fn err_date() {
        for text in [
            "",
            "2026-02-29",
            "26-01-31",
            "2026-1-31",
            "20260131",
            "2026-01-31+15:00",
            "2026-01-31+1:00",
            "2026-01-31T00:00:00",
            "-2026-01-31",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn ok_date_time() {
        for text in [
            "2026-01-31T12:00:00",
            "2026-01-31T12:00:00.123456789Z",
            "2026-01-31T24:00:00+01:00",
            "\n2026-01-31T00:00:00-01:00 ",
        ] {
            assert!(is_date_time(text), "{text}");
        }
    }

    #[test]
    fn err_date_time() {
        for text in [
            "",
            "2026-01-31",
            "2026-01-31 12:00:00",
            "2026-01-31T24:00:01",
            "2026-01-31T12:60:00",
            "2026-01-31T12:00",
            "2026-01-31T12:00:00.",
        ] {
            assert!(!is_date_time(text), "{text}");
        }
    }

    #[test]
    fn booleans_numbers_and_base64_are_read_as_xsd_says() {
        assert_eq!([" 1 ", "true", "0", "false"].map(boolean), [Some(true), Some(true), Some(false), Some(false)]);
        assert_eq!(["", "TRUE", "ja"].map(boolean), [None; 3]);
        assert_eq!(["-32768", "+7", " 2 "].map(short), [Some(-32768), Some(7), Some(2)]);
        assert_eq!(["", "32768", "1.0"].map(short), [None; 3]);
        assert!(is_base64("e30=\n") && is_base64("e 3 0 =") && is_base64(""));
        assert!(!is_base64("e30") && !is_base64("{}"));
    }
}

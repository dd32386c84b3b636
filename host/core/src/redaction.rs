//! Identity numbers in free text.

use std::ops::Range;

use jiff::civil::Date;

use crate::person::{IdentityCheck, PersonId};

/// Replaces every identity number in a free text with `[identity number]`.
///
/// Free text from an agency or an asker may quote one: an agency's error message, a purpose. Found are 12 digits, and 10 digits of either recent
/// century, that have a date and a check digit: anywhere within a run of digits, `-` and `+`, and as whole groups of digits with white space, dashes of
/// any kind, `.` or `/` between. A day as ISO 8601 writes it may only begin a number. What this does not stop: names, addresses, numbers written in
/// words.
pub fn without_identity_numbers(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut passed = 0;
    for number in found(text) {
        kept.push_str(text.get(passed..number.start).unwrap_or_default());
        kept.push_str("[identity number]");
        passed = number.end;
    }
    kept.push_str(text.get(passed..).unwrap_or_default());
    kept
}

/// Digits with nothing between them.
struct Group<'t> {
    digits: &'t str,
    at: Range<usize>,
    /// What stands between the group before it and this one.
    gap: &'t str,
}

/// What an identity number is spelled of: a group, or a day as ISO 8601 writes it.
struct Piece {
    digits: String,
    at: Range<usize>,
    is_day: bool,
}

/// Where identity numbers are, in order and apart from each other.
fn found(text: &str) -> Vec<Range<usize>> {
    let groups = groups(text);
    let dashed = groups.chunk_by(|_, next| is_dashed(next.gap)).filter_map(dashed);
    let spelled = groups.chunk_by(|_, next| is_dashed(next.gap) || is_spaced(next.gap)).flat_map(spelled);
    let mut all: Vec<_> = dashed.chain(spelled).collect();
    all.sort_by_key(|number| number.start);
    let mut found: Vec<Range<usize>> = Vec::with_capacity(all.len());
    for number in all {
        match found.last_mut().filter(|last| number.start < last.end) {
            Some(last) => last.end = last.end.max(number.end),
            None => found.push(number),
        }
    }
    found
}

fn groups(text: &str) -> Vec<Group<'_>> {
    let (mut groups, mut passed) = (Vec::new(), 0);
    while let Some(rest) = text.get(passed..) {
        let Some(before) = rest.find(|c: char| c.is_ascii_digit()) else { break };
        let (gap, from_digit) = rest.split_at(before);
        let length = from_digit.find(|c: char| !c.is_ascii_digit()).unwrap_or(from_digit.len());
        let (digits, _) = from_digit.split_at(length);
        let start = passed + before;
        passed = start + length;
        groups.push(Group { digits, at: start..passed, gap });
    }
    groups
}

/// A run of digits, `-` and `+` as a whole, if an identity number is anywhere within it.
fn dashed(run: &[Group<'_>]) -> Option<Range<usize>> {
    let digits: String = run.iter().map(|group| group.digits).collect();
    let holds_one = (0..digits.len()).any(|start| {
        let window = |length| digits.get(start..start + length);
        window(12).is_some_and(is_identity_number) || window(10).is_some_and(is_short_number)
    });
    let (first, last) = (run.first()?, run.last()?);
    holds_one.then_some(first.at.start..last.at.end)
}

/// The identity numbers that are made of whole pieces of a run, of which only the first may be a day.
fn spelled(run: &[Group<'_>]) -> Vec<Range<usize>> {
    let pieces = pieces(run);
    let mut found = Vec::new();
    let mut from = pieces.as_slice();
    while let [first, after @ ..] = from {
        let mut digits = first.digits.clone();
        for next in after.iter().take_while(|next| !next.is_day) {
            digits.push_str(&next.digits);
            if is_identity_number(&digits) || (!first.is_day && is_short_number(&digits)) {
                found.push(first.at.start..next.at.end);
            }
            if digits.len() >= 12 {
                break;
            }
        }
        from = after;
    }
    found
}

fn pieces(mut run: &[Group<'_>]) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(run.len());
    loop {
        run = match run {
            [year, month, day, after @ ..] if is_day(year, month, day) => {
                let digits = [year, month, day].map(|group| group.digits).concat();
                pieces.push(Piece { digits, at: year.at.start..day.at.end, is_day: true });
                after
            }
            [one, after @ ..] => {
                pieces.push(Piece { digits: one.digits.to_owned(), at: one.at.clone(), is_day: false });
                after
            }
            [] => return pieces,
        };
    }
}

/// Whether these three are a day such as `2026-10-01`, or with another mark between.
fn is_day(year: &Group<'_>, month: &Group<'_>, day: &Group<'_>) -> bool {
    let lengths = [year, month, day].map(|group| group.digits.len());
    let is_marked = month.gap == day.gap && month.gap.chars().count() == 1 && !month.gap.contains(char::is_whitespace);
    let (Ok(year), Ok(month), Ok(day)) = (year.digits.parse(), month.digits.parse(), day.digits.parse()) else {
        return false;
    };
    lengths == [4, 2, 2] && is_marked && Date::new(year, month, day).is_ok()
}

fn is_dashed(gap: &str) -> bool {
    gap.chars().all(|c| matches!(c, '-' | '+'))
}

/// Whether a gap is one mark, or one with a space on either side.
fn is_spaced(gap: &str) -> bool {
    gap.chars().count() <= 3 && gap.chars().all(is_mark)
}

/// White space, dashes, and what else stands between the parts of a number.
fn is_mark(c: char) -> bool {
    let is_unseen = matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}');
    let is_dash = matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}');
    c.is_whitespace() || is_unseen || is_dash || matches!(c, '+' | '.' | '/')
}

fn is_identity_number(digits: &str) -> bool {
    PersonId::parse(digits, IdentityCheck::DateAndCheckDigit).is_ok()
}

fn is_short_number(digits: &str) -> bool {
    digits.len() == 10 && ["18", "19", "20"].iter().any(|century| is_identity_number(&format!("{century}{digits}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_number_in_any_spelling_is_replaced() {
        for number in [
            "197701172392",
            "19770117-2392",
            "7701172392",
            "770117-2392",
            "770117+2392",
            "191401682396",
            "19770117 2392",
            "770117 2392",
            "19770117\u{A0}2392",
            "19770117\u{2013}2392",
            "770117\u{2212}2392",
            "770117 \u{2013} 2392",
            "19 770117-2392",
            "1977-01-17 2392",
            "1977-01-17-2392",
            "1977.01.17.2392",
            "1977/01/17/2392",
            "1977 01 17 23 92",
            "19770117\n2392",
            "19140168 2396",
        ] {
            let text = format!("Person {number} saknas.");
            assert_eq!(without_identity_numbers(&text), "Person [identity number] saknas.", "{number}");
        }
    }

    #[test]
    fn each_identity_number_is_replaced_and_what_stands_beside_it_stays() {
        for (text, kept) in [
            ("197701172392 197701182383", "[identity number] [identity number]"),
            ("19770117 2392 19770118 2383", "[identity number] [identity number]"),
            ("2026-10-01 19770117 2392 2026-11-30", "2026-10-01 [identity number] 2026-11-30"),
            ("mål 12 19770117 2392, 3 av 4", "mål 12 [identity number], 3 av 4"),
        ] {
            assert_eq!(without_identity_numbers(text), kept);
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "fel 9071003",
            "2026-01-01",
            "ärende 2026-000123",
            "",
            "å1ä22ö",
            "EB-2026-0001",
            "EB-2026-0001 2026-10-01",
            "2026-10-01 2026-11-30",
            // Its first twelve digits have a date and a check digit.
            "2026-10-04 2026-11-30",
            "2026-10-04 \u{2013} 2026-11-30",
            "2026-10-04/2026-11-30",
            "2026-10-01 12:30",
            "19770117 2393",
            "1.2.3.4",
            "08-123 456 78",
            "12 345 678,50",
        ] {
            assert_eq!(without_identity_numbers(text), text);
        }
    }
}

//! Identity numbers in free text.

use crate::person::{IdentityCheck, PersonId};

/// Replaces every identity number in a free text with `[identity number]`.
///
/// Free text from an agency or an asker may quote one: an agency's error message, a purpose. Found are 12 digits, and 10 digits of either
/// recent century, with or without `-` or `+` before the last four, that have a date and a check digit. What this does not stop: names,
/// addresses, numbers written in words.
pub fn without_identity_numbers(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from_digit) = rest.split_at(start);
        kept.push_str(before);
        let end = from_digit.find(|c: char| !(c.is_ascii_digit() || c == '-' || c == '+')).unwrap_or(from_digit.len());
        let (run, after) = from_digit.split_at(end);
        push_run(&mut kept, run);
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// Pushes a run of digits, `-` and `+`: whole if it holds no identity number, else the mark in its place.
fn push_run(kept: &mut String, run: &str) {
    let digits: String = run.chars().filter(char::is_ascii_digit).collect();
    let holds_one = (0..digits.len()).any(|start| {
        let window = |length| digits.get(start..start + length);
        window(12).is_some_and(is_identity_number)
            || window(10).is_some_and(|ten| {
                ["18", "19", "20"].iter().any(|century| is_identity_number(&format!("{century}{ten}")))
            })
    });
    kept.push_str(if holds_one { "[identity number]" } else { run });
}

fn is_identity_number(digits: &str) -> bool {
    PersonId::parse(digits, IdentityCheck::DateAndCheckDigit).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_number_in_any_spelling_is_replaced() {
        for number in ["197701172392", "19770117-2392", "7701172392", "770117-2392", "770117+2392", "191401682396"] {
            let text = format!("Person {number} saknas.");
            assert_eq!(without_identity_numbers(&text), "Person [identity number] saknas.", "{number}");
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in ["fel 9071003", "2026-01-01", "ärende 2026-000123", "", "å1ä22ö"] {
            assert_eq!(without_identity_numbers(text), text);
        }
    }
}

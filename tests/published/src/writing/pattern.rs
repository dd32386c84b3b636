//! Text that matches a declared pattern.

use proptest::strategy::{Strategy, ValueTree};
use proptest::string::string_regex;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::dice::Dice;
use crate::model::Facets;

/// A text that matches the expression and has an allowed length. What looks like an identity number in it is one of the published test numbers.
pub(super) fn matching(expression: &str, facets: &Facets, dice: &mut Dice) -> String {
    let most = facets.max_length.unwrap_or(MOST_REPETITIONS).min(MOST_REPETITIONS);
    let expression = understood(expression, most);
    let strategy = string_regex(&expression)
        .unwrap_or_else(|error| panic!("the pattern `{expression}` is more than is understood here: {error}"));
    let seed: Vec<u8> = (0..4).flat_map(|_| dice.roll().to_le_bytes()).collect();
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let fits = |text: &String| {
        let length = text.chars().count();
        length >= facets.min_length && facets.max_length.is_none_or(|most| length <= most)
    };
    let mut drawn = (0..TRIES).filter_map(|_| Some(strategy.new_tree(&mut runner).ok()?.current()));
    let Some(text) = drawn.find(fits) else { panic!("found no text of an allowed length that matches `{expression}`") };
    with_test_numbers(&text, dice)
}

/// The expression without anchors, which here stand at its ends or its alternatives' ends, with digits from 0 to 9, and with bounded repetition.
fn understood(expression: &str, most: usize) -> String {
    let repeated = format!("{{1,{most}}}");
    let mut out = String::new();
    let mut in_class = false;
    let mut characters = expression.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '^' | '$' if !in_class => {}
            '+' if !in_class => out.push_str(&repeated),
            '\\' if characters.next_if_eq(&'d').is_some() => out.push_str(if in_class { "0-9" } else { "[0-9]" }),
            '[' | ']' => {
                in_class = character == '[';
                out.push(character);
            }
            _ => out.push(character),
        }
    }
    out
}

/// With every run of 12 or 10 digits replaced by a test number.
fn with_test_numbers(text: &str, dice: &mut Dice) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|character: char| character.is_ascii_digit()) {
        let (before, digits) = rest.split_at(start);
        let end = digits.find(|character: char| !character.is_ascii_digit()).unwrap_or(digits.len());
        let (digits, after) = digits.split_at(end);
        out.push_str(before);
        let person = *dice.pick(&TEST_NUMBERS);
        match digits.len() {
            12 => out.push_str(person),
            10 => out.push_str(person.get(2..).unwrap_or_default()),
            _ => out.push_str(digits),
        }
        rest = after;
    }
    out + rest
}

/// Identity numbers that Skatteverket publishes for tests.
const TEST_NUMBERS: [&str; 5] = ["197701172392", "197701182383", "197909212388", "198404152392", "201701012393"];

/// How often something is repeated at most, where a pattern and a length do not say.
const MOST_REPETITIONS: usize = 8;

/// How many texts are drawn before it is given up to find one of an allowed length.
const TRIES: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    fn facets(max_length: Option<usize>) -> Facets {
        Facets { max_length, ..Facets::default() }
    }

    #[test]
    fn a_text_matches_its_pattern_and_its_length() {
        for seed in 0..100 {
            let mut dice = Dice::new(seed);
            let amount = matching("-?[0-9]+", &facets(Some(7)), &mut dice);
            assert!(amount.len() <= 7 && amount.parse::<i64>().is_ok(), "{amount}");
            let month = matching("^[0-9]{4}-(0[1-9]|1[0-2])$", &facets(None), &mut dice);
            assert!(
                matches!(month.split_once('-'), Some((y, m)) if y.len() == 4 && (1..=12).contains(&m.parse().unwrap()))
            );
        }
    }

    #[test]
    fn what_looks_like_an_identity_number_is_a_test_number() {
        for seed in 0..100 {
            let mut dice = Dice::new(seed);
            let number = matching(r"[\d]{12}", &facets(None), &mut dice);
            assert!(TEST_NUMBERS.contains(&number.as_str()), "{number}");
            let number = matching("^([0-9]{2})?([0-9]{10})$", &facets(None), &mut dice);
            assert!(TEST_NUMBERS.iter().any(|person| person.ends_with(&number)), "{number}");
        }
    }
}

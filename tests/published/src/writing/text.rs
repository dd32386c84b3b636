//! Free text.

use super::dice::Dice;
use crate::model::Value;

/// A free text of an allowed length: some words, or anything that a document may hold.
pub(super) fn free(value: &Value, dice: &mut Dice, is_odd: bool) -> String {
    let fragments: &[&str] = match (is_odd, value.base.as_str()) {
        (false, _) => &WORDS,
        // White space other than single spaces is not what this type means.
        (true, "normalizedString") => &ODD,
        (true, _) => &ODDER,
    };
    let number = if is_odd { dice.below(6) } else { dice.below(2) + 1 };
    let separator = if is_odd { "" } else { " " };
    let text = (0..number).map(|_| *dice.pick(fragments)).collect::<Vec<&str>>().join(separator);
    let most = value.facets.max_length.unwrap_or(usize::MAX);
    let mut text: String = text.chars().take(most).collect();
    while text.chars().count() < value.facets.min_length {
        text.push('x');
    }
    text
}

const WORDS: [&str; 8] = ["Beviljad", "Exempelstad", "Åsa", "Örjan", "EB-17", "socialnämnden", "2", "Änka/Änkeman"];

const ODD: [&str; 14] =
    ["&", "<", ">", "]]>", "\"", "'", "&amp;", "å", "e\u{301}", "\u{1f9ee}", "\u{a0}", "{}", "\\", "\u{fffd}"];

const ODDER: [&str; 20] = [
    "&",
    "<",
    ">",
    "]]>",
    "\"",
    "'",
    "&amp;",
    "å",
    "e\u{301}",
    "\u{1f9ee}",
    "\u{a0}",
    "{}",
    "\\",
    "\u{fffd}",
    " ",
    "  ",
    "\n",
    "\t",
    "\r",
    "\u{2028}",
];

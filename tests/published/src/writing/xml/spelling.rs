//! Text and attribute values.

use crate::writing::dice::Dice;

/// A text, with references and CDATA sections where it needs them and now and then where it does not.
pub(super) fn text(value: &str, dice: &mut Dice, oddness: u8) -> String {
    let mut out = String::new();
    let characters: Vec<char> = value.chars().collect();
    let mut rest = characters.as_slice();
    while !rest.is_empty() {
        let (run, after) = rest.split_at((dice.below(8) + 1).min(rest.len()));
        rest = after;
        if dice.chance(oddness / 25) {
            out.push_str("<!-- i -->");
        }
        if dice.chance(oddness / 8) && is_possible_in_cdata(run) {
            out.push_str("<![CDATA[");
            out.extend(run);
            out.push_str("]]>");
        } else {
            for character in run {
                push(&mut out, *character, dice, oddness);
            }
        }
    }
    out
}

/// An attribute's value, for either kind of quotation mark.
pub(super) fn attribute_value(value: &str, dice: &mut Dice, oddness: u8) -> String {
    let mut out = String::new();
    for character in value.chars() {
        match character {
            '"' | '\'' | '\n' | '\t' => reference(&mut out, character, dice),
            _ => push(&mut out, character, dice, oddness),
        }
    }
    out
}

fn push(out: &mut String, character: char, dice: &mut Dice, oddness: u8) {
    match character {
        // A carriage return that is no reference is read as a line feed.
        '&' | '<' | '>' | '\r' => reference(out, character, dice),
        _ if dice.chance(oddness / 20) => reference(out, character, dice),
        _ => out.push(character),
    }
}

fn reference(out: &mut String, character: char, dice: &mut Dice) {
    let named = match character {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&apos;",
        _ => "",
    };
    let code = u32::from(character);
    let written = match dice.below(4) {
        0 => format!("&#{code};"),
        1 => format!("&#x{code:x};"),
        2 if named.is_empty() => format!("&#x{code:X};"),
        _ if named.is_empty() => format!("&#0{code};"),
        _ => named.to_owned(),
    };
    out.push_str(&written);
}

fn is_possible_in_cdata(run: &[char]) -> bool {
    !run.contains(&'\r') && !run.windows(3).any(|three| three == [']', ']', '>'])
}

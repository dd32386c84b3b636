//! One value in words. What a code means, and which unit and notation a value has, is what the catalogue's help says.

use super::Value;
use crate::catalogue::{Element, ValueType};
use crate::document::Node;

/// A value as a caseworker reads it; none where the agency said that there is none.
pub fn value(node: &Node, element: &Element) -> Option<Value> {
    let help = &element.help.sv;
    match node {
        Node::Boolean(true) => Some(Value::plain("ja")),
        Node::Boolean(false) => Some(Value::plain("nej")),
        Node::Number(digits) => {
            let meaning = is_code(element).then(|| meaning(help, digits)).flatten();
            let text = with_unit(&number(digits), help);
            Some(Value { text, meaning })
        }
        Node::Text(text) if text.trim().is_empty() => {
            let said = ["Blankt", "Tomt", "Tom"].into_iter().find_map(|blank| meaning(help, blank));
            Some(Value { text: said.unwrap_or_else(|| "(tomt)".to_owned()), meaning: None })
        }
        Node::Text(text) if text == "0" && NOTATIONS.iter().any(|notation| help.contains(notation)) => None,
        Node::Text(text) => Some(worded(text.trim(), element)),
        Node::Null | Node::Object(_) | Node::List(_) => None,
    }
}

/// A number with a decimal comma; one in any other notation is left as it is.
pub fn number(digits: &str) -> String {
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
    if is_plain { digits.replace('.', ",") } else { digits.to_owned() }
}

fn worded(text: &str, element: &Element) -> Value {
    let help = &element.help.sv;
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    let is_digits = digits.len() == text.chars().count();
    let part = |from: usize, until: usize| digits.get(from..until).into_iter().flatten().collect::<String>();
    if help.contains(DAY) && is_digits && digits.len() == 8 {
        return Value::plain(format!("{}-{}-{}", part(0, 4), part(4, 6), part(6, 8)));
    }
    if help.contains(WEEK) && is_digits && digits.len() == 6 {
        return Value::plain(format!("{} v. {}", part(0, 4), part(4, 6)));
    }
    let said = || meaning(help, text).or_else(|| meaning(help, "Allt annat"));
    let meaning = is_code(element).then(said).flatten();
    let is_number = is_digits || text.strip_prefix('-').is_some_and(|rest| rest.len() == digits.len());
    Value { text: if is_number { with_unit(text, help) } else { text.to_owned() }, meaning }
}

fn is_code(element: &Element) -> bool {
    let help = &element.help.sv;
    unit(help).is_none() && matches!(element.value_type, Some(ValueType::Text | ValueType::Integer))
}

fn with_unit(number: &str, help: &str) -> String {
    unit(help).map_or_else(|| number.to_owned(), |unit| format!("{number} {unit}"))
}

fn unit(help: &str) -> Option<&'static str> {
    UNITS.into_iter().find(|(said, _)| help.contains(said)).map(|(_, unit)| unit)
}

/// What a help text says of a code, as in `BIF: bifall. AVS: avslag.` or `200 lämnad, 500 saknas`.
pub fn meaning(help: &str, code: &str) -> Option<String> {
    help.split(". ").map(|sentence| sentence.trim_end_matches('.')).find_map(|sentence| {
        let (head, body) = sentence.split_once(": ").unwrap_or(("", sentence));
        let is_word = |word: &str| word.trim_matches(['(', ')', ',']) == code;
        if head == code || head.split(' ').any(is_word) {
            return Some(body.to_owned());
        }
        body.split(", ").find_map(|entry| {
            let meaning = entry.strip_prefix(code)?.strip_prefix(' ')?;
            let is_another_code = meaning.starts_with("eller ") || meaning.starts_with("och ");
            (!is_another_code).then(|| meaning.to_owned())
        })
    })
}

/// How the catalogues' help texts state the notation of a day, in which `0` means that there is none.
const DAY: &str = "yyyyMMdd";
/// And of a week.
const WEEK: &str = "yyyyWW";
const NOTATIONS: [&str; 2] = [DAY, WEEK];
/// How they state a unit.
const UNITS: [(&str, &str); 4] =
    [("i kronor", "kr"), ("i hela kronor", "kr"), ("procent av heltid", "%"), ("i procent", "%")];

#[cfg(test)]
mod tests;

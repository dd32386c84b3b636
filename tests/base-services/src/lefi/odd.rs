//! Turns a right answer into one that no schema has, as real services do: other digits, null, empty objects and lists, unknown members.
//!
//! What LEFI says about itself, `utlamnare` and `avvikelser`, keeps its meaning, so that the answer can still be read.

use crate::lefi::json::Tree;

/// The same content, oddly put.
pub(crate) fn make_odd(mut answer: Tree) -> Tree {
    twist(&mut answer);
    add_unknown(&mut answer);
    answer
}

fn twist(value: &mut Tree) {
    match value {
        Tree::Object(members) => {
            for (name, value) in &mut *members {
                twist(value);
                respell(name, value);
            }
            if members.iter().any(|(name, _)| GETS_UNKNOWN.contains(&name.as_str())) {
                add_unknown(value);
            }
        }
        Tree::List(items) => items.iter_mut().for_each(twist),
        Tree::Text(_) | Tree::Number(_) | Tree::Boolean(_) | Tree::Null => {}
    }
}

fn respell(name: &str, value: &mut Tree) {
    match value {
        Tree::Number(digits) if name == "summa" => *digits = awkward(digits),
        Tree::Text(_) if BECOMES_NULL.contains(&name) => *value = Tree::Null,
        Tree::List(items) if BECOMES_EMPTY.contains(&name) => items.clear(),
        Tree::Object(members) if BECOMES_EMPTY.contains(&name) => members.clear(),
        _ => {}
    }
}

/// The same number in other digits.
fn awkward(digits: &str) -> String {
    let end = if digits.contains(['e', 'E']) {
        ""
    } else if digits.contains('.') {
        "0"
    } else {
        ".00"
    };
    format!("{digits}{end}")
}

fn add_unknown(object: &mut Tree) {
    if let Tree::Object(members) = object {
        let addition =
            Tree::object([("version", Tree::Number("3.10".to_owned())), ("taggar", Tree::List(vec![Tree::Null]))]);
        members.insert(0, ("nyhet".to_owned(), Tree::of_text("En medlem som ingen känner")));
        members.push(("tillaggsuppgift".to_owned(), addition));
    }
}

/// Which texts become null.
const BECOMES_NULL: [&str; 3] = ["till", "valuta", "namn"];

/// Which objects and lists become empty.
const BECOMES_EMPTY: [&str; 4] = ["land", "periodicitet", "utdelningadress", "avdrag"];

/// Which members show that an object gets unknown ones: cases, decisions and payments have one of them.
const GETS_UNKNOWN: [&str; 4] = ["fattades", "startades", "beslutsid", "formansfamilj"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_odd_answer_has_what_is_unknown_empty_or_null_and_other_digits() {
        let answer = r#"{"a":[{"fattades":"2026-01-01","period":{"fran":"2026-01-01","till":"2026-02-01"},"land":{"kod":"SE"},"b":{"summa":1250.5,"valuta":"SEK"}}],"summa":[],"c":{"summa":3},"d":{"summa":1e3}}"#;
        let odd = concat!(
            r#"{"nyhet":"En medlem som ingen känner","a":[{"nyhet":"En medlem som ingen känner","fattades":"2026-01-01","#,
            r#""period":{"fran":"2026-01-01","till":null},"land":{},"b":{"summa":1250.50,"valuta":null},"#,
            r#""tillaggsuppgift":{"version":3.10,"taggar":[null]}}],"summa":[],"c":{"summa":3.00},"d":{"summa":1e3},"#,
            r#""tillaggsuppgift":{"version":3.10,"taggar":[null]}}"#,
        );
        assert_eq!(make_odd(Tree::parse(answer).unwrap()).to_string(), odd);
    }
}

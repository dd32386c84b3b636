//! Objects that a reader takes for one value.

use crate::catalogue::Catalogue;

/// The shape of an object whose members together are one value, by the names that the catalogue gives it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// A code and what it means: the names of the two.
    Coded { code: &'static str, words: &'static str },
    /// A sum and its currency.
    Amount,
    /// A first and a last day: the names of the two.
    Period { from: &'static str, until: &'static str },
    /// A part of a whole.
    Fraction,
}

impl Shape {
    /// The shape of the object at a path, if it is one value.
    pub fn of(catalogue: &Catalogue, path: &str) -> Option<Self> {
        let names = catalogue.children(path);
        let are =
            |expected: [&str; 2]| names.len() == 2 && expected.iter().all(|name| names.iter().any(|is| is == name));
        SHAPES.into_iter().find(|shape| are(shape.names()))
    }

    fn names(self) -> [&'static str; 2] {
        match self {
            Self::Coded { code, words } => [code, words],
            Self::Amount => [SUM, CURRENCY],
            Self::Period { from, until } => [from, until],
            Self::Fraction => [NUMERATOR, DENOMINATOR],
        }
    }

    /// The value in words, from what there is of its two members.
    pub fn words(self, member: impl Fn(&str) -> Option<String>) -> Option<String> {
        let [first, second] = self.names().map(member);
        match self {
            Self::Coded { .. } => match (first, second) {
                (Some(code), Some(words)) => Some(format!("{words} ({code})")),
                (code, words) => words.or(code),
            },
            Self::Amount => match (first, second.as_deref()) {
                (Some(sum), Some("SEK")) => Some(format!("{sum} kr")),
                (Some(sum), Some(currency)) => Some(format!("{sum} {currency}")),
                (sum, _) => sum,
            },
            Self::Period { .. } => period(first, second),
            Self::Fraction => Some(format!("{}/{}", first?, second?)),
        }
    }
}

/// From the first day to the last; either may be open.
pub fn period(from: Option<String>, until: Option<String>) -> Option<String> {
    match (from, until) {
        (Some(from), Some(until)) if from == until => Some(from),
        (Some(from), Some(until)) => Some(format!("{from} – {until}")),
        (Some(from), None) => Some(format!("från och med {from}")),
        (None, Some(until)) => Some(format!("till och med {until}")),
        (None, None) => None,
    }
}

const SHAPES: [Shape; 7] = [
    Shape::Coded { code: "id", words: "beskrivning" },
    Shape::Coded { code: "kod", words: "beskrivning" },
    Shape::Coded { code: "kod", words: "namn" },
    Shape::Amount,
    Shape::Period { from: "fran", until: "till" },
    Shape::Period { from: "from", until: "tom" },
    Shape::Fraction,
];
const SUM: &str = "summa";
const CURRENCY: &str = "valuta";
const NUMERATOR: &str = "taljare";
const DENOMINATOR: &str = "namnare";

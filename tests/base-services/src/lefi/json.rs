//! JSON as a tree that keeps the digits of every number and every member of every object, doubled ones too.
//!
//! An ordinary JSON value would read `1200.50` as `1200.5` and forget all but the last of two members of one name. The first would blur what
//! an agency wrote, and the second would hide a bad question.

mod reading;

use std::fmt;

/// A JSON value.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Tree {
    /// Members in the order in which they are written.
    Object(Vec<(String, Tree)>),
    /// Items in order.
    List(Vec<Tree>),
    /// A text, unescaped.
    Text(String),
    /// A number, as it is written.
    Number(String),
    /// `true` or `false`.
    Boolean(bool),
    /// `null`.
    Null,
}

impl Tree {
    /// An object of these members.
    pub(crate) fn object<const N: usize>(members: [(&str, Self); N]) -> Self {
        Self::Object(members.map(|(name, value)| (name.to_owned(), value)).into())
    }

    /// A text.
    pub(crate) fn of_text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A code with what it means, as LEFI writes both.
    pub(crate) fn code(code: &str, description: &str) -> Self {
        Self::object([("kod", Self::of_text(code)), ("beskrivning", Self::of_text(description))])
    }

    /// What an object's first member of this name holds.
    pub(crate) fn member(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(found, _)| found == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text that this is.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of the list that this is.
    pub(crate) fn items(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }
}

/// Writes JSON without white space.
impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Object(members) => {
                f.write_str("{")?;
                for (position, (name, value)) in members.iter().enumerate() {
                    f.write_str(if position == 0 { "" } else { "," })?;
                    write!(f, "{}:{value}", Quoted(name))?;
                }
                f.write_str("}")
            }
            Self::List(items) => {
                f.write_str("[")?;
                for (position, item) in items.iter().enumerate() {
                    f.write_str(if position == 0 { "" } else { "," })?;
                    write!(f, "{item}")?;
                }
                f.write_str("]")
            }
            Self::Text(text) => write!(f, "{}", Quoted(text)),
            Self::Number(digits) => f.write_str(digits),
            Self::Boolean(truth) => write!(f, "{truth}"),
            Self::Null => f.write_str("null"),
        }
    }
}

/// A text between quotation marks, with what JSON must escape escaped (RFC 8259, section 7).
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for character in self.0.chars() {
            match character {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                control if control < ' ' => write!(f, "\\u{:04x}", u32::from(control))?,
                plain => write!(f, "{plain}")?,
            }
        }
        f.write_str("\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_was_read_without_white_space() {
        for text in [
            r#"{"a":1200.50,"b":[],"c":{},"d":null,"e":[true,false,-0.0,1e3,12345678901234567890]}"#,
            r#"{"a":1,"a":2}"#,
            r#""Åsa \"Udda\" \\ \u001f""#,
            "[[[]],{}]",
        ] {
            assert_eq!(Tree::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Tree::parse("\n{ \"a\" : [ 1.0 , \"\\u00e5\" ] }\n").unwrap().to_string(), r#"{"a":[1.0,"å"]}"#);
    }

    #[test]
    fn a_member_is_found_by_its_name() {
        let tree = Tree::parse(r#"{"a":{"b":["c"]}}"#).unwrap();
        let items = tree.member("a").and_then(|a| a.member("b")).and_then(Tree::items).unwrap();
        assert_eq!(items.first().and_then(Tree::text), Some("c"));
        assert!(tree.member("b").is_none());
    }
}

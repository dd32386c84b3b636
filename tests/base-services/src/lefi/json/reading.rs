//! Reads a text into a tree, one level at a time.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::Tree;

/// A text that is no JSON, or is nested deeper than [`DEEPEST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("text is not JSON")]
pub(crate) struct NotJson;

impl Tree {
    /// Reads a whole text.
    ///
    /// # Errors
    ///
    /// [`NotJson`], also for a value that something follows.
    pub(crate) fn parse(text: &str) -> Result<Self, NotJson> {
        read(from(text)?, DEEPEST)
    }
}

fn read(raw: &RawValue, depth: u8) -> Result<Tree, NotJson> {
    let deeper = depth.checked_sub(1).ok_or(NotJson)?;
    let text = raw.get();
    Ok(match text.as_bytes().first() {
        Some(b'{') => {
            let Members(members) = from(text)?;
            let read = |(name, value)| Ok((name, read(value, deeper)?));
            Tree::Object(members.into_iter().map(read).collect::<Result<_, _>>()?)
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = from(text)?;
            Tree::List(items.into_iter().map(|item| read(item, deeper)).collect::<Result<_, _>>()?)
        }
        Some(b'"') => Tree::Text(from(text)?),
        Some(b't') => Tree::Boolean(true),
        Some(b'f') => Tree::Boolean(false),
        Some(b'n') => Tree::Null,
        _ => Tree::Number(text.to_owned()),
    })
}

fn from<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, NotJson> {
    serde_json::from_str(text).map_err(|_| NotJson)
}

/// An object's members, each value unread.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Collector).map(Self)
    }
}

struct Collector;

impl<'de> Visitor<'de> for Collector {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}

/// How many levels a value may have: LEFI's own documents have eleven.
const DEEPEST: u8 = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn err_json() {
        let bottomless = format!("{}{}", "[".repeat(65), "]".repeat(65));
        for text in ["", "{", "{}x", "[1,]", "{'a':1}", "01", "nul", "\"", bottomless.as_str()] {
            assert!(Tree::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn ok_json_as_deep_as_it_may_be() {
        assert!(Tree::parse(&format!("{}{}", "[".repeat(64), "]".repeat(64))).is_ok());
    }
}

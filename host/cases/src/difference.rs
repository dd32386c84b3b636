//! Two values of JSON, compared to the letter.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// Where the first difference of two values of JSON lies, as a JSON pointer (RFC 6901) without its escapes, at most 256 characters long; `None` if they
/// are the same.
///
/// The order of members and white space do not matter. Numbers are compared digit by digit, so that `1.50` is not `1.5`: what an agency wrote
/// passes verbatim. Goes only as deep as both do.
pub(crate) fn difference(found: &RawValue, expected: &RawValue) -> Option<String> {
    let place = place(found, expected)?;
    Some(if place.is_empty() { "/".to_owned() } else { place.chars().take(256).collect() })
}

/// The place below these two, empty where they themselves differ.
fn place(found: &RawValue, expected: &RawValue) -> Option<String> {
    match (Shape::of(found), Shape::of(expected)) {
        (Shape::Object(found), Shape::Object(expected)) => {
            let lacking = expected.keys().find(|name| !found.contains_key(*name));
            if let Some(name) = lacking.or_else(|| found.keys().find(|name| !expected.contains_key(*name))) {
                return Some(format!("/{name}"));
            }
            let mut pairs = found.iter().filter_map(|(name, found)| Some((name, *found, *expected.get(name)?)));
            pairs.find_map(|(name, found, expected)| Some(format!("/{name}{}", place(found, expected)?)))
        }
        (Shape::List(found), Shape::List(expected)) => {
            let mut pairs = found.iter().zip(&expected).enumerate();
            let inside = pairs.find_map(|(at, (found, expected))| Some(format!("/{at}{}", place(found, expected)?)));
            inside.or_else(|| (found.len() != expected.len()).then(|| format!("/{}", found.len().min(expected.len()))))
        }
        (Shape::Text(found), Shape::Text(expected)) if found == expected => None,
        (Shape::Other(found), Shape::Other(expected)) if found == expected => None,
        _ => Some(String::new()),
    }
}

enum Shape<'r> {
    Object(BTreeMap<String, &'r RawValue>),
    List(Vec<&'r RawValue>),
    Text(String),
    /// A number, `true`, `false` or `null`, as it is written.
    Other(&'r str),
}

impl<'r> Shape<'r> {
    fn of(value: &'r RawValue) -> Self {
        let text = value.get();
        let read = match text.as_bytes().first() {
            Some(b'{') => serde_json::from_str(text).map(Self::Object),
            Some(b'[') => serde_json::from_str(text).map(Self::List),
            Some(b'"') => serde_json::from_str(text).map(Self::Text),
            _ => Ok(Self::Other(text)),
        };
        // What was read once as JSON is read again; if ever it were not, it is compared as it is written.
        read.unwrap_or(Self::Other(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differ(found: &str, expected: &str) -> Option<String> {
        let [found, expected] = [found, expected].map(|text| RawValue::from_string(text.to_owned()).unwrap());
        difference(&found, &expected)
    }

    #[test]
    fn order_white_space_and_escapes_of_text_make_no_difference() {
        assert_eq!(differ(r#"{"a":1,"b":["\u0061",null]}"#, r#"{ "b" : [ "a", null ], "a" : 1 }"#), None);
    }

    #[test]
    fn the_first_difference_is_told_by_its_place() {
        for (found, expected, place) in [
            ("1", "1.0", "/"),
            ("null", "\"null\"", "/"),
            ("{}", "[]", "/"),
            (r#"{"a":{"b":1}}"#, r#"{"a":{"b":2}}"#, "/a/b"),
            (r#"{"a":1}"#, r#"{"a":1,"b":2}"#, "/b"),
            (r#"{"a":1,"c":2}"#, r#"{"a":1}"#, "/c"),
            ("[1,2]", "[1,3]", "/1"),
            ("[1,2]", "[1]", "/1"),
            ("[]", "[1]", "/0"),
        ] {
            assert_eq!(differ(found, expected).as_deref(), Some(place), "{found} {expected}");
        }
    }

    #[test]
    fn what_is_nested_deeper_than_the_other_ends_the_comparison_there() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(differ("[1]", &deep).as_deref(), Some("/0"));
    }
}

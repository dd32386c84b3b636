//! JSON, compared so that `1200.50` and `1200.5` are two numbers.

/// Whether two texts are the same JSON: every number with its digits, members and items in the same order. White space and escapes may differ.
pub(super) fn same(expected: &str, found: &str) -> Result<(), String> {
    let (expected, found) = (tokens(expected), tokens(found));
    if expected == found {
        return Ok(());
    }
    let place = expected.iter().zip(&found).take_while(|(expected, found)| expected == found).count();
    let around = |tokens: &[String]| {
        let around = tokens.iter().skip(place.saturating_sub(8)).take(16);
        around.map(String::as_str).collect::<Vec<_>>().join(" ")
    };
    Err(format!("found `{}`, expected `{}`, at token {place}", around(&found), around(&expected)))
}

/// The tokens of a JSON text, which is well-formed; strings are all escaped in one way.
fn tokens(json: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = json.trim_start();
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '{' | '}' | '[' | ']' | ':' | ',' => 1,
            '"' => end_of_string(rest),
            _ => rest.find(|c: char| c.is_ascii_whitespace() || ",]}".contains(c)).unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at(end);
        tokens.push(if first == '"' {
            serde_json::to_string(&serde_json::from_str::<String>(token).unwrap()).unwrap()
        } else {
            token.to_owned()
        });
        rest = after.trim_start();
    }
    tokens
}

fn end_of_string(text: &str) -> usize {
    let mut is_escaped = false;
    let quote = text.bytes().skip(1).position(|byte| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    });
    quote.unwrap() + 2
}

#[test]
fn json_is_the_same_but_for_white_space_and_escapes() {
    let one = r#"{"a": [1200.50, -0.0, 1e3, true, null], "b\\\"": "\u00e5\/\n", "c": {}, "d":[]}"#;
    let same_json = "{ \"a\":[1200.50,-0.0,1e3,true,null],\n\"\\u0062\\\\\\\"\":\"å/\\u000a\",\"c\":{ },\"d\" : [\t] }";
    assert_eq!(same(one, same_json), Ok(()));
    for (from, to) in
        [("1200.50", "1200.5"), ("-0.0", "0.0"), ("1e3", "1000"), ("null", "{}"), ("{}", "[]"), ("\"c\"", "\"d\"")]
    {
        assert!(same(one, &one.replace(from, to)).is_err(), "{from} {to}");
    }
    assert!(same(one, "{}").is_err() && same("{}", one).is_err());
}

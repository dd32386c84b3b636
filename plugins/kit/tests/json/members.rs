//! An object's members, read to the letter.

use ssbtx_adapter_kit::json::{Undecodable, members};

#[test]
fn ok_members_are_given_in_order_and_as_they_were_written() {
    let json = "\u{feff} {\"b\" : [1.50, {}] ,\"a\":\"\\u00e5\",\"\\u0062\":null,\"\":-0} ";
    let shown: Vec<String> =
        members(json.as_bytes()).unwrap().iter().map(|member| format!("{}={}", member.name, member.value)).collect();
    assert_eq!(shown, ["b=[1.50, {}]", "a=\"\\u00e5\"", "b=null", "=-0"]);
    assert!(members(b"{}").unwrap().is_empty());
}

#[test]
fn err_texts_that_are_no_object() {
    for (json, expected) in [
        (&b"[]"[..], Undecodable::NotAnObject),
        (b"null", Undecodable::NotAnObject),
        (b" \"{}\" ", Undecodable::NotAnObject),
        (b"", Undecodable::Truncated),
        (b"{\"a\":1", Undecodable::Truncated),
        (b"{\"a\":1}{", Undecodable::Malformed),
        (b"{\"a\" 1}", Undecodable::Malformed),
        (b"{\"\xe5\":1}", Undecodable::NotUtf8),
        (b"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", Undecodable::TooDeep),
    ] {
        assert_eq!(members(json).err(), Some(expected), "{}", String::from_utf8_lossy(json));
    }
}

//! What is refused, and that nothing makes the reader panic.

use proptest::prelude::*;
use ssbtx_adapter_kit::json::{Undecodable, members, read as read_json};

use crate::specimen::{SPECIMEN, read};

#[test]
fn err_texts_that_are_no_document() {
    for (json, expected) in [
        ("", Undecodable::Truncated),
        (" ", Undecodable::Truncated),
        ("{", Undecodable::Truncated),
        (r#"{"name":"a"#, Undecodable::Truncated),
        (r#"{"rows":[{}"#, Undecodable::Truncated),
        ("null", Undecodable::NotAnObject),
        ("[]", Undecodable::NotAnObject),
        ("[{}]", Undecodable::NotAnObject),
        ("\"a\"", Undecodable::NotAnObject),
        ("7", Undecodable::NotAnObject),
        ("{} {}", Undecodable::Malformed),
        ("{}x", Undecodable::Malformed),
        ("{]", Undecodable::Malformed),
        ("{'name':1}", Undecodable::Malformed),
        (r#"{"name":"a",}"#, Undecodable::Malformed),
        (r#"{"amount":01}"#, Undecodable::Malformed),
        (r#"{"amount":.5}"#, Undecodable::Malformed),
        (r#"{"amount":NaN}"#, Undecodable::Malformed),
        (r#"{"name":"\ud800"}"#, Undecodable::Malformed),
        ("{\"name\":\"a\nb\"}", Undecodable::Malformed),
        ("{\"new\":\"a\nb\"}", Undecodable::Malformed),
        (r#"{"name":nul}"#, Undecodable::Malformed),
        // Beyond what a double holds, where no number belongs: where one does, its digits are kept.
        (r#"{"name":1e999}"#, Undecodable::Malformed),
        (r#"{"group":1e999}"#, Undecodable::Malformed),
        ("<html/>", Undecodable::Malformed),
    ] {
        assert_eq!(read(json).unwrap_err(), expected, "{json}");
    }
    assert_eq!(read_json(b"{\"name\":\"\xe5\"}", &SPECIMEN).unwrap_err(), Undecodable::NotUtf8);
}

#[test]
fn nesting_without_end_is_refused_wherever_it_stands_also_where_nobody_looks() {
    // Where nothing is known, where a scalar is, where an object is, and where a list is.
    for (place, (open, close)) in
        [("new", ARRAYS), ("new", OBJECTS), ("name", ARRAYS), ("group", ARRAYS), ("rows", OBJECTS)]
    {
        let nested = |levels: usize| {
            let inner = if open == "[" { "" } else { "1" };
            format!("{{\"{place}\":{}{inner}{}}}", open.repeat(levels), close.repeat(levels))
        };
        assert_eq!(read(&nested(63)).unwrap().unknown_elements, 1, "{place} {open}");
        assert_eq!(read(&nested(64)).unwrap_err(), Undecodable::TooDeep, "{place} {open}");
        assert_eq!(read(&nested(100_000)).unwrap_err(), Undecodable::TooDeep, "{place} {open}");
    }
    let root = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
    assert_eq!(read(&root(64)).unwrap_err(), Undecodable::NotAnObject);
    assert_eq!(read(&root(65)).unwrap_err(), Undecodable::TooDeep);
}

#[test]
fn brackets_in_a_string_are_no_nesting() {
    let brackets = "[{\\\"".repeat(1000);
    assert_eq!(read(&format!("{{\"name\":\"{brackets}\"}}")).unwrap().nodes.len(), 2);
}

#[test]
fn a_mark_of_protected_identity_that_cannot_be_read_refuses_the_document() {
    for json in [
        r#"{"protected":"true"}"#,
        r#"{"protected":1}"#,
        r#"{"protected":{}}"#,
        r#"{"protected":[true]}"#,
        r#"{"protected":false,"protected":true}"#,
    ] {
        assert_eq!(read(json).unwrap_err(), Undecodable::UnreadableMark, "{json}");
    }
    assert_eq!(read(r#"{"protected":null}"#).unwrap().nodes.len(), 2);
}

#[test]
fn every_reason_is_told_in_words_that_quote_nothing() {
    let reasons = [
        Undecodable::NotUtf8,
        Undecodable::Encoding,
        Undecodable::TooDeep,
        Undecodable::Truncated,
        Undecodable::Malformed,
        Undecodable::NotAnObject,
        Undecodable::UnreadableMark,
    ];
    insta::assert_snapshot!(reasons.map(|reason| reason.to_string()).join("\n"), @r"
    the bytes are not UTF-8
    another encoding than UTF-8 is declared
    objects and arrays are nested deeper than 64 levels
    the text ends before its value does
    the text is not well-formed
    the text is not an object
    a mark of protected identity cannot be read
    ");
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_json(&bytes, &SPECIMEN);
        let _ = members(&bytes);
    }

    #[test]
    fn a_document_that_is_cut_off_anywhere_is_refused(at in 0_usize..107) {
        let whole = r#"{"name":"a","rows":[{"amount":1200.50},{"name":"\u00e5"}],"new":{"a":[1,2]},"group":{"name":"c"},"count":-7e1}"#;
        prop_assume!(at < whole.len());
        prop_assert!(read(&whole[..at]).is_err());
    }

    #[test]
    fn what_is_made_of_json_s_own_signs_never_makes_the_reader_panic(json in "[\\[\\]{}:,\" antrue0-9e.\\\\-]{0,80}") {
        let _ = read(&json);
        let _ = read(&format!("{{\"rows\":{json}}}"));
    }
}

const ARRAYS: (&str, &str) = ("[", "]");
const OBJECTS: (&str, &str) = ("{\"a\":", "}");

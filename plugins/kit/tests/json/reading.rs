//! What is read, what is read all the same, what is dropped and counted.

use std::collections::BTreeSet;

use proptest::prelude::*;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Value;

use crate::specimen::{read, shown};

#[test]
fn every_kind_of_value_is_read_in_the_order_of_the_document() {
    insta::assert_snapshot!(
        shown(
            r#"{"rows":[{"amount":1200.50,"name":"b"},{}],"name":"a","count":7,"day":"2026-01-02","known":false,
                "group":{"name":"c"},"words":["x","y"],"protected":true}"#
        ),
        @r#"
     {}
      rows []
        item {}
          amount 1200.50
          name "b"
        item {}
      name "a"
      count 7
      day "2026-01-02"
      known false
      group {}
        name "c"
      words []
        item "x"
        item "y"
      protected true
    unknown: 0
    "#);
}

#[test]
fn empty_lists_empty_objects_null_and_absence_stay_apart() {
    insta::assert_snapshot!(shown(r#"{"rows":[],"group":{},"words":null,"name":null,"both":null}"#), @r"
     {}
      rows []
      group {}
      words null
      name null
      both null
    unknown: 0
    ");
    insta::assert_snapshot!(shown(r#"{"rows":[null,{"name":null}],"group":null,"words":[null,""]}"#), @r#"
     {}
      rows []
        item null
        item {}
          name null
      group null
      words []
        item null
        item ""
    unknown: 0
    "#);
    insta::assert_snapshot!(shown("{}"), @r"
     {}
    unknown: 0
    ");
}

#[test]
fn numbers_keep_their_digits() {
    for digits in [
        "0",
        "-0",
        "-0.0",
        "1200.50",
        "1e3",
        "1E+03",
        "0.10",
        "9223372036854775808",
        "123456789012345678901234.5",
        "1e999",
    ] {
        let document = read(&format!("{{\"amount\": {digits} ,\"count\":{digits}}}")).unwrap();
        let numbers: Vec<&Value> = document.nodes.iter().skip(1).map(|node| &node.value).collect();
        assert!(numbers.iter().all(|value| matches!(value, Value::Number(number) if number == digits)), "{digits}");
        assert_eq!(numbers.len(), 2);
    }
}

#[test]
fn strings_are_unescaped() {
    insta::assert_snapshot!(
        shown(r#"{"name":"\u00c5sa \"B\" \\\/\n\ud83d\ude00 é\u0000","n\u0061me2":1,"d\u0061y":"x"}"#),
        @r#"
     {}
      name "Åsa \"B\" \\/\n😀 é\0"
      day "x"
    unknown: 1
    "#);
}

#[test]
fn of_an_object_and_a_list_of_one_name_the_one_that_fits_is_taken() {
    insta::assert_snapshot!(shown(r#"{"both":{"name":"a"}}"#), @r#"
     {}
      both {}
        name "a"
    unknown: 0
    "#);
    insta::assert_snapshot!(shown(r#"{"both":[{"name":"a"}]}"#), @r"
     {}
      both []
        item {}
    unknown: 1
    ");
    insta::assert_snapshot!(shown(r#"{"both":[],"both":{"name":"a"}}"#), @r"
     {}
      both []
    unknown: 1
    ");
}

#[test]
fn what_the_catalogue_does_not_know_is_dropped_and_counted_a_whole_subtree_as_one() {
    insta::assert_snapshot!(
        shown(r#"{"new":{"a":[1,{"b":"}"}]},"group":{"new":"x","name":"a","other":1e999},"rows":[{"day":null}]}"#),
        @r#"
     {}
      group {}
        name "a"
      rows []
        item {}
    unknown: 4
    "#);
}

#[test]
fn a_value_of_another_kind_than_catalogued_is_dropped_and_counted() {
    insta::assert_snapshot!(
        shown(
            r#"{"name":1,"count":"1","amount":true,"day":20260102,"known":"true","group":[{"name":"a"}],"words":{"item":"a"},
                "rows":["a",1,-1,1.5,true,{"name":{"x":1}},[{}]],"both":"a"}"#
        ),
        @r"
     {}
      rows []
        item {}
    unknown: 15
    ");
}

#[test]
fn members_are_known_in_whatever_order_they_come() {
    let mut members = [
        r#""name":"a""#,
        r#""count":1"#,
        r#""amount":1.5"#,
        r#""protected":false"#,
        r#""group":{"name":"b"}"#,
        r#""both":[{}]"#,
    ];
    let mut seen = BTreeSet::new();
    for _ in 0..members.len() {
        for _ in 0..members.len() {
            members.rotate_left(1);
            let document = read(&format!("{{{}}}", members.join(","))).unwrap();
            assert_eq!(document.unknown_elements, 0, "{members:?}");
            let mut nodes: Vec<_> =
                document.nodes.iter().map(|node| (node.element, format!("{:?}", node.value))).collect();
            nodes.sort();
            seen.insert(nodes);
        }
        members.swap(0, 1);
        members.swap(2, 5);
    }
    assert_eq!(seen.len(), 1, "{seen:?}");
}

#[test]
fn of_a_member_that_comes_twice_the_first_is_kept_and_the_other_counted() {
    insta::assert_snapshot!(shown(r#"{"name":"a","name":"b","group":{"name":"c"},"n\u0061me":"d","group":{"name":"e"}}"#), @r#"
     {}
      name "a"
      group {}
        name "c"
    unknown: 3
    "#);
}

#[test]
fn a_byte_order_mark_and_white_space_around_the_document_are_passed_over() {
    assert_eq!(shown("\u{feff}\r\n\t {\"name\" : \"a\" } \n"), shown("{\"name\":\"a\"}"));
}

proptest! {
    #[test]
    fn any_text_comes_through_to_the_character(name in any::<String>(), word in any::<String>()) {
        let json = serde_json::json!({ "name": name, "words": [word] }).to_string();
        let document = read(&json).unwrap();
        let texts: Vec<&str> = document.nodes.iter().filter_map(|node| match &node.value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        }).collect();
        prop_assert_eq!(texts, [name.as_str(), word.as_str()]);
    }

    #[test]
    fn any_number_of_json_comes_through_to_the_digit(digits in "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?") {
        let document = read(&format!("{{\"amount\":{digits}}}")).unwrap();
        prop_assert!(matches!(&document.nodes[1].value, Value::Number(number) if *number == digits));
    }
}

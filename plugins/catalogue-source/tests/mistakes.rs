//! Each mistake in a `catalogue.toml` stops the build with an error that names its place.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its own functions too")]

use ssbtx_catalogue_source::{Catalogue, Kind, Scope};

#[test]
fn ok_elements_know_their_parents_children_and_namespaces() {
    let catalogue = Catalogue::parse(&file(&format!("{GROUP}{ATTRIBUTE}{DATE}{MARK}"))).unwrap();
    let paths: Vec<&str> = catalogue.elements.iter().map(|element| element.path.as_str()).collect();
    assert_eq!(paths, ["", "group", "group/@kod", "group/date", "mark"]);
    assert_eq!(catalogue.elements[0].children, [1, 4]);
    assert_eq!(catalogue.elements[1].children, [2, 3]);
    assert_eq!(catalogue.elements[3].parent, Some(1));
    assert_eq!(catalogue.elements[0].kind, Kind::Object);
    assert_eq!(catalogue.elements[3].scope, Scope::Dataset("data".to_owned()));
    assert_eq!(catalogue.elements[3].namespace, "urn:a");
    assert_eq!(catalogue.elements[2].namespace, "", "an attribute does not inherit a namespace");
}

#[test]
fn ok_the_tables_name_every_element_by_its_path() {
    let rust = Catalogue::parse(&file(&format!("{GROUP}{ATTRIBUTE}{DATE}"))).unwrap().to_rust();
    for constant in ["GROUP: u16 = 1;", "GROUP_AT_KOD: u16 = 2;", "GROUP_DATE: u16 = 3;"] {
        assert!(rust.contains(constant), "{constant}");
    }
}

#[test]
fn err_an_unknown_key_is_refused() {
    let fault = refused(&DATE_TOP.replace("kind", "colour = \"red\"\nkind"));
    assert!(fault.contains("unknown field `colour`"), "{fault}");
}

#[test]
fn err_a_missing_key_is_refused() {
    let fault = refused(&DATE_TOP.replace("label.en = \"Date\"", ""));
    assert!(fault.contains("missing field `en`"), "{fault}");
}

#[test]
fn err_elements_that_break_a_rule_are_named() {
    let table = [
        (
            DATE.to_owned(),
            "element `group/date`: its parent is not the element before it nor one that holds that element",
        ),
        (
            format!("{GROUP}{DATE_TOP}{DATE}"),
            "element `group/date`: its parent is not the element before it nor one that holds that element",
        ),
        (format!("{DATE_TOP}{DATE_TOP}"), "`date` is declared twice"),
        (
            format!("{DATE_TOP}{}", DATE.replace("group/date", "date/part")),
            "element `date/part`: its parent is no object or list",
        ),
        (
            format!("{GROUP}{DATE}{ATTRIBUTE}"),
            "element `group/@kod`: an attribute comes before its parent's child elements and never repeats",
        ),
        (ATTRIBUTE.replace("group/@kod", "kod"), "element `kod`: `@` before its name and kind `attribute` go together"),
        (
            DATE_TOP.replace("type = \"date\"", ""),
            "element `date`: a scalar or attribute has a type, an object or list has none",
        ),
        (DATE_TOP.replace("dataset = \"data\"", ""), "element `date`: has either a dataset or `technical = true`"),
        (
            DATE_TOP.replace("dataset = \"data\"", "dataset = \"data\"\ntechnical = true"),
            "element `date`: has either a dataset or `technical = true`",
        ),
        (
            DATE_TOP.replace("dataset = \"data\"", "dataset = \"date\""),
            "element `date`: dataset `date` is not declared",
        ),
        (
            DATE_TOP.replace("kind", "marks-protection = true\nkind"),
            "element `date`: only a boolean or a text can mark protection",
        ),
        (
            GROUP.replace("object", "list"),
            "element `group`: a list is for JSON and has one child, `item`, which repeats",
        ),
        (
            DATE_TOP.replace("label.sv = \"Datum\"", "label.sv = \" \""),
            "Swedish label of `date` is 0 bytes, expected 1 to 4096",
        ),
        (
            DATE_TOP.replace("path = \"date\"", "path = \"a date\""),
            "element name is `a date`, expected 1 to 128 bytes of letters, digits, `_`, `-` and `.`",
        ),
        (GROUP.replace("\ntechnical = true", "\ntechnical = true\n"), "dataset `data` is named by no element"),
    ];
    for (elements, expected) in table {
        assert_eq!(refused(&elements), expected);
    }
}

#[test]
fn err_names_of_the_wrong_shape_are_refused() {
    for (from, to, expected) in [
        ("agency = \"AF\"", "agency = \"Af\"", "agency is `Af`, expected 1 to 8 characters `A` to `Z` and `0` to `9`"),
        ("1.0.0", "1.0", "version is `1.0`, expected three numbers such as `1.0.0`"),
        (
            "id = \"data\"",
            "id = \"Data\"",
            "dataset is `Data`, expected 1 to 64 characters `a` to `z`, `0` to `9` and `-`",
        ),
    ] {
        let text = file(DATE_TOP).replace(from, to);
        assert_eq!(Catalogue::parse(&text).unwrap_err().to_string(), expected);
    }
}

fn refused(elements: &str) -> String {
    Catalogue::parse(&file(elements)).unwrap_err().to_string()
}

fn file(elements: &str) -> String {
    format!("{HEAD}{elements}")
}

const HEAD: &str = r#"
agency = "AF"
version = "1.0.0"
encoding = "xml"
namespace = "urn:a"
[root]
name = "answer"
label = { sv = "Svar", en = "Answer" }
help = { sv = "Svaret.", en = "The answer." }
[[dataset]]
id = "data"
discloser = "AF"
label = { sv = "Data", en = "Data" }
help = { sv = "Data.", en = "Data." }
"#;

const GROUP: &str = r#"
[[element]]
path = "group"
kind = "object"
technical = true
label = { sv = "Grupp", en = "Group" }
help = { sv = "Grupp.", en = "Group." }
"#;

const ATTRIBUTE: &str = r#"
[[element]]
path = "group/@kod"
kind = "attribute"
type = "text"
technical = true
label = { sv = "Kod", en = "Code" }
help = { sv = "Kod.", en = "Code." }
"#;

const DATE: &str = r#"
[[element]]
path = "group/date"
kind = "scalar"
type = "date"
dataset = "data"
label = { sv = "Datum", en = "Date" }
help = { sv = "Datum.", en = "Date." }
"#;

const DATE_TOP: &str = r#"
[[element]]
path = "date"
kind = "scalar"
type = "date"
dataset = "data"
label.sv = "Datum"
label.en = "Date"
help = { sv = "Datum.", en = "Date." }
"#;

const MARK: &str = r#"
[[element]]
path = "mark"
kind = "scalar"
type = "boolean"
dataset = "data"
marks-protection = true
label = { sv = "Skydd", en = "Protection" }
help = { sv = "Skydd.", en = "Protection." }
"#;

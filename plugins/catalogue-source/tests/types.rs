//! Types are written once and stand wherever they are used.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its own functions too")]

use std::fs;

use ssbtx_catalogue_source::{Catalogue, Element, Kind, NotLoaded, Scope, ValueType};

#[test]
fn ok_an_object_of_a_type_has_the_types_elements() {
    let catalogue = Catalogue::parse(&file(&format!("{HOME}{WORK}{ADDRESS}{LAND}"))).unwrap();
    let paths: Vec<&str> = catalogue.elements.iter().map(|element| element.path.as_str()).collect();
    let expected =
        ["", "home", "home/town", "home/land", "home/land/code", "work", "work/town", "work/land", "work/land/code"];
    assert_eq!(paths, expected);
    assert_eq!(find(&catalogue, "home/land").parent, Some(1));
    assert_eq!(find(&catalogue, "home").label.sv, "Hem", "an object has its own label, not its type's");
}

#[test]
fn ok_a_type_belongs_to_what_the_place_that_uses_it_belongs_to() {
    let catalogue = Catalogue::parse(&file(&format!("{HOME}{WORK}{ADDRESS}{LAND}"))).unwrap();
    assert_eq!(find(&catalogue, "home/land/code").scope, Scope::Dataset("data".to_owned()));
    assert_eq!(find(&catalogue, "work/land/code").scope, Scope::Technical);
}

#[test]
fn ok_what_a_type_says_for_itself_goes_before_what_the_place_says() {
    let land = LAND.replace("path = \"code\"", "path = \"code\"\ntechnical = true");
    let catalogue = Catalogue::parse(&file(&format!("{HOME}{ADDRESS}{land}"))).unwrap();
    assert_eq!(find(&catalogue, "home/land").scope, Scope::Dataset("data".to_owned()));
    assert_eq!(find(&catalogue, "home/land/code").scope, Scope::Technical);
}

#[test]
fn ok_a_dataset_goes_down_to_what_is_in_it() {
    let group = HOME.replace("of = \"Address\"\n", "");
    let inner = DAY.replace("path = \"day\"", "path = \"home/day\"").replace("dataset = \"data\"\n", "");
    let catalogue = Catalogue::parse(&file(&format!("{group}{inner}"))).unwrap();
    assert_eq!(find(&catalogue, "home/day").scope, Scope::Dataset("data".to_owned()));
}

#[test]
fn err_technical_is_said_of_each_element_by_itself() {
    let group = WORK.replace("of = \"Address\"\n", "");
    let inner = DAY.replace("path = \"day\"", "path = \"work/day\"").replace("dataset = \"data\"\n", "");
    let fault = refused(&format!("{HOME}{group}{inner}{ADDRESS}{LAND}"));
    assert_eq!(fault, "element `work/day`: has either a dataset or `technical = true`");
}

#[test]
fn ok_a_list_of_a_type_repeats_objects_with_the_types_texts() {
    let list = HOME.replace("object", "list");
    let catalogue = Catalogue::parse(&file(&format!("{list}{ADDRESS}{LAND}"))).unwrap();
    let (list, item) = (find(&catalogue, "home"), find(&catalogue, "home/item"));
    assert_eq!((list.kind, list.repeats, list.label.sv.as_str()), (Kind::List, false, "Hem"));
    assert_eq!((item.kind, item.repeats, item.label.sv.as_str()), (Kind::Object, true, "Adress"));
    assert_eq!(find(&catalogue, "home/item/land/code").scope, Scope::Dataset("data".to_owned()));
}

#[test]
fn ok_a_list_of_values_repeats_them_with_the_lists_texts() {
    let catalogue = Catalogue::parse(&file(&DAY.replace("scalar", "list"))).unwrap();
    let (list, item) = (find(&catalogue, "day"), find(&catalogue, "day/item"));
    assert_eq!((list.kind, list.value_type), (Kind::List, None));
    assert_eq!((item.kind, item.value_type, item.repeats), (Kind::Scalar, Some(ValueType::Date), true));
    assert_eq!(item.label, list.label);
}

#[test]
fn ok_a_list_may_still_be_written_out() {
    let list = DAY.replace("scalar", "list").replace("type = \"date\"\n", "");
    let item = DAY.replace("path = \"day\"", "path = \"day/item\"\nrepeats = true");
    let catalogue = Catalogue::parse(&file(&format!("{list}{item}"))).unwrap();
    assert_eq!(find(&catalogue, "day/item").value_type, Some(ValueType::Date));
}

#[test]
fn ok_a_type_that_extends_another_has_its_elements_first() {
    let extending = LAND.replace("name = \"Land\"", "name = \"Land\"\nextends = \"Place\"");
    let place = LAND.replace("Land", "Place").replace("code", "name");
    let catalogue = Catalogue::parse(&file(&format!("{HOME}{ADDRESS}{extending}{place}"))).unwrap();
    let land = find(&catalogue, "home/land");
    let names: Vec<&str> = land.children.iter().map(|&id| catalogue.elements[usize::from(id)].name.as_str()).collect();
    assert_eq!(names, ["name", "code"]);
}

#[test]
fn ok_a_list_may_follow_an_object_of_its_name() {
    let object = HOME.replace("of = \"Address\"\n", "");
    let inner = DAY.replace("path = \"day\"", "path = \"home/day\"");
    let list = HOME.replace("object", "list").replace("of = \"Address\"", "type = \"text\"");
    let catalogue = Catalogue::parse(&file(&format!("{object}{inner}{list}"))).unwrap();
    assert_eq!(catalogue.elements[0].children, [1, 3]);
    let rust = catalogue.to_rust();
    for constant in ["HOME: u16 = 1;", "HOME_DAY: u16 = 2;", "HOME_LIST: u16 = 3;", "HOME_LIST_ITEM: u16 = 4;"] {
        assert!(rust.contains(constant), "{constant}");
    }
}

#[test]
fn err_elements_and_types_that_break_a_rule_are_named() {
    let used = format!("{HOME}{ADDRESS}{LAND}");
    let table = [
        (format!("{HOME}{HOME}{ADDRESS}{LAND}"), "`home` is declared twice"),
        (format!("{used}{LAND}"), "`Land` is declared twice"),
        (format!("{HOME}{ADDRESS}"), "element `land` of type `Address`: type `Land` is not declared"),
        (
            used.replace("type = \"text\"", "type = \"text\"\nof = \"Address\""),
            "element `town` of type `Address`: only an object, or a list without `type`, can have `of`",
        ),
        (
            format!("{HOME}{ADDRESS}{}", LAND.replace("kind = \"scalar\"\ntype = \"text\"", "kind = \"scalar\"")),
            "element `code` of type `Land`: a scalar or attribute has a type, an object or list has none",
        ),
        (
            format!("{HOME}{ADDRESS}{}", LAND.replace("help.sv = \"Koden.\"", "help.sv = \"\"")),
            "Swedish help of `code` of type `Land` is 0 bytes, expected 1 to 4096",
        ),
        (
            used.replace("kind = \"scalar\"\ntype = \"text\"", "kind = \"object\"\nof = \"Address\""),
            "element `town` of type `Address`: type `Address` would hold itself",
        ),
        (format!("{used}{}", LAND.replace("Land", "Place")), "type `Place`: is used nowhere"),
        (
            format!("{HOME}{ADDRESS}{}", LAND.replace("name = \"Land\"", "name = \"Land\"\nextends = \"Place\"")),
            "type `Land`: extends `Place`, which is not declared",
        ),
        (
            format!("{HOME}{ADDRESS}{}", LAND.replace("name = \"Land\"", "name = \"Land\"\nextends = \"Land\"")),
            "type `Land`: extends itself",
        ),
        (format!("{HOME}{}", HOME.replace("object", "list")), "element `home`: type `Address` is not declared"),
        (
            DAY.replace("kind", "marks-protection = true\nkind"),
            "element `day`: only a boolean or a text can mark protection",
        ),
        (
            format!("include = [\"../land.toml\"]\n{used}"),
            "include is `../land.toml`, expected a file below the catalogue's folder",
        ),
    ];
    for (elements, expected) in table {
        assert_eq!(refused(&elements), expected);
    }
}

#[test]
fn err_types_that_multiply_beyond_the_limit_are_refused() {
    let doubling = |depth: u32| {
        let of_next = format!("kind = \"object\"\nof = \"Land{}\"", depth + 1);
        let one = LAND.replace("name = \"Land\"", &format!("name = \"Land{depth}\""));
        let one = one.replace("kind = \"scalar\"\ntype = \"text\"", &of_next);
        let (_, element) = one.split_once("[[type.element]]").unwrap();
        format!("{one}[[type.element]]{}", element.replace("code", "other"))
    };
    let types: String = (0..20).map(doubling).collect();
    let last = LAND.replace("name = \"Land\"", "name = \"Land20\"");
    let fault = refused(&format!("{}{types}{last}", HOME.replace("Address", "Land0")));
    assert_eq!(fault, "8193 elements, expected at most 8192");
}

#[test]
fn ok_types_may_stand_in_further_files() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("catalogue")).unwrap();
    fs::write(folder.path().join("catalogue/place.toml"), format!("{ADDRESS}{LAND}")).unwrap();
    let catalogue = folder.path().join("catalogue.toml");
    fs::write(&catalogue, format!("include = [\"catalogue/place.toml\"]\n{}", file(HOME))).unwrap();
    assert_eq!(find(&Catalogue::load(&catalogue).unwrap(), "home/land/code").name, "code");
}

#[test]
fn err_a_further_file_that_is_missing_or_holds_more_than_types_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let catalogue = folder.path().join("catalogue.toml");
    assert!(matches!(Catalogue::load(&catalogue), Err(NotLoaded::Unreadable(..))));
    fs::write(&catalogue, format!("include = [\"place.toml\"]\n{}", file(HOME))).unwrap();
    assert_eq!(faulty(&catalogue), "include `place.toml` cannot be read");
    fs::write(folder.path().join("place.toml"), format!("{HOME}{ADDRESS}{LAND}")).unwrap();
    assert_eq!(faulty(&catalogue), "include `place.toml`");
}

fn faulty(catalogue: &std::path::Path) -> String {
    match Catalogue::load(catalogue) {
        Err(NotLoaded::Faulty(_, fault)) => fault.to_string(),
        other => panic!("{other:?} is not faulty"),
    }
}

fn find<'a>(catalogue: &'a Catalogue, path: &str) -> &'a Element {
    catalogue.elements.iter().find(|element| element.path == path).unwrap()
}

fn refused(elements: &str) -> String {
    Catalogue::parse(&file(elements)).unwrap_err().to_string()
}

/// A catalogue with these elements and types; an `include` at their beginning goes where it belongs, to the top.
fn file(elements: &str) -> String {
    match elements.strip_prefix("include") {
        Some(rest) => format!("include{rest}").replacen('\n', &format!("\n{HEAD}"), 1),
        None => format!("{HEAD}{elements}"),
    }
}

const HEAD: &str = r#"
agency = "FK"
version = "1.0.0"
encoding = "json"
[root]
name = "answer"
label = { sv = "Svar", en = "Answer" }
help = { sv = "Svaret.", en = "The answer." }
[[dataset]]
id = "data"
discloser = "FK"
label = { sv = "Data", en = "Data" }
help = { sv = "Data.", en = "Data." }
"#;

const HOME: &str = r#"
[[element]]
path = "home"
kind = "object"
of = "Address"
dataset = "data"
label = { sv = "Hem", en = "Home" }
help = { sv = "Hemmet.", en = "The home." }
"#;

const WORK: &str = r#"
[[element]]
path = "work"
kind = "object"
of = "Address"
technical = true
label = { sv = "Arbete", en = "Work" }
help = { sv = "Arbetet.", en = "The work." }
"#;

const DAY: &str = r#"
[[element]]
path = "day"
kind = "scalar"
type = "date"
dataset = "data"
label = { sv = "Dag", en = "Day" }
help = { sv = "Dagen.", en = "The day." }
"#;

const ADDRESS: &str = r#"
[[type]]
name = "Address"
label = { sv = "Adress", en = "Address" }
help = { sv = "En adress.", en = "An address." }
[[type.element]]
path = "town"
kind = "scalar"
type = "text"
label = { sv = "Ort", en = "Town" }
help = { sv = "Orten.", en = "The town." }
[[type.element]]
path = "land"
kind = "object"
of = "Land"
label = { sv = "Land", en = "Country" }
help = { sv = "Landet.", en = "The country." }
"#;

const LAND: &str = r#"
[[type]]
name = "Land"
label = { sv = "Land", en = "Country" }
help = { sv = "Ett land.", en = "A country." }
[[type.element]]
path = "code"
kind = "scalar"
type = "text"
label = { sv = "Kod", en = "Code" }
help.sv = "Koden."
help.en = "The code."
"#;

//! Cases in and out of components.

use super::{SECTION, cases_of, with_cases};
use crate::cases::Cases;
use crate::invalid::InvalidCases;

/// A component that holds nothing.
const EMPTY: &[u8] = b"\0asm\x0d\0\x01\0";
const MODULE: &[u8] = b"\0asm\x01\0\0\0";

fn cases(promise: &str) -> Cases {
    let json = format!(
        r#"{{"kind":"ssbtx-cases","version":1,"policy":[{{"promise":"{promise}","agency":"AF","purpose":"a","relation":"subject","consents":[],"protectedIdentity":false,"askedOn":"2026-01-01","elements":["a"],"expected":{{"disclose":"b"}}}}]}}"#
    );
    Cases::parse(json.as_bytes()).unwrap()
}

/// A custom section of less than 128 bytes.
fn custom(name: &str, data: &[u8]) -> Vec<u8> {
    let length = |bytes: &[u8]| u8::try_from(bytes.len()).unwrap();
    let content = [&[length(name.as_bytes())], name.as_bytes(), data].concat();
    [&[0, length(&content)], content.as_slice()].concat()
}

#[test]
fn a_component_carries_its_cases_and_one_without_has_none() {
    assert!(cases_of(EMPTY).unwrap().is_empty());
    let carrying = with_cases(EMPTY, &cases("a case")).unwrap();
    assert_eq!(cases_of(&carrying).unwrap().policy()[0].promise().as_str(), "a case");
}

#[test]
fn packing_twice_replaces_the_cases_and_gives_the_same_bytes() {
    let component = [EMPTY, &custom("producers", b"x")].concat();
    let once = with_cases(&component, &cases("one")).unwrap();
    let twice = with_cases(&with_cases(&once, &cases("two")).unwrap(), &cases("one")).unwrap();
    assert_eq!(once, twice);
    assert_eq!(with_cases(&twice, &Cases::none()).unwrap(), component);
}

#[test]
fn the_cases_of_what_a_component_holds_are_not_its_own() {
    let module = [MODULE, &custom(SECTION, b"{}")].concat();
    let core_module = [&[1, u8::try_from(module.len()).unwrap()], module.as_slice()].concat();
    let component = [EMPTY, &core_module].concat();
    assert!(cases_of(&component).unwrap().is_empty());
    let carrying = with_cases(&component, &cases("its own")).unwrap();
    assert_eq!(cases_of(&carrying).unwrap().len(), 1);
    assert!(carrying.starts_with(&component), "what it holds is left as it is");
}

#[test]
fn two_sections_with_cases_are_refused() {
    let twice = [EMPTY, &custom(SECTION, b"{}"), &custom(SECTION, b"{}")].concat();
    assert!(matches!(cases_of(&twice), Err(InvalidCases::Twice)));
}

#[test]
fn err_component() {
    for bytes in [&b""[..], b"{}", MODULE, b"\0asm\x0d\0\x01\0\0\xff"] {
        assert!(matches!(cases_of(bytes), Err(InvalidCases::NotAComponent)), "{bytes:?}");
        assert!(matches!(with_cases(bytes, &Cases::none()), Err(InvalidCases::NotAComponent)), "{bytes:?}");
    }
}

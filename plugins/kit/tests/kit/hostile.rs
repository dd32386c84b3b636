//! What is refused, and that nothing makes the reader panic.

use proptest::prelude::*;
use ssbtx_adapter_kit::{NoDocument, Undecodable};

use crate::specimen::{SPECIMEN, envelope, read, read_bytes, refusal};

#[test]
fn a_document_type_declaration_is_refused_so_that_no_entity_can_be_declared() {
    let bomb = format!("<!DOCTYPE a [<!ENTITY b 'c'>]>{}", envelope("<answer xmlns='urn:a'><name>&b;</name></answer>"));
    assert_eq!(read_bytes(bomb.as_bytes()).unwrap_err(), NoDocument::Undecodable(Undecodable::Doctype));
}

#[test]
fn entities_other_than_the_five_are_refused_wherever_they_stand() {
    for content in ["<name>&aring;</name>", "<extra>&aring;</extra>", "&aring;"] {
        assert_eq!(refusal(content), Undecodable::UndefinedEntity, "{content}");
    }
    let attribute = read("<answer xmlns='urn:a' code='&aring;'/>").unwrap_err();
    assert_eq!(attribute, NoDocument::Undecodable(Undecodable::UndefinedEntity));
}

#[test]
fn a_namespace_declaration_is_held_to_the_rules_of_every_value() {
    for (declaration, expected) in [
        ("xmlns:q='urn:&aring;'", Undecodable::UndefinedEntity),
        ("xmlns:q='urn:&#1;'", Undecodable::Malformed),
        ("xmlns:q='http&#58;//www.w3.org/2000/xmlns/'", Undecodable::Malformed),
    ] {
        assert_eq!(refusal(&format!("<extra {declaration}/>")), expected, "{declaration}");
    }
}

#[test]
fn what_xml_forbids_is_refused() {
    for content in [
        "<name>\u{1}</name>",
        "<name>\u{ffff}</name>",
        "<name>&#1;</name>",
        "<name>&#xFFFE;</name>",
        "<name>&#xD800;</name>",
        "<name>&</name>",
        "<name></answer>",
        "<name a='1' a='2'/>",
        "<name a=1/>",
        "<p:name/>",
        "<name p:a='1'/>",
        "<?xml version='1.0'?>",
    ] {
        assert_eq!(refusal(content), Undecodable::Malformed, "{content}");
    }
}

#[test]
fn other_encodings_are_refused() {
    let declared = format!("<?xml version='1.0' encoding='ISO-8859-1'?>{}", envelope(""));
    assert_eq!(read_bytes(declared.as_bytes()).unwrap_err(), NoDocument::Undecodable(Undecodable::Encoding));
    let utf16: Vec<u8> = format!("\u{feff}{declared}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read_bytes(&utf16).unwrap_err(), NoDocument::Undecodable(Undecodable::NotUtf8));
    assert_eq!(read_bytes(b"<a>\xe5</a>").unwrap_err(), NoDocument::Undecodable(Undecodable::NotUtf8));
}

#[test]
fn nesting_without_end_is_refused() {
    assert_eq!(refusal(&format!("{}{}", "<x>".repeat(100), "</x>".repeat(100))), Undecodable::TooDeep);
}

#[test]
fn a_second_mark_of_protected_identity_is_refused_since_dropping_it_would_drop_the_protection() {
    assert!(read("<answer xmlns='urn:a'><mark>true</mark></answer>").is_ok());
    for content in ["<mark>false</mark><mark>true</mark>", "<mark/><name>Bo</name><mark/>"] {
        assert_eq!(refusal(content), Undecodable::UnreadableMark, "{content}");
    }
}

#[test]
fn a_document_that_is_cut_off_anywhere_is_refused() {
    let whole = envelope("<answer xmlns='urn:a'><name>Åsa</name><group><date>1</date></group></answer>");
    assert!(read_bytes(whole.as_bytes()).is_ok());
    for end in 0..whole.len() {
        assert!(matches!(read_bytes(&whole.as_bytes()[..end]), Err(NoDocument::Undecodable(_))), "at {end}");
    }
}

#[test]
fn more_than_one_document_is_refused() {
    let one = envelope("<answer xmlns='urn:a'/>");
    for after in [one.as_str(), "text", "<![CDATA[]]>", "&amp;"] {
        let bytes = format!("{one}{after}").into_bytes();
        assert_eq!(read_bytes(&bytes).unwrap_err(), NoDocument::Undecodable(Undecodable::Malformed), "{after}");
    }
    assert!(read_bytes(format!("{one}\n<!-- end --><?pi?>").as_bytes()).is_ok());
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_bytes(&bytes);
    }

    #[test]
    fn whatever_is_read_is_a_tree_of_catalogued_elements(pieces in prop::collection::vec(piece(), 0..30)) {
        let Ok(document) = read(&format!("<answer xmlns='urn:a'>{}</answer>", pieces.concat())) else { return Ok(()) };
        let mut open: Vec<u16> = Vec::new();
        for node in &document.nodes {
            prop_assert!(usize::from(node.depth) <= open.len());
            open.truncate(usize::from(node.depth));
            prop_assert_eq!(SPECIMEN.elements[usize::from(node.element)].parent, open.last().copied());
            open.push(node.element);
        }
        prop_assert_eq!(document.nodes[0].element, 0);
    }
}

fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "<name>",
        "</name>",
        "<name/>",
        "<group>",
        "</group>",
        "<group/>",
        "<date>",
        "</date>",
        "<date>1</date>",
        "<x>",
        "</x>",
        "<x/>",
        "text",
        " ",
        "&amp;",
        "&b;",
        "<![CDATA[c]]>",
        "<!-- -->",
        "<!DOCTYPE a>",
        "<answer>",
        "</answer>",
        "<name xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:nil='true'>",
        "<other xmlns='urn:b'/>",
        "<",
        "&",
    ])
}

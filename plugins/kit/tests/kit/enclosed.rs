//! A document inside a string: what is read, and that the rules inside are those outside.

use proptest::prelude::*;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Document;
use ssbtx_adapter_kit::{AnswerFormat, Enclosed, Name, NoDocument, Undecodable, receive};

use crate::specimen::{SPECIMEN, envelope, response, show};

#[test]
fn the_document_is_read_however_the_string_is_written() {
    let document = "<answer xmlns='urn:a' code='7'><name>Åsa &amp; Bo</name></answer>";
    for string in [
        escaped(document),
        format!("<![CDATA[{document}]]>"),
        escaped(&format!("<?xml version='1.0' encoding='UTF-8'?>{document}")),
        escaped(&format!("\n  <?xml version='1.0'?>\n{document}\n")),
        escaped(&format!("\u{feff}<?xml version='1.0'?><!-- c -->{document}<?pi?>")),
        format!("<![CDATA[<?xml version='1.0' standalone='yes'?>]]>{}", escaped(document)),
    ] {
        insta::allow_duplicates! {
            insta::assert_snapshot!(show(&read(&string).unwrap()), @r#"
            answer
              code "7"
              name "Åsa & Bo"
            unknown: 0
            "#);
        }
    }
}

#[test]
fn an_encoding_declared_inside_a_string_says_nothing_of_the_string() {
    for encoding in ["ISO-8859-1", "UTF-16", "windows-1252"] {
        let string = escaped(&format!("<?xml version='1.0' encoding='{encoding}'?><answer xmlns='urn:a'/>"));
        assert!(read(&string).is_ok(), "{encoding}");
    }
}

#[test]
fn what_lies_beside_the_string_is_counted() {
    let body = "<t:holder xmlns:t='urn:t'><before/><text>&lt;answer xmlns='urn:a'>&lt;x/>&lt;/answer></text><text/></t:holder><x/>";
    assert_eq!(read_body(body).unwrap().unknown_elements, 4);
}

#[test]
fn the_rules_of_a_document_hold_inside_a_string() {
    let deep = format!("<answer xmlns='urn:a'>{}{}</answer>", "<x>".repeat(100), "</x>".repeat(100));
    for (document, expected) in [
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><answer xmlns='urn:a'><name>&b;</name></answer>", Undecodable::Doctype),
        ("<answer xmlns='urn:a'><name>&b;</name></answer>", Undecodable::UndefinedEntity),
        ("<answer xmlns='urn:a'><name>&#1;</name></answer>", Undecodable::Malformed),
        ("<answer xmlns='urn:a'><name></answer>", Undecodable::Malformed),
        ("<answer xmlns='urn:a'/><answer xmlns='urn:a'/>", Undecodable::Malformed),
        ("<answer xmlns='urn:a'/>text", Undecodable::Malformed),
        ("text", Undecodable::Malformed),
        ("", Undecodable::Malformed),
        (" \n", Undecodable::Malformed),
        ("<other/><other/>", Undecodable::Malformed),
        (&deep, Undecodable::TooDeep),
    ] {
        assert_eq!(read(&escaped(document)).unwrap_err(), NoDocument::Undecodable(expected), "{document}");
    }
}

#[test]
fn a_document_that_is_cut_off_anywhere_in_its_string_is_refused() {
    let document = "<?xml version='1.0'?><answer xmlns='urn:a'><name>Asa</name><group><date>1</date></group></answer>";
    assert!(read(&escaped(document)).is_ok());
    for end in 0..document.len() {
        let cut = read(&escaped(&document[..end]));
        assert!(matches!(cut, Err(NoDocument::Undecodable(_))), "at {end}");
    }
}

#[test]
fn another_payload_string_or_root_is_unexpected() {
    let answer = escaped("<answer xmlns='urn:a'/>");
    for body in [
        String::new(),
        "<answer xmlns='urn:a'/>".to_owned(),
        format!("<holder><text>{answer}</text></holder>"),
        format!("<t:holder xmlns:t='urn:t'><t:text>{answer}</t:text></t:holder>"),
        "<t:holder xmlns:t='urn:t'/>".to_owned(),
        holder(&escaped("<answer/>")),
        holder(&escaped("<other xmlns='urn:a'><answer/></other>")),
    ] {
        assert_eq!(read_body(&body).unwrap_err(), NoDocument::UnexpectedPayload, "{body}");
    }
}

proptest! {
    #[test]
    fn no_string_makes_the_reader_panic(
        string in any::<String>(),
        pieces in prop::collection::vec(prop::sample::select(vec!["<answer xmlns='urn:a'>", "</answer>", "<x>", "<?xml?>", "&amp;", " ", "<!--"]), 0..9),
    ) {
        let _ = read(&escaped(&string));
        let _ = read(&escaped(&pieces.concat()));
    }
}

fn read(string: &str) -> Result<Document, NoDocument> {
    read_body(&holder(string))
}

fn read_body(body: &str) -> Result<Document, NoDocument> {
    const ENCLOSED: Enclosed =
        Enclosed { payload: Name { namespace: "urn:t", local: "holder" }, text: Name { namespace: "", local: "text" } };
    let format = AnswerFormat { enclosed: Some(ENCLOSED), ..AnswerFormat::plain(&SPECIMEN) };
    receive(&[response(200, "text/xml", envelope(body).as_bytes())], &format)
}

fn holder(string: &str) -> String {
    format!("<t:holder xmlns:t='urn:t'><text>{string}</text></t:holder>")
}

fn escaped(document: &str) -> String {
    document.replace('&', "&amp;").replace('<', "&lt;")
}

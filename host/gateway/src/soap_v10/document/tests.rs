use proptest::prelude::*;
use ssbtx_core::{AgencyId, Encoding, ValueType};

use super::*;
use crate::sample::{catalogue, document, element};

fn written(document: &Document, root: Root<'_>) -> String {
    let mut out = Writer::default();
    write(&mut out, document, root);
    out.finish()
}

#[test]
fn every_name_has_its_namespace_and_unqualified_names_stay_so() {
    let answer = document(
        AgencyId::MIV,
        "<m:answer xmlns:m='urn:m' xmlns:o='urn:o' a='1' o:b='2' xml:lang='sv'><plain/><o:other>x</o:other></m:answer>",
        &[],
    );
    insta::assert_snapshot!(written(&answer, Root::Own), @r#"<n1:answer xmlns:n1="urn:m" xmlns:n2="urn:o" a="1" n2:b="2" xml:lang="sv"><plain></plain><n2:other>x</n2:other></n1:answer>"#);
    insta::assert_snapshot!(written(&answer, Root::Named("ssbt:data")), @r#"<ssbt:data xmlns:n1="urn:m" xmlns:n2="urn:o" a="1" n2:b="2" xml:lang="sv"><plain></plain><n2:other>x</n2:other></ssbt:data>"#);
}

#[test]
fn text_and_attributes_are_escaped_so_that_a_parser_reads_what_was_written() {
    let text = "<]]>&\r\n\t\"'å";
    let rows = rows(&[(text.to_owned(), text.to_owned())]);
    insta::assert_snapshot!(written(&rows, Root::Own).escape_debug(), @r#"<rows xmlns:n1=\"urn:rows\"><n1:row note=\"&lt;]]&gt;&amp;&#13;&#10;&#9;&quot;\'å\">&lt;]]&gt;&amp;&#13;\n\t\"\'å</n1:row></rows>"#);
}

#[test]
fn a_character_that_xml_cannot_hold_is_replaced() {
    let rows = rows(&[("a\u{0}b\u{FFFF}".to_owned(), "\u{1F}".to_owned())]);
    let written = written(&rows, Root::Own);
    assert!(written.contains("note=\"\u{FFFD}\">a\u{FFFD}b\u{FFFD}<"), "{written}");
}

#[test]
fn an_element_that_says_nothing_is_nil() {
    let xml = "<a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><b xsi:nil='true' c='1'/><d/></a>";
    insta::assert_snapshot!(written(&document(AgencyId::AF, xml, &[]), Root::Own), @r#"<a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><b c="1" xsi:nil="true"></b><d></d></a>"#);
}

#[test]
fn an_attribute_is_written_on_its_element_whatever_its_place_in_the_catalogue() {
    let catalogue = catalogue(
        AgencyId::AF,
        Encoding::Xml,
        vec![
            element(None, "root", Kind::Object, ValueType::None),
            element(Some(0), "child", Kind::Scalar, ValueType::Text),
            element(Some(0), "late", Kind::Attribute, ValueType::Text),
        ],
    );
    let node = |id, depth, value| Node { element: ElementId(id), depth, value };
    let text = |text: &str| Value::Text(text.to_owned());
    let nodes = vec![node(0, 0, Value::Structure), node(2, 1, text("y")), node(1, 1, text("x"))];
    let document = Document::new(catalogue, nodes, 0).unwrap();
    assert_eq!(written(&document, Root::Own), "<root late=\"y\"><child>x</child></root>");
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_as_the_same_text(texts in prop::collection::vec((any::<String>(), any::<String>()), 0..8)) {
        // Characters that XML has no way to write stand aside here: the test below has them.
        let clean = |text: &str| text.chars().filter(|c| is_xml(*c)).collect::<String>();
        let texts: Vec<_> = texts.iter().map(|(text, attribute)| (clean(text), clean(attribute))).collect();
        let written = written(&rows(&texts), Root::Own);
        let parsed = roxmltree::Document::parse(&written).unwrap();
        let read: Vec<_> = parsed
            .root_element()
            .children()
            .map(|row| (row.text().unwrap_or_default().to_owned(), row.attribute("note").unwrap_or_default().to_owned()))
            .collect();
        prop_assert_eq!(read, texts);
    }

    #[test]
    fn whatever_a_value_holds_the_message_is_well_formed(text in any::<String>(), attribute in any::<String>()) {
        prop_assert!(roxmltree::Document::parse(&written(&rows(&[(text, attribute)]), Root::Own)).is_ok());
    }
}

fn is_xml(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// A document of one repeating scalar with an attribute.
fn rows(texts: &[(String, String)]) -> Document {
    let mut row = element(Some(0), "row", Kind::Scalar, ValueType::Text);
    row.repeats = true;
    row.namespace = "urn:rows".to_owned();
    let catalogue = catalogue(
        AgencyId::AF,
        Encoding::Xml,
        vec![
            element(None, "rows", Kind::Object, ValueType::None),
            row,
            element(Some(1), "note", Kind::Attribute, ValueType::Text),
        ],
    );
    let mut nodes = vec![Node { element: ElementId::ROOT, depth: 0, value: Value::Structure }];
    for (text, attribute) in texts {
        nodes.push(Node { element: ElementId(1), depth: 1, value: Value::Text(text.clone()) });
        nodes.push(Node { element: ElementId(2), depth: 2, value: Value::Text(attribute.clone()) });
    }
    Document::new(catalogue, nodes, 0).unwrap()
}

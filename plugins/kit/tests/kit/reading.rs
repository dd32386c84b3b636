//! What is read all the same, what is dropped and counted.

use ssbtx_adapter_kit::{AnswerFormat, FormerNamespace, NoDocument, receive};

use crate::specimen::{SPECIMEN, envelope, read, read_bytes, read_content, response, show};

#[test]
fn any_prefix_reads_like_none() {
    let plain = read("<answer xmlns='urn:a' code='7'><name>Åsa</name></answer>").unwrap();
    let prefixed = read("<q:answer xmlns:q='urn:a' code='7'><w:name xmlns:w='urn:a'>Åsa</w:name></q:answer>").unwrap();
    assert_eq!(show(&plain), show(&prefixed));
    insta::assert_snapshot!(show(&plain), @r#"
    answer
      code "7"
      name "Åsa"
    unknown: 0
    "#);
}

#[test]
fn references_in_a_namespace_declaration_are_resolved() {
    let plain = read("<answer xmlns='urn:a'><name>Bo</name><other xmlns='urn:b'>x</other></answer>").unwrap();
    for odd in [
        "<q:answer xmlns:q='urn:&#x61;'><q:name>Bo</q:name><other xmlns='&#117;rn&#58;b'>x</other></q:answer>",
        "<answer xmlns='urn&#x3A;a' xmlns:w='urn:&#98;'><name>Bo</name><w:other>x</w:other></answer>",
        // In force for the element and what it holds, and no longer.
        "<answer xmlns='urn:a'><w:name xmlns:w='&#x75;rn:a'>Bo</w:name><w:other xmlns:w='urn:b'>x</w:other></answer>",
    ] {
        assert_eq!(show(&read(odd).unwrap()), show(&plain), "{odd}");
    }
}

#[test]
fn elements_are_kept_in_the_order_of_the_document_each_occurrence_of_one_that_repeats() {
    insta::assert_snapshot!(
        read_content("<group><amount>2</amount><date>2026-01-02</date></group><name>Bo</name><group><date>2026-02-03</date></group>"),
        @r#"
    answer
      group
        amount "2"
        date "2026-01-02"
      name "Bo"
      group
        date "2026-02-03"
    unknown: 0
    "#);
}

#[test]
fn a_zoned_date_and_an_odd_number_are_carried_as_written() {
    insta::assert_snapshot!(
        read_content("<group><date>2016-11-18+01:00</date><amount>1 200,50</amount></group>"),
        @r#"
    answer
      group
        date "2016-11-18+01:00"
        amount "1 200,50"
    unknown: 0
    "#);
}

#[test]
fn cdata_references_comments_and_instructions_make_one_text() {
    insta::assert_snapshot!(
        read_content("<name>A<!-- c -->&amp;<![CDATA[<b>&c;]]>&#229;&#x1F600;<?pi x?>&lt;&gt;&quot;&apos;</name>"),
        @r#"
    answer
      name "A&<b>&c;å😀<>\"'"
    unknown: 0
    "#);
}

#[test]
fn white_space_in_a_value_is_kept_and_line_ends_read_as_xml_reads_them() {
    insta::assert_snapshot!(
        read_content("\r\n  <name>  a\r\nb\rc&#13; </name>\n"),
        @r#"
    answer
      name "  a\nb\nc\r "
    unknown: 0
    "#);
}

#[test]
fn an_empty_scalar_is_an_empty_text() {
    insta::assert_snapshot!(read_content("<name/><other xmlns='urn:b'></other>"), @r#"
    answer
      name ""
      other ""
    unknown: 0
    "#);
}

#[test]
fn nil_is_null_and_what_comes_with_it_is_dropped() {
    insta::assert_snapshot!(
        read_content(
            "<name xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:nil='true'/>\
             <other xmlns='urn:b' xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:nil='false'>no</other>\
             <group xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:nil='1'><date>2026-01-01</date></group>"
        ),
        @r#"
    answer
      name null
      other "no"
      group null
    unknown: 1
    "#);
}

#[test]
fn an_unknown_subtree_counts_once_whatever_it_holds() {
    insta::assert_snapshot!(
        read_content("<extra a='1'><name>x</name><deep><deeper/></deep></extra><name>Bo</name><name2/>"),
        @r#"
    answer
      name "Bo"
    unknown: 2
    "#);
}

#[test]
fn a_known_name_in_another_namespace_is_unknown() {
    insta::assert_snapshot!(read_content("<name xmlns=''>x</name><other>y</other>"), @r"
    answer
    unknown: 2
    ");
}

#[test]
fn unknown_attributes_are_counted_but_not_declarations_and_schema_hints() {
    let document = read(
        "<answer xmlns='urn:a' xmlns:x='http://www.w3.org/2001/XMLSchema-instance' xmlns:z='urn:z' \
         x:type='T' x:schemaLocation='urn:a a.xsd' z:code='1' shape='round' code='7'><name kind='first'>Bo</name></answer>",
    );
    insta::assert_snapshot!(show(&document.unwrap()), @r#"
    answer
      code "7"
      name "Bo"
    unknown: 3
    "#);
}

#[test]
fn a_second_of_what_does_not_repeat_is_dropped() {
    insta::assert_snapshot!(
        read_content("<name>first</name><name>second</name><group><date>1</date><date>2</date></group><group><date>3</date></group>"),
        @r#"
    answer
      name "first"
      group
        date "1"
      group
        date "3"
    unknown: 2
    "#);
}

#[test]
fn text_where_elements_belong_counts_once_however_it_is_written() {
    insta::assert_snapshot!(read_content("stray &amp; <![CDATA[more]]><name>Bo<b>ld</b></name>again"), @r#"
    answer
      name "Bo"
    unknown: 3
    "#);
}

#[test]
fn a_document_with_nothing_mandatory_in_it_is_read() {
    insta::assert_snapshot!(read_content(""), @r"
    answer
    unknown: 0
    ");
}

#[test]
fn a_byte_order_mark_and_a_declaration_of_utf_8_are_read() {
    let envelope = crate::specimen::envelope("<answer xmlns='urn:a'><name>ö</name></answer>");
    for head in
        ["\u{feff}", "<?xml version='1.0'?>", "\u{feff}<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"]
    {
        assert!(read_bytes(format!("{head}{envelope}").as_bytes()).is_ok(), "{head}");
    }
}

#[test]
fn what_lies_beside_the_answer_in_the_body_is_counted() {
    let document = read("<answer xmlns='urn:a'/><more/>").unwrap();
    assert_eq!(document.unknown_elements, 1);
}

#[test]
fn a_former_namespace_reads_like_the_present_one_where_the_adapter_says_so() {
    const FORMER: &[FormerNamespace] = &[FormerNamespace { former: "urn:a-before", current: "urn:a" }];
    let former = AnswerFormat { former_namespaces: FORMER, ..AnswerFormat::plain(&SPECIMEN) };
    let payload = "<a:answer xmlns:a='urn:a-before' code='7'><a:name>Bo</a:name><a:group><date xmlns='urn:a'>1</date></a:group>\
         <other xmlns='urn:b-before'>x</other></a:answer>";
    let reply = [response(200, "text/xml", envelope(payload).as_bytes())];
    insta::assert_snapshot!(show(&receive(&reply, &former).unwrap()), @r#"
    answer
      code "7"
      name "Bo"
      group
        date "1"
    unknown: 1
    "#);
    assert_eq!(receive(&reply, &AnswerFormat::plain(&SPECIMEN)).unwrap_err(), NoDocument::UnexpectedPayload);
}

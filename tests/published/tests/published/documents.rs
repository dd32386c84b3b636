//! Documents follow the schema that they are made from.

use proptest::test_runner::{Config, TestCaseError, TestRunner};
use ssbtx_published::{Contracts, DocumentType, LEFI_ERROR, Overrides};

use crate::{JSON_DOCUMENTS, XML_ANSWERS};

fn every_document_is_valid(document_type: &DocumentType, cases: u32) {
    let Some(contracts) = Contracts::find() else { return };
    let schema = contracts.schema(document_type);
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let held = runner.run(&schema.strategy(&Overrides::default()), |document| {
        schema.validate(&document).map_err(|invalid| TestCaseError::fail(invalid.to_string()))?;
        if document.len() > MOST_BYTES { Err(TestCaseError::fail("the document is too large")) } else { Ok(()) }
    });
    assert!(held.is_ok(), "{}: {}", document_type.name, held.unwrap_err());
}

#[test]
fn every_document_in_xml_follows_its_schema() {
    for document_type in XML_ANSWERS {
        every_document_is_valid(&document_type, 40);
    }
}

#[test]
fn every_document_in_json_follows_its_schema() {
    for document_type in JSON_DOCUMENTS.into_iter().chain([LEFI_ERROR]) {
        every_document_is_valid(&document_type, 100);
    }
}

#[test]
fn a_complete_document_follows_its_schema_and_has_everything_in_it() {
    let Some(contracts) = Contracts::find() else { return };
    for document_type in XML_ANSWERS {
        let schema = contracts.schema(&document_type);
        let document = schema.complete(&Overrides::default(), 1);
        assert_eq!(schema.validate(&document), Ok(()), "{document}");
        let parsed = roxmltree::Document::parse(&document).unwrap();
        let elements = parsed.descendants().filter(roxmltree::Node::is_element);
        let things: usize = elements.map(|element| 1 + element.attributes().len()).sum();
        assert_eq!(things, schema.declarations().len(), "{document}");
    }
    for document_type in JSON_DOCUMENTS {
        let schema = contracts.schema(&document_type);
        let document = schema.complete(&Overrides::default(), 1);
        assert_eq!(schema.validate(&document), Ok(()), "{document}");
        assert_eq!(things(&serde_json::from_str(&document).unwrap()), schema.declarations().len(), "{document}");
    }
}

fn things(value: &serde_json::Value) -> usize {
    match value {
        serde_json::Value::Object(members) => 1 + members.values().map(things).sum::<usize>(),
        serde_json::Value::Array(items) => 1 + items.iter().map(things).sum::<usize>(),
        _ => 1,
    }
}

#[test]
fn what_does_not_follow_its_schema_is_invalid() {
    let Some(contracts) = Contracts::find() else { return };
    let af = contracts.schema(&ssbtx_published::AF_ANSWER);
    let question = contracts.schema(&ssbtx_published::AF_QUESTION).complete(&Overrides::default(), 1);
    assert_eq!(contracts.validate_xml(ssbtx_published::AF_ANSWER.file, &question), Ok(()));
    assert_eq!(af.validate(&question).unwrap_err().to_string(), "`FragaMeddelande` is not `SvarMeddelande`");
    assert!(af.validate("<SvarMeddelande/>").is_err());
    let lefi = contracts.schema(&ssbtx_published::LEFI_QUESTION);
    let told = lefi.validate(r#"{"personnummer": "197701172392", "period": {"from": "2026-02-30", "tom": 1}}"#);
    insta::assert_snapshot!(told.unwrap_err(), @r#"
    /period/from: "2026-02-30" is not a "date"
    /period/tom: 1 is not of type "string"
    "#);
    assert!(lefi.validate("{").is_err());
}

/// A few dozen kilobytes.
const MOST_BYTES: usize = 64 * 1024;

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use ssbtx_core::{AgencyId, BrokerFault, Catalogue, Document, Encoding, Failure, Kind, Outcome, ValueType};
use tempfile::TempDir;

use super::schemas::{FRONT, Schema, all};
use super::*;
use crate::sample;
use crate::soap_v10::question::Echo;
use crate::soap_v10::response;

/// A contract, saved as a client saves it: each part in a file that is named as the parts name each other.
struct Saved {
    folder: TempDir,
    schemas: Vec<Schema>,
}

impl Saved {
    fn of(catalogues: &[Arc<Catalogue>]) -> Self {
        let saved = Self { folder: tempfile::tempdir().unwrap(), schemas: all(catalogues) };
        for schema in &saved.schemas {
            std::fs::write(saved.folder.path().join(xsd::location(&schema.name)), &schema.text).unwrap();
        }
        saved
    }

    /// What xmllint says of an element under a schema, and its exit status, which tells a schema that does not compile from an element that
    /// does not follow one.
    fn lint(&self, schema: &str, xml: &str) -> (i32, String) {
        let file = self.folder.path().join("element.xml");
        std::fs::write(&file, xml).unwrap();
        let schema = self.folder.path().join(xsd::location(schema));
        let arguments = [Path::new("--noout"), Path::new("--schema"), &schema, &file];
        let output = Command::new("xmllint").args(arguments).stdin(Stdio::null()).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8_lossy(&output.stderr).into_owned())
    }

    fn assert_valid(&self, schema: &str, xml: &str) {
        let (status, said) = self.lint(schema, xml);
        assert_eq!(status, 0, "{said}\n{xml}\n{}", self.text(schema));
    }

    fn assert_invalid(&self, schema: &str, xml: &str) {
        let (status, said) = self.lint(schema, xml);
        assert_eq!(status, FAILS_TO_VALIDATE, "{said}\n{xml}\n{}", self.text(schema));
    }

    fn text(&self, name: &str) -> &str {
        &self.schemas.iter().find(|schema| schema.name == name).unwrap().text
    }

    fn names(&self) -> Vec<&str> {
        self.schemas.iter().map(|schema| schema.name.as_str()).collect()
    }
}

/// xmllint's exit status for a document that does not follow a schema which compiles.
const FAILS_TO_VALIDATE: i32 = 3;

fn answered(document: Document) -> Outcome {
    let decision = sample::decision(document.catalogue(), "nothing");
    Outcome::Answered { document, failures: Vec::new(), decision }
}

/// The element in the body of an answer.
fn in_body(outcomes: Vec<(AgencyId, Outcome)>) -> String {
    let message = response::answer(&sample::answer(outcomes), &Echo::default()).unwrap();
    let document = roxmltree::Document::parse(&message).unwrap();
    let body = document.root_element().first_element_child().unwrap();
    message[body.first_element_child().unwrap().range()].to_owned()
}

fn documents() -> Vec<Document> {
    let typed = [
        ("Arbetssokande", ValueType::Boolean),
        ("Omfattning", ValueType::Integer),
        ("NettoEfterSkatt", ValueType::Decimal),
        ("BeslutFrom", ValueType::Date),
    ];
    [(AgencyId::AF, sample::AF), (AgencyId::SO, sample::SO), (AgencyId::MIV, sample::MIV)]
        .map(|(agency, xml)| sample::document(agency, xml, &typed))
        .into()
}

#[test]
fn an_answer_follows_the_served_contract_and_what_is_in_no_catalogue_does_not() {
    let catalogues: Vec<_> = documents().iter().map(|document| Arc::clone(document.catalogue())).collect();
    let saved = Saved::of(&catalogues);
    let mut outcomes: Vec<_> =
        documents().into_iter().map(|document| (document.catalogue().agency(), answered(document))).collect();
    outcomes.push((AgencyId::TNS, Outcome::TimedOut));
    outcomes.push((AgencyId::FK, Outcome::Failed(Failure::Broker(BrokerFault::AdapterMissing))));
    let element = in_body(outcomes);
    saved.assert_valid(FRONT, &element);
    for (right, wrong) in [("Fornamn>", "Mellannamn>"), ("kalla>", "orsak>"), ("true<", "ja<")] {
        assert!(element.contains(right), "{element}");
        saved.assert_invalid(FRONT, &element.replace(right, wrong));
    }
}

#[test]
fn what_the_contract_wraps_is_described_as_it_is_wrapped_and_as_it_is() {
    let csn = sample::document(AgencyId::CSN, CSN, &[]);
    let skv = sample::document(AgencyId::SKV, SKV, &[("SummaIntakterPaKapital", ValueType::Integer)]);
    let saved = Saved::of(&[Arc::clone(csn.catalogue()), Arc::clone(skv.catalogue())]);
    saved.assert_valid("csn.xsd", CSN);
    saved.assert_valid("skv.xsd", SKV);
    saved.assert_invalid("skv.xsd", &SKV.replace("5000", "mycket"));
    saved.assert_valid(FRONT, &in_body(vec![(AgencyId::CSN, answered(csn)), (AgencyId::SKV, answered(skv))]));
}

#[test]
fn a_type_is_in_the_namespace_of_its_elements_and_strangers_are_referred_to() {
    let skv = sample::document(AgencyId::SKV, SKV, &[]);
    let saved = Saved::of(&[Arc::clone(skv.catalogue())]);
    let parts = ["skv.xsd", "skv-2.xsd", "skv-3.xsd"];
    assert!(parts.iter().all(|part| saved.names().contains(part)), "{:?}", saved.names());
    assert!(saved.text("skv.xsd").contains("ref=\"n2:Fornamn\""), "{}", saved.text("skv.xsd"));
    assert!(saved.text("skv.xsd").contains("name=\"Kapitaluppgift\" type=\"n3:Kapitaluppgift\""));
    assert!(saved.text("skv-3.xsd").contains("<xsd:complexType name=\"Kapitaluppgift\">"));
}

#[test]
fn a_name_with_two_meanings_is_declared_by_its_name_alone() {
    let xml = "<a:r xmlns:a='urn:a' xmlns:b='urn:b'><a:x><a:y>1</a:y><b:t>1</b:t></a:x><a:z><a:y>1</a:y><b:t><b:u>1</b:u></b:t></a:z></a:r>";
    let document = sample::document(AgencyId::CSN, xml, &[]);
    let saved = Saved::of(&[Arc::clone(document.catalogue())]);
    assert!(saved.text("csn-2.xsd").contains("name=\"t\" type=\"xsd:anyType\""), "{}", saved.text("csn-2.xsd"));
    saved.assert_valid("csn.xsd", xml);
}

#[test]
fn types_of_one_name_in_one_namespace_are_told_apart_by_their_paths() {
    let arende = "<c:Utbetalning><d:belopp>1</d:belopp></c:Utbetalning>";
    let xml = format!(
        "<c:r xmlns:c='urn:c' xmlns:d='urn:d'><c:Studiemedel>{arende}</c:Studiemedel><c:Studiehjalp>{arende}</c:Studiehjalp></c:r>"
    );
    let document = sample::document(AgencyId::CSN, &xml, &[]);
    let saved = Saved::of(&[Arc::clone(document.catalogue())]);
    for name in ["\"Utbetalning\"", "\"Studiehjalp.Utbetalning\""] {
        assert!(saved.text("csn-2.xsd").contains(&format!("<xsd:complexType name={name}>")));
    }
    saved.assert_valid("csn.xsd", &xml);
}

#[test]
fn attributes_stand_on_elements_and_on_values_in_their_own_namespaces_too() {
    let xml = "<a:r xmlns:a='urn:a' xmlns:b='urn:b' version='4.0'><a:x b:code='1' a:own='2' xml:lang='sv'>text</a:x><a:x>text</a:x></a:r>";
    let document = sample::document(AgencyId::CSN, xml, &[]);
    let saved = Saved::of(&[Arc::clone(document.catalogue())]);
    saved.assert_valid("csn.xsd", xml);
    saved.assert_invalid("csn.xsd", &xml.replace("b:code", "b:kod"));
}

#[test]
fn what_is_required_repeats_or_is_null_is_described_as_the_catalogue_has_it() {
    let mut elements = vec![
        sample::element(None, "SvarMeddelande", Kind::Object, ValueType::None),
        sample::element(Some(0), "Ett", Kind::Scalar, ValueType::Date),
        sample::element(Some(0), "Flera", Kind::Scalar, ValueType::DateTime),
        sample::element(Some(0), "Tom", Kind::Object, ValueType::None),
    ];
    elements[1].required = true;
    elements[2].repeats = true;
    let saved = Saved::of(&[sample::catalogue(AgencyId::AF, Encoding::Xml, elements)]);
    let answer = |content: &str| {
        in_body(Vec::new()).replace("</ssbt:svarsdata>", &format!(
        "<ssbt:AF><ssbt:data xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">{content}</ssbt:data></ssbt:AF></ssbt:svarsdata>"
    ))
    };
    let moment = "<Flera>2026-01-01T00:00:00Z</Flera>";
    saved.assert_valid(FRONT, &answer("<Ett>2026-01-01</Ett>"));
    saved.assert_valid(FRONT, &answer(&format!("<Ett xsi:nil=\"true\"></Ett>{moment}{moment}<Tom></Tom>")));
    saved.assert_invalid(FRONT, &answer(moment));
    saved.assert_invalid(FRONT, &answer("<Ett>2026-01-01</Ett><Ett>2026-01-01</Ett>"));
    saved.assert_invalid(FRONT, &answer("<Ett>i dag</Ett>"));
}

#[test]
fn an_agency_that_is_not_connected_can_answer_once_it_is() {
    let saved = Saved::of(&[]);
    assert_eq!(saved.names(), ["ssbt-10.xsd", "af.xsd", "skv-svar.xsd", "so.xsd", "tns.xsd", "miv.xsd"]);
    let outcomes =
        documents().into_iter().map(|document| (document.catalogue().agency(), answered(document))).collect();
    saved.assert_valid(FRONT, &in_body(outcomes));
}

#[test]
fn a_catalogue_in_json_has_no_schema() {
    let elements = vec![sample::element(None, "svar", Kind::Object, ValueType::None)];
    let saved = Saved::of(&[sample::catalogue(AgencyId::FK, Encoding::Json, elements)]);
    assert!(!saved.names().contains(&"fk.xsd"));
}

#[test]
fn the_question_is_typed_as_it_is_asked() {
    let saved = Saved::of(&[]);
    let document = roxmltree::Document::parse(sample::QUESTION).unwrap();
    let operation = document.descendants().find(|node| node.tag_name().name() == "hamtaBastjanstInformation").unwrap();
    let declarations: String = operation
        .namespaces()
        .map(|namespace| match namespace.name() {
            Some("xml") => String::new(),
            Some(prefix) => format!(" xmlns:{prefix}='{}'", namespace.uri()),
            None => format!(" xmlns='{}'", namespace.uri()),
        })
        .collect();
    let text = &sample::QUESTION[operation.range()];
    let name_ends = text.find([' ', '>', '\n']).unwrap();
    let text = if text[name_ends..].starts_with('>') {
        format!("{}{declarations}{}", &text[..name_ends], &text[name_ends..])
    } else {
        text.to_owned()
    };
    saved.assert_valid(FRONT, &text);
    saved.assert_invalid(FRONT, &text.replace("personidentitet", "personident"));
}

#[test]
fn every_schema_says_what_a_caseworker_must_know_in_both_languages() {
    let document = sample::document(AgencyId::MIV, sample::MIV, &[]);
    let text = Saved::of(&[Arc::clone(document.catalogue())]).text("miv.xsd").to_owned();
    assert!(
        text.contains("<xsd:documentation xml:lang=\"sv\">beslutsKod (sv). help (sv)</xsd:documentation>"),
        "{text}"
    );
    assert!(
        text.contains("<xsd:documentation xml:lang=\"en\">beslutsKod (en). help (en)</xsd:documentation>"),
        "{text}"
    );
}

#[test]
fn the_description_has_the_address_that_the_client_used() {
    let text = wsdl::write("https://ssbtx.exempel.se/ssbtek/v10", &all(&[]));
    let document = roxmltree::Document::parse(&text).unwrap();
    let address = document.descendants().find(|node| node.tag_name().name() == "address").unwrap();
    assert_eq!(address.attribute("location"), Some("https://ssbtx.exempel.se/ssbtek/v10"));
    assert!(text.contains("schemaLocation=\"v10?xsd=ssbt-10.xsd\""), "{text}");
}

#[test]
fn ok_query() {
    for query in ["wsdl", "WSDL", "wsdl=", "x=1&Wsdl"] {
        assert_eq!(Wanted::of(Some(query)), Some(Wanted::Wsdl), "{query}");
    }
    for query in ["xsd=af.xsd", "XSD=af.xsd"] {
        assert_eq!(Wanted::of(Some(query)), Some(Wanted::Schema("af.xsd")), "{query}");
    }
}

#[test]
fn err_query() {
    for query in [None, Some(""), Some("wsd"), Some("x=wsdl")] {
        assert_eq!(Wanted::of(query), None, "{query:?}");
    }
}

const CSN: &str = "<k:CSNSvar xmlns:k='urn:kommunfraga' xmlns:p='urn:person' schemaVersion='4.0'><k:Personer>\
                   <k:Person personnummer='7701172392' Status='          '><p:Studiemedel><p:Arende>1</p:Arende></p:Studiemedel></k:Person>\
                   </k:Personer><k:GemensamtFragaEkbistand/></k:CSNSvar>";
const SKV: &str = "<s:Svar xmlns:s='urn:s' xmlns:f='urn:folko' xmlns:b='urn:besko'><s:Lista><s:Personuppgift>\
                   <f:Fornamn>Alvar</f:Fornamn><s:Kod>1</s:Kod><s:Kapitaluppgift><b:SummaIntakterPaKapital>5000</b:SummaIntakterPaKapital>\
                   </s:Kapitaluppgift></s:Personuppgift></s:Lista></s:Svar>";

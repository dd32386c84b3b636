use ssbtx_core::{BrokerFault, Encoding, Failure, Kind, Notice, Outcome, ValueType};

use super::*;
use crate::sample::{self, assert_follows_the_published_schema};

fn answered(document: Document) -> Outcome {
    let decision = sample::decision(document.catalogue(), "nothing");
    Outcome::Answered { document, failures: Vec::new(), decision }
}

/// Every element below `data` of an agency with its text, namespaces included, white space between elements aside.
fn flattened(xml: &str, below: (&str, Option<&str>)) -> Vec<String> {
    let parsed = roxmltree::Document::parse(xml).unwrap();
    let same = |node: &roxmltree::Node<'_, '_>| {
        node.tag_name().name() == below.0
            && below.1.is_none_or(|parent| node.parent().is_some_and(|node| node.tag_name().name() == parent))
    };
    let root = parsed.descendants().find(same).unwrap();
    root.descendants()
        .skip(1)
        .filter(|node| node.is_element() || node.text().is_some_and(|text| !text.trim().is_empty()))
        .map(|node| {
            let attributes: Vec<_> =
                node.attributes().map(|a| format!("{:?}{}={}", a.namespace(), a.name(), a.value())).collect();
            if node.is_element() {
                format!("{:?} {attributes:?}", node.tag_name())
            } else {
                node.text().unwrap().to_owned()
            }
        })
        .collect()
}

#[test]
fn an_answer_of_every_state_follows_the_published_schema() {
    let decision = sample::decision(sample::document(AgencyId::AF, sample::AF, &[]).catalogue(), "SvarMeddelande");
    let message = answer(
        &sample::answer(vec![
            (AgencyId::AF, answered(sample::document(AgencyId::AF, sample::AF, &[]))),
            (AgencyId::CSN, Outcome::NotPermitted { decision }),
            (AgencyId::FK, Outcome::Failed(Failure::Broker(BrokerFault::AdapterMissing))),
            (
                AgencyId::SKV,
                Outcome::NothingFound { document: None, reason: Some(Notice::parse("1", "Okänd.").unwrap()) },
            ),
            (AgencyId::SO, answered(sample::document(AgencyId::SO, sample::SO, &[]))),
            (AgencyId::TNS, Outcome::TimedOut),
            (AgencyId::MIV, answered(sample::document(AgencyId::MIV, sample::MIV, &[]))),
        ]),
        &Echo {
            asked_at: Some("2026-03-01T08:30:00Z".to_owned()),
            correlation_id: Some("a&b".to_owned()),
            ..Echo::default()
        },
    )
    .unwrap();
    assert_follows_the_published_schema(&message);
}

#[test]
fn with_everything_disclosed_data_is_what_the_agency_wrote() {
    for (agency, xml) in [(AgencyId::AF, sample::AF), (AgencyId::SO, sample::SO), (AgencyId::MIV, sample::MIV)] {
        let document = sample::document(agency, xml, &[]);
        let root = document.catalogue().element(ssbtx_core::ElementId::ROOT).unwrap().name.clone();
        let message = answer(&sample::answer(vec![(agency, answered(document))]), &Echo::default()).unwrap();
        assert_eq!(flattened(&message, ("data", Some(agency.as_str()))), flattened(xml, (&root, None)), "{agency}");
    }
}

#[test]
fn an_agency_that_was_not_asked_is_absent() {
    let message = answer(&sample::answer(Vec::new()), &Echo::default()).unwrap();
    insta::assert_snapshot!(message, @r#"<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ssbt:hamtaBastjanstInformationResponse xmlns:ssbt="http://schema.forsakringskassan.se/integration/ssbt/10"><ssbt:svarsdata></ssbt:svarsdata></ssbt:hamtaBastjanstInformationResponse></soap:Body></soap:Envelope>"#);
}

#[test]
fn the_question_comes_back_first_and_the_answer_still_follows_the_schema() {
    let document = crate::soap_v10::envelope::parse(sample::QUESTION).unwrap();
    let (_, operation) = crate::soap_v10::envelope::operation(&document).unwrap();
    let (_, echo) = crate::soap_v10::question::parse(operation, &sample::admission()).unwrap();
    let message = answer(&sample::answer(Vec::new()), &echo).unwrap();
    assert_follows_the_published_schema(&message);
    let asked = flattened(sample::QUESTION, ("hamtaBastjanstInformation", None));
    assert_eq!(flattened(&message, ("fraga", None)), asked);
}

#[test]
fn csn_skatteverket_and_forsakringskassan_are_wrapped_as_the_contract_says() {
    let csn = sample::document(AgencyId::CSN, "<k:svar xmlns:k='urn:csn' Status='Träff'><k:a>1</k:a></k:svar>", &[]);
    let skv = sample::document(AgencyId::SKV, "<s:svar xmlns:s='urn:skv'><s:a>1</s:a></s:svar>", &[]);
    let elements = vec![
        sample::element(None, "root", Kind::Object, ValueType::None),
        sample::element(Some(0), "avvikelser", Kind::Object, ValueType::None),
        sample::element(Some(0), "belopp", Kind::Scalar, ValueType::Decimal),
        sample::element(Some(0), "utbetalning", Kind::Object, ValueType::None),
        sample::element(Some(3), "datum", Kind::Scalar, ValueType::Date),
    ];
    let node = |id, depth, value| ssbtx_core::Node { element: ssbtx_core::ElementId(id), depth, value };
    let nodes = vec![
        node(0, 0, ssbtx_core::Value::Structure),
        node(2, 1, ssbtx_core::Value::Number("1200.50".to_owned())),
        node(1, 1, ssbtx_core::Value::Structure),
        node(3, 1, ssbtx_core::Value::Structure),
        node(4, 2, ssbtx_core::Value::Null),
    ];
    let fk = Document::new(sample::catalogue(AgencyId::FK, Encoding::Json, elements), nodes, 0).unwrap();
    let outcomes = vec![(AgencyId::CSN, answered(csn)), (AgencyId::SKV, answered(skv)), (AgencyId::FK, answered(fk))];
    let message = answer(&sample::answer(outcomes), &Echo::default()).unwrap();
    assert_follows_the_published_schema(&message);
    let parsed = roxmltree::Document::parse(&message).unwrap();
    let text = |agency: &str| {
        let data =
            parsed.descendants().find(|node| node.tag_name().name() == agency).unwrap().first_element_child().unwrap();
        data.first_element_child().unwrap().text().unwrap().to_owned()
    };
    let decoded = |agency: &str| String::from_utf8(BASE64_STANDARD.decode(text(agency)).unwrap()).unwrap();
    insta::assert_snapshot!(decoded("CSN"), @r#"<?xml version="1.0" encoding="UTF-8"?><n1:svar xmlns:n1="urn:csn" Status="Träff"><n1:a>1</n1:a></n1:svar>"#);
    insta::assert_snapshot!(text("SKV"), @r#"<?xml version="1.0" encoding="UTF-8"?><n1:svar xmlns:n1="urn:skv"><n1:a>1</n1:a></n1:svar>"#);
    insta::assert_snapshot!(decoded("FK"), @r#"{"belopp":1200.50,"avvikelser":{},"utbetalning":{"datum":null}}"#);
}

#[test]
fn the_test_answer_follows_the_published_schema() {
    let ping = |agency, called, failure| Ping { agency, called, failure };
    let message = test_answer(&[
        ping(AgencyId::MIV, true, Some(Failure::Broker(BrokerFault::Unreachable))),
        ping(AgencyId::AF, true, None),
        ping(AgencyId::SO, false, None),
    ]);
    assert_follows_the_published_schema(&message);
    insta::assert_snapshot!(message, @r#"<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ssbt:testaBastjanstInformationResponse xmlns:ssbt="http://schema.forsakringskassan.se/integration/ssbt/10"><ssbt:AF><ssbt:anropad>true</ssbt:anropad></ssbt:AF><ssbt:SO><ssbt:anropad>false</ssbt:anropad></ssbt:SO><ssbt:MIV><ssbt:anropad>true</ssbt:anropad><ssbt:error><ssbt:kalla>SSBT</ssbt:kalla><ssbt:felkod>SSBT-102</ssbt:felkod><ssbt:felmeddelande>Bastjänsten gick inte att nå.</ssbt:felmeddelande></ssbt:error></ssbt:MIV></ssbt:testaBastjanstInformationResponse></soap:Body></soap:Envelope>"#);
}

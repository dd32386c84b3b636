//! The contract that we serve holds for every answer that we give.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use roxmltree::{Document, Node};
use ssbtx_base_services::Agency;
use ssbtx_published::{Contracts, payload_of};
use ssbtx_stage::client::Client;
use ssbtx_stage::questions::Asking;

use crate::contract::{encoded_document, inner_document};
use crate::play::{ALVAR, Play, Staging};

/// Fetches the whole contract and saves every part in a file of the name that the parts know each other by.
async fn saved(play: &Play) -> PathBuf {
    let folder = play.folder().join("served");
    fs::create_dir_all(&folder).unwrap();
    let client = play.client(&play.pki.ekonomiskt_bistand);
    let mut wanted = vec!["v10?wsdl".to_owned()];
    let mut seen = BTreeSet::new();
    while let Some(part) = wanted.pop() {
        if seen.insert(part.clone()) {
            let text = fetched(&client, &part).await;
            let document = Document::parse(&text).unwrap();
            let locations = document.descendants().filter_map(|node| node.attribute("schemaLocation"));
            // Nothing refers to the schemas of documents that lie encoded in the answer: the description lists them.
            let listed = document.descendants().filter(|node| node.tag_name().name() == "documentation");
            let listed = listed.filter_map(|node| node.text()).flat_map(|text| text.split([' ', ',']));
            let listed = listed.map(|word| word.trim_end_matches('.')).filter(|word| word.starts_with("v10?xsd="));
            wanted.extend(locations.chain(listed).map(str::to_owned));
            fs::write(folder.join(part), &text).unwrap();
        }
    }
    folder
}

async fn fetched(client: &Client, part: &str) -> String {
    let received = client.get(&format!("/ssbtek/{part}")).await.unwrap();
    assert_eq!(received.status, 200, "{part}: {}", received.body);
    assert_eq!(received.headers["content-type"], "text/xml; charset=utf-8", "{part}");
    received.body
}

/// Whether an answer follows the contract, and whether the documents that lie encoded in it follow the schemas that describe them.
fn assert_follows(contract: &Path, envelope: &str, what: &str) {
    assert_valid(contract, "ssbt-10.xsd", &payload_of(envelope), what);
    if let Some(document) = encoded_document(envelope, Agency::Csn) {
        assert_valid(contract, "csn.xsd", &document, what);
    }
    if let Some(document) = inner_document(envelope) {
        assert_valid(contract, "skv.xsd", &document, what);
    }
}

fn assert_valid(contract: &Path, schema: &str, document: &str, what: &str) {
    let file = contract.join("document.xml");
    fs::write(&file, document).unwrap();
    let schema = contract.join(format!("v10?xsd={schema}"));
    let checked = Command::new("xmllint").arg("--noout").arg("--schema").args([&schema, &file]).output().unwrap();
    assert!(checked.status.success(), "{what}: {}\n{document}", String::from_utf8_lossy(&checked.stderr));
}

#[tokio::test]
async fn answers_about_every_person_to_both_roles_follow_the_served_contract() {
    let play = Play::begin();
    let contract = saved(&play).await;
    let persons = play.agencies.cast().persons().iter().filter(|person| !person.is_odd());
    for person in persons.map(|person| person.identity().to_owned()).collect::<Vec<_>>() {
        for identity in [&play.pki.ekonomiskt_bistand, &play.pki.arbetsmarknad] {
            let answer = play.ask_soap_as(identity, &Asking::about(&person)).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            assert_follows(&contract, &answer.body, &person);
        }
    }
}

#[tokio::test]
async fn answers_under_numbered_items_alone_follow_the_served_contract() {
    let play = Play::staged(Staging { accepted: Vec::new(), ..Staging::default() });
    let contract = saved(&play).await;
    assert_follows(&contract, &play.ask_soap(&Asking::about(ALVAR)).await.body, "numbered items alone");
}

#[tokio::test]
async fn an_answer_with_data_follows_a_contract_that_was_fetched_before_the_agency_was_connected() {
    let before = Play::staged(Staging::without(&[Agency::Af, Agency::So, Agency::Tns, Agency::Miv]));
    let contract = saved(&before).await;
    assert_follows(&contract, &before.ask_soap(&Asking::about(ALVAR)).await.body, "before");
    let after = Play::begin();
    assert_follows(&contract, &after.ask_soap(&Asking::about(ALVAR)).await.body, "after");
}

#[tokio::test]
async fn the_test_operation_follows_the_served_contract() {
    let play = Play::begin();
    let contract = saved(&play).await;
    let envelope = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>\
                    <testaBastjanstInformation xmlns=\"http://schema.forsakringskassan.se/integration/ssbt/10\"/></s:Body></s:Envelope>";
    let answer = play.client(&play.pki.ekonomiskt_bistand).post_soap(envelope).await.unwrap();
    assert_follows(&contract, &answer.body, "test operation");
}

#[tokio::test]
async fn names_types_order_and_occurrence_in_ssbteks_namespace_are_the_published_ones() {
    let Some(published) = Contracts::find() else { return };
    let published = published.file("se/forsakringskassan/schema/integration/ssbt/_10");
    let play = Play::begin();
    let served = saved(&play).await;
    for (ours, theirs) in
        [("v10?xsd=ssbt-10.xsd", "sammansatt_bastjanst_v10.xsd"), ("v10?wsdl", "Sammansatt_Bastjanst_v10.wsdl")]
    {
        let [ours, theirs] = [served.join(ours), published.join(theirs)].map(|file| fs::read_to_string(file).unwrap());
        assert_eq!(components(&ours), components(&theirs));
    }
}

/// What a schema or a description declares, without the words about it and without where its parts are found.
fn components(text: &str) -> BTreeSet<String> {
    let document = Document::parse(text).unwrap();
    document.root_element().children().filter(Node::is_element).filter_map(component).collect()
}

fn component(node: Node<'_, '_>) -> Option<String> {
    let name = node.tag_name().name();
    if ["annotation", "documentation", "import", "types", "address"].contains(&name) {
        return None;
    }
    let attributes: BTreeSet<_> =
        node.attributes().map(|given| format!("{}={}", given.name(), given.value())).collect();
    let content: Vec<_> = node.children().filter(Node::is_element).filter_map(component).collect();
    Some(format!("{name}{attributes:?}{content:?}"))
}

#[tokio::test]
async fn every_document_in_the_contract_says_what_its_elements_mean() {
    let play = Play::begin();
    let client = play.client(&play.pki.arbetsmarknad);
    let af = fetched(&client, "v10?xsd=af.xsd").await;
    assert!(
        af.contains("<xsd:documentation xml:lang=\"sv\">A-kassa enligt personen själv. Personens egen uppgift"),
        "{af}"
    );
    assert!(af.contains("<xsd:documentation xml:lang=\"en\">Unemployment fund according to the person."), "{af}");
}

#[tokio::test]
async fn the_contract_is_for_those_who_may_ask() {
    let play = Play::begin();
    let refused = play.client(&play.pki.unregistered).get("/ssbtek/v10?wsdl").await.unwrap();
    assert_eq!(refused.status, 403, "{}", refused.body);
    let unknown = play.client(&play.pki.arbetsmarknad).get("/ssbtek/v10?xsd=bolagsverket.xsd").await.unwrap();
    assert_eq!(unknown.status, 404, "{}", unknown.body);
}

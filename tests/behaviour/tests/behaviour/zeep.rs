//! A SOAP client that we did not write understands us, by the published contract and by the one that we serve.

mod comparison;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use roxmltree::Document;
use serde_json::{Value, json};
use ssbtx_base_services::{Agency, Fault};
use ssbtx_published::Contracts;
use ssbtx_stage::questions::{Asking, BASE_SERVICES};

use crate::play::{ALVAR, Play, Staging, part};
use crate::python;
use comparison::{assert_same, assert_same_error, assert_same_test, block_of};

#[tokio::test]
async fn a_client_made_from_the_published_contract_reads_typed_answers() {
    let Some(published) = Contracts::find() else { return };
    let play = Play::begin();
    let contract = play.folder().join("published");
    copy(published.folder(), &contract);
    let wsdl = contract.join("se/forsakringskassan/schema/integration/ssbt/_10/Sammansatt_Bastjanst_v10.wsdl");
    let text = fs::read_to_string(&wsdl).unwrap();
    assert!(text.contains(PLACEHOLDER), "the published contract has no place for an address");
    fs::write(&wsdl, text.replace(PLACEHOLDER, &address(&play))).unwrap();
    assert_all_have_data(&assert_understood(&play, &wsdl.display().to_string()).await);
}

#[tokio::test]
async fn a_client_made_from_the_served_contract_reads_typed_answers() {
    let play = Play::begin();
    assert_all_have_data(&assert_understood(&play, &format!("{}?wsdl", address(&play))).await);
}

#[tokio::test]
async fn an_agency_that_failed_or_is_not_connected_is_read_as_a_typed_error() {
    let play = Play::staged(Staging::without(&[Agency::Csn]));
    play.agencies.set_fault(Agency::Tns, Some(Fault::SoapFault));
    let read = assert_understood(&play, &format!("{}?wsdl", address(&play))).await;
    assert_eq!(read["answer"]["CSN"]["error"]["felkod"], "SSBT-101");
    assert_eq!(read["answer"]["TNS"]["error"]["kalla"], "BT");
}

/// Whether zeep, knowing this contract alone, reads of every agency what it was told, with its types. Gives what it read.
async fn assert_understood(play: &Play, wsdl: &str) -> Value {
    let mut asking = Asking::about(ALVAR);
    asking.correlation_id = Some("ref-zeep".to_owned());
    let told = play.ask_soap(&asking).await.body;
    let told = Document::parse(&told).unwrap();
    let documents = play.ask(&asking).await;
    let tested = play.client(&play.pki.ekonomiskt_bistand).post_soap(TEST).await.unwrap().body;
    let tested = Document::parse(&tested).unwrap();
    let read = zeep(play, wsdl, &asking);
    for agency in BASE_SERVICES {
        let told = block_of(&told, agency).first_element_child().unwrap();
        let block = &read["answer"][agency];
        match told.tag_name().name() {
            "data" => assert_same(agency, told, &part(&documents, agency)["document"], &block["data"]),
            _ => assert_same_error(agency, told, &block["error"]),
        }
        assert_same_test(block_of(&tested, agency), &read["tested"][agency]);
    }
    for (agency, name, kind) in TYPES {
        let leaves = read["answer"][agency]["data"]["leaves"].as_array().unwrap();
        assert!(
            leaves.iter().any(|leaf| leaf[0] == name && leaf[2] == kind),
            "{agency} has no {name} that is a {kind}"
        );
    }
    assert_eq!(read["correlationId"], "ref-zeep");
    assert_eq!(
        (&read["fault"]["type"], &read["fault"]["felkod"]),
        (&json!("BastjanstInformationFault"), &json!("SSBT-207"))
    );
    assert_eq!(read["fault"]["felmeddelande"].as_array().unwrap().len(), 2, "{}", read["fault"]);
    read
}

fn assert_all_have_data(read: &Value) {
    for agency in BASE_SERVICES {
        assert!(read["answer"][agency]["data"].is_object(), "{agency}: {}", read["answer"][agency]);
    }
}

/// Lets zeep ask, and gives what it read.
fn zeep(play: &Play, wsdl: &str, asking: &Asking) -> Value {
    let question = play.folder().join("question.xml");
    fs::write(&question, asking.to_soap()).unwrap();
    let identity = &play.pki.ekonomiskt_bistand;
    let asked = Command::new(&*PYTHON)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/behaviour/zeep_client.py"))
        .arg(wsdl)
        .args([&question, &play.pki.host_roots, &identity.chain, &identity.key])
        .output()
        .unwrap();
    assert!(asked.status.success(), "{}", String::from_utf8_lossy(&asked.stderr));
    serde_json::from_slice(&asked.stdout).unwrap()
}

fn address(play: &Play) -> String {
    format!("https://localhost:{}/ssbtek/v10", play.host.address().port())
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::write(to, fs::read(from).unwrap()).unwrap();
        }
    }
}

/// The Python that has zeep.
static PYTHON: LazyLock<PathBuf> = LazyLock::new(|| python::programs(&["zeep==4.3.3"]).join("python"));

const TEST: &str = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>\
                    <testaBastjanstInformation xmlns=\"http://schema.forsakringskassan.se/integration/ssbt/10\"/></s:Body></s:Envelope>";
/// What stands in the published contract for the address of the service.
const PLACEHOLDER: &str = "REPLACE_WITH_ACTUAL_URL";
/// Values that are more than texts, as Python has them.
const TYPES: [(&str, &str, &str); 6] = [
    ("AF", "Arbetssokande", "bool"),
    ("AF", "ArbetssokandeRegistrerad", "date"),
    ("AF", "StatusSokandeinformationKod", "int"),
    ("SO", "Utbetalningsdatum", "date"),
    ("SO", "NettoEfterSkatt", "Decimal"),
    ("MIV", "beslutsdatum", "date"),
];

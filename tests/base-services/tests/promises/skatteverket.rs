//! What is particular to Skatteverket: documents inside strings.

use ssbtx_base_services::{Agency, BaseServices, Fault};

use crate::client::{Client, Protocol};
use crate::envelope::payload_of;
use crate::pki::Authority;
use crate::questions::question;

const PERSON: &str = "197701172392";

fn stage() -> (BaseServices, Client) {
    let authority = Authority::new();
    (authority.start(), Client::of(&authority, Protocol::Http1))
}

#[tokio::test]
async fn the_answer_is_a_whole_document_with_what_is_known() {
    let (services, client) = stage();
    let answer = client.ask(&services, Agency::Skv, &question(Agency::Skv, PERSON)).await;
    assert!(answer.body.contains("<svar>&lt;?xml version="));
    let inside = payload_of(Agency::Skv, &answer.body);
    for says in [
        "<folko:IdentitetsbeteckningFysiskPerson>197701172392</folko:IdentitetsbeteckningFysiskPerson>",
        "<skv:StatusPersonuppgiftKod>0</skv:StatusPersonuppgiftKod>",
        "<besko:OverskottPaKapital>412</besko:OverskottPaKapital>",
        "<besko:Aterbetalningsdatum>2026-06-09</besko:Aterbetalningsdatum>",
    ] {
        assert!(inside.contains(says), "{says} in {inside}");
    }
}

#[tokio::test]
async fn an_odd_answer_says_the_same_in_cdata() {
    let (services, client) = stage();
    services.set_fault(Agency::Skv, Some(Fault::SchemaOdd));
    let answer = client.ask(&services, Agency::Skv, &question(Agency::Skv, PERSON)).await;
    assert!(answer.body.contains(r#"<svar xmlns=""><![CDATA[<?xml version="#));
    let inside = payload_of(Agency::Skv, &answer.body);
    let document = roxmltree::Document::parse(&inside).unwrap();
    let surplus = document.descendants().find(|node| node.tag_name().name() == "OverskottPaKapital");
    assert_eq!(surplus.and_then(|node| node.text()), Some("412"));
}

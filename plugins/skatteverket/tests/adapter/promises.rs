//! The promises of every adapter of one SOAP exchange, as far as Skatteverket's schema goes: it is published for the elements around the strings,
//! not for the documents in them.

use ssbtx_adapter_rehearsal::{Published, promise};
use ssbtx_adapter_skatteverket::Skatteverket;
use ssbtx_published::{Contracts, SKV_ANSWER};

use crate::specimen::{DATA, NAME, STATUS, person, response};

#[test]
fn the_root_is_element_0_and_every_other_element_follows_its_parent() {
    promise::every_element_follows_its_parent::<Skatteverket>(&PUBLISHED);
}

#[test]
fn every_element_and_dataset_has_a_label_and_a_help_text_in_both_languages() {
    promise::everything_is_explained_in_both_languages::<Skatteverket>();
}

#[test]
fn it_sends_to_one_upstream_and_cannot_be_pinged_without_a_person() {
    promise::it_has_one_upstream_and_no_ping::<Skatteverket>(&PUBLISHED);
}

#[test]
fn the_request_is_a_soap_1_1_post_to_the_base_service() {
    promise::the_request_is_a_soap_1_1_post::<Skatteverket>(&PUBLISHED);
}

#[test]
fn a_request_is_valid_with_and_without_what_is_optional() {
    promise::a_request_follows_the_schema::<Skatteverket>(&PUBLISHED);
}

#[test]
fn the_answers_that_are_tested_here_are_valid() {
    let Some(contracts) = Contracts::find() else { return };
    let answer = response(&person(&format!("{NAME}{STATUS}{DATA}")));
    assert_eq!(contracts.schema(&SKV_ANSWER).validate(&answer), Ok(()), "{answer}");
}

const PUBLISHED: Published = Published {
    agency: "SKV",
    path: "/beskattning/ws",
    schema: "se/rsv/zg/bs/service/ws/beskattningws/ZgBsBeskattningWSService_schema.xsd",
    // The root of the document in the string, which no schema declares.
    answer: "SvarBeskattningsuppgifterEnligtSFS2008-975",
};

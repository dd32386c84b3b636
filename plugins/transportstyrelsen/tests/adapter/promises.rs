//! The promises of every adapter of one SOAP exchange, but for the one about markup: Transportstyrelsen is told nothing that an asker writes.

use ssbtx_adapter_rehearsal::{Published, promise};
use ssbtx_adapter_transportstyrelsen::Transportstyrelsen;

#[test]
fn the_catalogue_covers_the_published_answer() {
    promise::the_catalogue_covers_the_published_answer::<Transportstyrelsen>(&PUBLISHED);
}

#[test]
fn the_root_is_element_0_and_every_other_element_follows_its_parent() {
    promise::every_element_follows_its_parent::<Transportstyrelsen>(&PUBLISHED);
}

#[test]
fn every_element_and_dataset_has_a_label_and_a_help_text_in_both_languages() {
    promise::everything_is_explained_in_both_languages::<Transportstyrelsen>();
}

#[test]
fn it_sends_to_one_upstream_and_cannot_be_pinged_without_a_person() {
    promise::it_has_one_upstream_and_no_ping::<Transportstyrelsen>(&PUBLISHED);
}

#[test]
fn the_request_is_a_soap_1_1_post_to_the_base_service() {
    promise::the_request_is_a_soap_1_1_post::<Transportstyrelsen>(&PUBLISHED);
}

#[test]
fn a_request_is_valid_with_and_without_what_is_optional() {
    promise::a_request_follows_the_schema::<Transportstyrelsen>(&PUBLISHED);
}

const PUBLISHED: Published = Published {
    agency: "TNS",
    path: "/ssbtek/hamtauppgifter/1",
    schema: "se/transportstyrelsen/schema/ssbtek/hamtauppgifterresponder/_1/HamtaUppgifterResponder_1.0.xsd",
    answer: "HamtaUppgifterResponse",
};

//! The question as `HamtaUppgifter`.

use ssbtx_adapter_kit::Writer;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Question;

use super::identification::Identification;

/// Asks for everything: the base service takes the person and nothing else.
pub(crate) fn write_request(question: &Question, writer: &mut Writer) {
    let person = Identification::of(question);
    writer.object("HamtaUppgifter", &[("xmlns", RESPONDER), ("xmlns:per", PERSON)], |writer| {
        writer.object("identifikation", &[], |writer| {
            writer.scalar("per:sekel", person.century);
            writer.scalar("per:personnummer", person.number);
        });
    });
}

const RESPONDER: &str = "http://schema.transportstyrelsen.se/ssbtek/hamtauppgifterresponder/1";
const PERSON: &str = "http://schema.transportstyrelsen.se/ssbtek/person/1";

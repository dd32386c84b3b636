//! The question as `findByPersonnummer`.

use ssbtx_adapter_kit::Writer;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Question;

/// Asks for everything: the base service takes no word on what to include, nor on the period, purpose or law.
pub(crate) fn write_request(question: &Question, writer: &mut Writer) {
    // The root has a prefix because what lies below it is in no namespace.
    writer.object("miv:findByPersonnummer", &[("xmlns:miv", NAMESPACE)], |writer| {
        writer.object("query", &[], |writer| write_query(writer, question));
    });
}

fn write_query(writer: &mut Writer, question: &Question) {
    if let Some(correlation_id) = &question.correlation_id {
        writer.scalar("korrelationsid", correlation_id);
    }
    writer.scalar("personnummer", &question.person);
    writer.object("ingivare", &[], |writer| {
        writer.scalar("handlaggare", &question.requester.caseworker);
        writer.scalar("namn", &question.requester.organisation.name);
        writer.scalar("organisationsnummer", &question.requester.organisation.number);
    });
}

const NAMESPACE: &str = "http://schema.migrationsverket.se/ssbtek/1/";

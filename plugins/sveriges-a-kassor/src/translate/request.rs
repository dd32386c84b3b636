//! The question as `GetUnemploymentBenefitPaymentRequest`.

use ssbtx_adapter_kit::Writer;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Question;

/// Asks for everything: the base service takes no word on what to include.
pub(crate) fn write_request(question: &Question, writer: &mut Writer) {
    writer.object("GetUnemploymentBenefitPaymentRequest", &[("xmlns", NAMESPACE)], |writer| {
        write_question(writer, question);
    });
}

fn write_question(writer: &mut Writer, question: &Question) {
    let requester = &question.requester;
    writer.scalar("OrganisationsnummerIngivare", &requester.organisation.number);
    writer.scalar("NamnIngivare", &requester.organisation.name);
    writer.scalar("KontonamnHandlaggare", &requester.caseworker);
    writer.scalar("Referensnummer", &question.case_id);
    writer.scalar("From", &question.period.from);
    writer.scalar("Tom", &question.period.to);
    writer.scalar("Syfte", &question.purpose);
    writer.scalar("Paragraf", &question.legal_text);
    // The schema has all numbers first, then all names, in the same order.
    for processor in &requester.processors {
        writer.scalar("OrganisationsnummerPersonuppgiftsbitrade", &processor.number);
    }
    for processor in &requester.processors {
        writer.scalar("NamnPersonuppgiftsbitrade", &processor.name);
    }
    writer.scalar("IdentificationNumber", &question.person);
}

const NAMESPACE: &str = "http://INT014.UBPService.Schemas";

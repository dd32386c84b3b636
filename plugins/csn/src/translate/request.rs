//! The question as `SBNUppgEkBistandBegar`.

use ssbtx_adapter_kit::Writer;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Organisation, Question};

/// Asks for everything: the base service takes no word on what to include.
pub(crate) fn write_request(question: &Question, writer: &mut Writer) {
    let namespaces = [("xmlns:csn", QUESTION), ("xmlns", CONTENT)];
    writer.object("csn:SBNUppgEkBistandBegar", &namespaces, |writer| write_content(writer, question));
}

fn write_content(writer: &mut Writer, question: &Question) {
    let requester = &question.requester;
    writer.scalar("OrganisationsnummerForIngivare", &requester.organisation.number);
    writer.scalar("NamnPaIngivare", &requester.organisation.name);
    writer.scalar("KontonamnForHandlaggare", &requester.caseworker);
    writer.scalar("Referensnummer", &question.case_id);
    writer.scalar("FromDatum", &compact(&question.period.from));
    writer.scalar("TomDatum", &compact(&question.period.to));
    writer.scalar("Syfte", &question.purpose);
    writer.scalar("Lagtext", &question.legal_text);
    for processor in &requester.processors {
        write_processor(writer, processor);
    }
    // The contract gives every person twelve digits.
    let (century, number) = question.person.split_at_checked(2).unwrap_or_default();
    writer.empty("Person", &[("sekel", century), ("personnummer", number)]);
}

fn write_processor(writer: &mut Writer, processor: &Organisation) {
    writer.object("Personuppgiftsbitrade", &[], |writer| {
        writer.scalar("Organisationsnummer", &processor.number);
        writer.scalar("Namn", &processor.name);
    });
}

/// A date as CSN writes dates: `2026-01-31` is `20260131`.
fn compact(date: &str) -> String {
    date.replace('-', "")
}

const QUESTION: &str = "http://schema.csn.se/v4.0/kommunfraga";
const CONTENT: &str = "http://www.sambruk.se/SBNyttomeddelanden";

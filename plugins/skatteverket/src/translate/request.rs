//! The question as `BeskattningsuppgifterRequest`: a document inside a string.

use ssbtx_adapter_kit::Writer;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Question;

use super::SERVICE;

/// Asks for everything: the base service takes no word on what to include, nor on the period or processors.
pub(crate) fn write_request(question: &Question, writer: &mut Writer) {
    // The payload has a prefix because what lies in it is in no namespace.
    writer.object("bs:BeskattningsuppgifterRequest", &[("xmlns:bs", SERVICE)], |writer| {
        writer.enclosed("forfragan", |writer| write_document(writer, question));
    });
}

fn write_document(writer: &mut Writer, question: &Question) {
    let requester = &question.requester;
    let namespaces = [("xmlns", INFORMATION), ("xmlns:folko", POPULATION)];
    writer.object("FragaBeskattningsuppgifterEnligtSFS2008-975", &namespaces, |writer| {
        writer.scalar("OrganisationsnummerForIngivare", &requester.organisation.number);
        writer.scalar("NamnPaIngivare", &requester.organisation.name);
        writer.scalar("KontonamnForHandlaggare", &requester.caseworker);
        writer.scalar("Referensnummer", &question.case_id);
        writer.scalar("Syfte", &question.purpose);
        writer.scalar("Lagtext", &question.legal_text);
        writer.scalar("folko:IdentitetsbeteckningFysiskPerson", &question.person);
    });
}

const INFORMATION: &str = "http://xmls.skatteverket.se/se/skatteverket/zg/instans/standardiseradInformation/1.0";
const POPULATION: &str = "http://xmls.skatteverket.se/se/skatteverket/zg/komponent/infoForFolkbokforing/1.0";

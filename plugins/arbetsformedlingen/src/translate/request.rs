//! The question as `FragaMeddelande`.

use ssbtx_adapter_kit::Writer;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Question;

/// Asks for the blocks that hold something wanted and for no others.
pub(crate) fn write_request(question: &Question, writer: &mut Writer) {
    writer.object("FragaMeddelande", &[("xmlns", NAMESPACE)], |writer| {
        write_blocks(writer, &question.wanted);
        writer.object("Fraga", &[], |writer| write_question(writer, question));
    });
}

/// Without an attribute Arbetsförmedlingen includes the block, so each is written out.
fn write_blocks(writer: &mut Writer, wanted: &[String]) {
    let include = |datasets: &[&str]| {
        if wanted.iter().any(|dataset| datasets.contains(&dataset.as_str())) { "true" } else { "false" }
    };
    writer.empty(
        "Inkludera",
        &[
            ("ArbetssokandeInfo", include(&["inskrivning", "sokandekategori", "omfattning", "aktivitetsrapport"])),
            ("AkasseInfo", include(&["a-kassa"])),
            ("BeslutInfo", include(&["beslut"])),
        ],
    );
}

fn write_question(writer: &mut Writer, question: &Question) {
    let requester = &question.requester;
    writer.scalar("OrganisationsnummerForIngivare", &requester.organisation.number);
    writer.scalar("NamnPaIngivare", &requester.organisation.name);
    writer.scalar("KontonamnForHandlaggare", &requester.caseworker);
    writer.scalar("Referensnummer", &question.case_id);
    writer.scalar("From", &question.period.from);
    writer.scalar("Tom", &question.period.to);
    writer.scalar("SyfteMedFraga", &question.purpose);
    writer.scalar("LagParagraf", &question.legal_text);
    // The schema has room for one processor: the first acts for the asker, the others for that one.
    if let Some(processor) = requester.processors.first() {
        writer.scalar("OrganisationsnummerForPersonuppgiftsbitrade", &processor.number);
        writer.scalar("NamnPaPersonuppgiftsbitrade", &processor.name);
    }
    writer.scalar("IdentitetsbeteckningFysiskPerson", &question.person);
}

const NAMESPACE: &str = "http://api.arbetsformedlingen.se/arbetssokande/ersattningsstod/v2";

//! `HamtaUppgifterResponse` as a step, by its result.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Document, Step};
use ssbtx_adapter_kit::{AgencyCode, answered, failed, nothing_found, text, texts};

use crate::catalogue::element;

/// The one table of Transportstyrelsen's results; `README.md` has it in words.
///
/// An answer without a result is not taken for a good one: what it leaves out could be left out for any reason.
pub(crate) fn conclude(document: Document) -> Step {
    match text(&document, element::RESULTAT).map(str::trim) {
        Some("OK") if has_vehicle(&document) => answered(document),
        Some("OK") => {
            nothing_found(document, "no-vehicles", "Personen har inga fordon registrerade hos Transportstyrelsen.")
        }
        Some("FEL") => {
            let code = texts(&document, element::FELRESULTAT_FELKOD).find_map(AgencyCode::parse);
            failed(
                code.as_ref().map_or("FEL", AgencyCode::as_str),
                "Transportstyrelsen kunde inte lämna uppgifter (resultatet FEL).",
            )
        }
        _ => failed("no-result", "Transportstyrelsens svar saknar ett känt resultat och kan inte tolkas."),
    }
}

fn has_vehicle(document: &Document) -> bool {
    document.nodes.iter().any(|node| node.element == element::FORDONSINNEHAV_FORDON)
}

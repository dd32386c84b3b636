//! `SvarMeddelande` as a step, by its status code.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Document, Step};
use ssbtx_adapter_kit::{AgencyCode, answered, failed, nothing_found, text};

use crate::catalogue::element;

/// The one table of Arbetsförmedlingen's status codes; `README.md` has it in words.
///
/// Only 0 is published. An answer without a status is not taken for a normal one: what it leaves out could be left out for any reason.
pub(crate) fn conclude(document: Document) -> Step {
    let code = text(&document, element::SVAR_STATUS_SOKANDEINFORMATION_KOD).and_then(AgencyCode::parse);
    let Some(code) = code else {
        return failed("no-status", "Arbetsförmedlingens svar saknar statuskod och kan inte tolkas.");
    };
    match code.as_str().parse::<u32>() {
        Ok(NORMAL) => answered(document),
        Ok(UNKNOWN_PERSON) => {
            nothing_found(document, code.as_str(), "Personen finns inte i Arbetsförmedlingens register.")
        }
        _ => failed(code.as_str(), "Arbetsförmedlingen kunde inte lämna uppgifter (statuskod för fel)."),
    }
}

const NORMAL: u32 = 0;
const UNKNOWN_PERSON: u32 = 1;

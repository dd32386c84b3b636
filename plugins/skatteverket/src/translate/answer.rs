//! `SvarBeskattningsuppgifterEnligtSFS2008-975` as a step, by what it holds of the person.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Document, Step, Value};
use ssbtx_adapter_kit::{AgencyCode, answered, failed, nothing_found, texts};

use crate::catalogue::{CATALOGUE, element};

/// The one table of what Skatteverket's answers mean; `README.md` has it in words.
///
/// Which status codes there are is not published, so none decides anything: a person of whom only identity and status are given is one of whom
/// Skatteverket has nothing, whatever the status.
pub(crate) fn conclude(document: Document) -> Step {
    if !document.nodes.iter().any(|node| node.element == element::PERSONUPPGIFT_LISTA) {
        return failed("no-list", "Skatteverkets svar saknar listan över personuppgifter och kan inte tolkas.");
    }
    if tells_of_a_person(&document) {
        return answered(document);
    }
    let status = texts(&document, STATUS).find_map(AgencyCode::parse);
    let code = status.as_ref().map_or("no-data", AgencyCode::as_str);
    nothing_found(document, code, "Skatteverket har inga uppgifter om personen.")
}

/// Whether there is anything about a person beside who it is and the status.
fn tells_of_a_person(document: &Document) -> bool {
    document.nodes.iter().any(|node| {
        CATALOGUE.in_dataset(node.element)
            && !matches!(node.element, IDENTITY | STATUS)
            && !matches!(node.value, Value::Null)
    })
}

const IDENTITY: u16 = element::PERSONUPPGIFT_LISTA_PERSONUPPGIFT_IDENTITETSBETECKNING_FYSISK_PERSON;
const STATUS: u16 = element::PERSONUPPGIFT_LISTA_PERSONUPPGIFT_STATUS_PERSONUPPGIFT_KOD;

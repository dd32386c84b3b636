//! `CSNSvar` as a step, by its result code and whether the person is known.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Document, Node, Step, Value};
use ssbtx_adapter_kit::{AgencyCode, answered, failed, nothing_found, text};

use crate::catalogue::element;

/// The one table of what CSN's answers mean; `README.md` has it in words.
///
/// An answer without a result code is not taken for a good one: what it leaves out could be left out for any reason.
pub(crate) fn conclude(document: Document) -> Step {
    let code = text(&document, element::GEMENSAMT_SVAR_EKBISTAND_RESULTAT_RESULTAT_KOD).and_then(AgencyCode::parse);
    let Some(code) = code else {
        return failed("no-status", "CSN:s svar saknar resultatkod och kan inte tolkas.");
    };
    if code.as_str().parse::<u32>() != Ok(FINE) {
        return failed(code.as_str(), "CSN kunde inte lämna uppgifter (resultatkod för fel).");
    }
    if is_known(&document.nodes) {
        return answered(document);
    }
    nothing_found(document, "no-hit", "Personen finns inte hos CSN (Ej träff).")
}

/// Whether there is a person whom CSN does not say that it does not know.
fn is_known(nodes: &[Node]) -> bool {
    let persons = count(nodes, |node| node.element == element::PERSONER_PERSON && !matches!(node.value, Value::Null));
    let unknown = count(nodes, |node| match &node.value {
        Value::Text(status) => node.element == element::PERSONER_PERSON_AT_STATUS && status.trim() == NO_HIT,
        Value::Structure | Value::Null | Value::Boolean(_) | Value::Number(_) => false,
    });
    persons > unknown
}

fn count(nodes: &[Node], chosen: impl Fn(&&Node) -> bool) -> usize {
    nodes.iter().filter(chosen).count()
}

const FINE: u32 = 0;
const NO_HIT: &str = "Ej träff";

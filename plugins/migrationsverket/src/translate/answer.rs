//! `findByPersonnummerResponse` as a step.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Document, Step, Value};
use ssbtx_adapter_kit::{answered, nothing_found};

use crate::catalogue::CATALOGUE;

/// Migrationsverket has no status: an answer that holds nothing about a person says that there is nothing.
pub(crate) fn conclude(document: Document) -> Step {
    let tells =
        document.nodes.iter().any(|node| CATALOGUE.in_dataset(node.element) && !matches!(node.value, Value::Null));
    if tells {
        return answered(document);
    }
    nothing_found(document, "empty-response", "Migrationsverket har inga uppgifter om personen.")
}

//! `findByPersonnummerResponse` as a step.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{
    Answer, Document, NothingFound, Notice, Reply, Step, Value,
};
use ssbtx_adapter_kit::receive;

use crate::catalogue::CATALOGUE;

/// Reads Migrationsverket's reply and says what it means.
pub(crate) fn absorb(replies: &[Reply]) -> Step {
    match receive(replies, &CATALOGUE, Some(DETAIL_CODE)) {
        Ok(document) => conclude(document),
        Err(reason) => reason.into(),
    }
}

/// Migrationsverket has no status: an answer that holds nothing about a person says that there is nothing.
fn conclude(document: Document) -> Step {
    let tells =
        document.nodes.iter().any(|node| CATALOGUE.in_dataset(node.element) && !matches!(node.value, Value::Null));
    if tells {
        return Step::Answer(Answer { document, failures: Vec::new() });
    }
    Step::Nothing(NothingFound {
        document: Some(document),
        reason: Some(Notice {
            code: "empty-response".to_owned(),
            message: "Migrationsverket har inga uppgifter om personen.".to_owned(),
        }),
    })
}

/// Where `SSBTEKSoapException` in a Fault's detail has Migrationsverket's own code.
const DETAIL_CODE: &str = "faultCode";

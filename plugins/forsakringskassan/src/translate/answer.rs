//! `LefiExternFormansinformationSvar` as a step: what was found, what failed, whether there is anything.

mod deviation;
mod failures;
mod occurrence;
mod state;

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{
    Answer, Document, NothingFound, Notice, Question, Reply, Step, Value,
};

use crate::catalogue::CATALOGUE;

use super::asked::Asked;
use super::reply::document;
use failures::Failures;

/// Says what LEFI's reply means for what was asked, which the question tells as it did when it was planned.
pub(crate) fn absorb(question: &Question, replies: &[Reply]) -> Step {
    let asked = match Asked::of(question) {
        Ok(asked) => asked,
        Err(refusal) => return refusal.into(),
    };
    match document(replies) {
        Ok(document) => conclude(&asked, &question.wanted, document),
        Err(reason) => reason.into(),
    }
}

/// The one table of what an answer means; `README.md` has it in words.
fn conclude(asked: &Asked, wanted: &[String], document: Document) -> Step {
    let mut failures = Failures::new(wanted);
    if let Some(notice) = state::collect(asked, &document, &mut failures) {
        return Step::Failed(notice);
    }
    deviation::collect(asked, &document, &mut failures);
    let failures = failures.into_list();
    if failures.is_empty() && holds_nothing(&document) {
        return Step::Nothing(NothingFound { document: Some(document), reason: Some(nothing_found()) });
    }
    Step::Answer(Answer { document, failures })
}

/// Whether no value is there that is about the person. What was dropped because nobody knows it could have been one.
fn holds_nothing(document: &Document) -> bool {
    let has_value = |value: &Value| !matches!(value, Value::Structure | Value::Null);
    let is_about_the_person = |element| CATALOGUE.in_dataset(element);
    document.unknown_elements == 0
        && !document.nodes.iter().any(|node| has_value(&node.value) && is_about_the_person(node.element))
}

fn nothing_found() -> Notice {
    Notice {
        code: "LEFI-INGA-UPPGIFTER".to_owned(),
        message: "Det finns inga uppgifter om personen för perioden i det som frågades efter.".to_owned(),
    }
}

//! The steps that end a question, once an agency's reply has been read.

use crate::bindings::exports::ssbtx::adapter::translation::{Answer, Document, NothingFound, Notice, Step};

/// The agency answered, with every dataset.
pub fn answered(document: Document) -> Step {
    Step::Answer(Answer { document, failures: Vec::new() })
}

/// The agency has nothing about the person: its own document says so, for this reason, with this code and in our own Swedish words.
pub fn nothing_found(document: Document, code: &str, message: &str) -> Step {
    Step::Nothing(NothingFound { document: Some(document), reason: Some(notice(code, message)) })
}

/// The agency can have nothing about the person, so it is not asked: for this reason, with this code and in our own Swedish words.
pub fn nothing_to_ask(code: &str, message: &str) -> Step {
    Step::Nothing(NothingFound { document: None, reason: Some(notice(code, message)) })
}

/// The agency's part fails, with this code and our own Swedish words.
pub fn failed(code: &str, message: &str) -> Step {
    Step::Failed(notice(code, message))
}

fn notice(code: &str, message: &str) -> Notice {
    Notice { code: code.to_owned(), message: message.to_owned() }
}

//! A hostile guest: answers with more nodes than a document may have.

use ssbtx_guest_adapter_harness::{Adapter, Answer, Question, Step, Value, honest};

/// The guest.
pub struct AnswersTooMuch;

impl Adapter for AnswersTooMuch {
    fn plan(_question: Question) -> Step {
        let entries = (0..300_000).map(|_| honest::node(honest::ENTRY, 1, Value::Structure)).collect();
        Step::Answer(Answer { document: honest::document(entries), failures: Vec::new() })
    }
}

ssbtx_guest_adapter_harness::component!(AnswersTooMuch);

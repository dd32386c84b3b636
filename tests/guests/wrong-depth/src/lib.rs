//! A hostile guest: answers with an element where it does not belong.

use ssbtx_guest_adapter_harness::{Adapter, Answer, Question, Step, Value, honest};

/// The guest.
pub struct WrongDepth;

impl Adapter for WrongDepth {
    fn plan(_question: Question) -> Step {
        let entries = vec![
            honest::node(honest::ENTRY, 1, Value::Structure),
            honest::node(honest::DATE, 1, honest::text("2026-01-01")),
        ];
        Step::Answer(Answer { document: honest::document(entries), failures: Vec::new() })
    }
}

ssbtx_guest_adapter_harness::component!(WrongDepth);

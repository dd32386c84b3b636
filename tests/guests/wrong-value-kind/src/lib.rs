//! A hostile guest: answers with a value of a kind that its element does not hold.

use ssbtx_guest_adapter_harness::{Adapter, Answer, Question, Step, Value, honest};

/// The guest.
pub struct WrongValueKind;

impl Adapter for WrongValueKind {
    fn plan(_question: Question) -> Step {
        let entries =
            vec![honest::node(honest::ENTRY, 1, Value::Structure), honest::node(honest::DATE, 2, Value::Boolean(true))];
        Step::Answer(Answer { document: honest::document(entries), failures: Vec::new() })
    }
}

ssbtx_guest_adapter_harness::component!(WrongValueKind);

//! A hostile guest: answers with an element that its catalogue does not list.

use ssbtx_guest_adapter_harness::{Adapter, Answer, Question, Step, Value, honest};

/// The guest.
pub struct WrongElement;

impl Adapter for WrongElement {
    fn plan(_question: Question) -> Step {
        let entries = vec![honest::node(4, 1, Value::Structure)];
        Step::Answer(Answer { document: honest::document(entries), failures: Vec::new() })
    }
}

ssbtx_guest_adapter_harness::component!(WrongElement);

//! A hostile guest: gives back what is small in its own memory and large in the host's.

use ssbtx_guest_adapter_harness::{Adapter, Answer, Description, Limits, Question, Step, Value, honest};

/// The guest.
pub struct Amplifies;

impl Adapter for Amplifies {
    fn describe() -> Description {
        Description { limits: Limits { memory_bytes: 64 << 20, reply_bytes: 0 }, ..honest::description() }
    }

    fn plan(_question: Question) -> Step {
        let entries = (0..1_000_000).map(|_| honest::node(honest::ENTRY, 1, Value::Structure)).collect();
        Step::Answer(Answer { document: honest::document(entries), failures: Vec::new() })
    }
}

ssbtx_guest_adapter_harness::component!(Amplifies);

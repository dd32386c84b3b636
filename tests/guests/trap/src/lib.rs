//! A hostile guest: panics, with a text that nobody may be shown.

use ssbtx_guest_adapter_harness::{Adapter, Question, Step};

/// The guest.
pub struct Trap;

impl Adapter for Trap {
    fn plan(question: Question) -> Step {
        panic!("marker: {}", question.person);
    }
}

ssbtx_guest_adapter_harness::component!(Trap);

//! A hostile guest: remembers twice as much at every step.

use ssbtx_guest_adapter_harness::{Adapter, Question, Reply, Sending, Step, honest};

/// The guest.
pub struct GrowingState;

impl Adapter for GrowingState {
    fn plan(_question: Question) -> Step {
        Step::Send(Sending { state: vec![0; 16 << 10], ..honest::sending() })
    }

    fn absorb(_question: Question, state: Vec<u8>, _replies: Vec<Reply>) -> Step {
        Step::Send(Sending { state: state.repeat(2), ..honest::sending() })
    }
}

ssbtx_guest_adapter_harness::component!(GrowingState);

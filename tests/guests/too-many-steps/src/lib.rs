//! A hostile guest: always wants one more request sent.

use ssbtx_guest_adapter_harness::{Adapter, PingStep, Question, Reply, Step, honest};

/// The guest.
pub struct TooManySteps;

impl Adapter for TooManySteps {
    fn absorb(_question: Question, _state: Vec<u8>, _replies: Vec<Reply>) -> Step {
        Step::Send(honest::sending())
    }

    fn ping_absorb(_state: Vec<u8>, _replies: Vec<Reply>) -> PingStep {
        PingStep::Send(honest::sending())
    }
}

ssbtx_guest_adapter_harness::component!(TooManySteps);

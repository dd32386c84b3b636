//! An honest guest: fails on whatever its base service replies.

use ssbtx_guest_adapter_harness::{Adapter, Notice, PingStep, Question, Reply, Step};

/// The guest.
pub struct RefusesTheReply;

impl Adapter for RefusesTheReply {
    fn absorb(_question: Question, _state: Vec<u8>, _replies: Vec<Reply>) -> Step {
        Step::Failed(notice())
    }

    fn ping_absorb(_state: Vec<u8>, _replies: Vec<Reply>) -> PingStep {
        PingStep::Failed(notice())
    }
}

fn notice() -> Notice {
    Notice { code: "17".to_owned(), message: "Bastjänsten svarade med ett fel.".to_owned() }
}

ssbtx_guest_adapter_harness::component!(RefusesTheReply);

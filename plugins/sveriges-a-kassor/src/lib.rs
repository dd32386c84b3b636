//! The adapter for Sveriges a-kassor: exports and nothing else. What is the agency's own is in `translate`.

mod catalogue;
mod translate;

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{
    Description, Guest, PingStep, Question, Reply, Step,
};

/// The adapter that speaks for Sveriges a-kassor (SO).
pub struct SverigesAKassor;

impl Guest for SverigesAKassor {
    fn describe() -> Description {
        ssbtx_adapter_kit::description(&catalogue::CATALOGUE)
    }

    fn plan(question: Question) -> Step {
        translate::plan(&question)
    }

    fn absorb(_question: Question, _state: Vec<u8>, replies: Vec<Reply>) -> Step {
        translate::absorb(&replies)
    }

    fn ping_plan() -> PingStep {
        PingStep::Untestable
    }

    fn ping_absorb(_state: Vec<u8>, _replies: Vec<Reply>) -> PingStep {
        PingStep::Untestable
    }
}

#[cfg(target_family = "wasm")]
ssbtx_adapter_kit::bindings::export!(SverigesAKassor with_types_in ssbtx_adapter_kit::bindings);

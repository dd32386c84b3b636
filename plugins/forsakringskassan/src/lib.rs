//! The adapter for Försäkringskassan, which answers for Pensionsmyndigheten too: exports and nothing else. What is LEFI's own is in `translate`.

mod catalogue;
mod translate;

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{
    Description, Guest, Parameter, PingStep, Question, Reply, Step,
};
use ssbtx_adapter_kit::description;

/// The adapter that speaks LEFI version 9, for Försäkringskassan (FK) and Pensionsmyndigheten (PM).
pub struct Forsakringskassan;

impl Guest for Forsakringskassan {
    fn describe() -> Description {
        description(&catalogue::CATALOGUE)
    }

    fn plan(question: Question) -> Step {
        translate::plan(&question)
    }

    fn absorb(question: Question, _state: Vec<u8>, replies: Vec<Reply>) -> Step {
        translate::absorb(&question, &replies)
    }

    fn ping_plan(parameters: Vec<Parameter>) -> PingStep {
        translate::ping_plan(&parameters)
    }

    fn ping_absorb(_state: Vec<u8>, replies: Vec<Reply>) -> PingStep {
        translate::ping_absorb(&replies)
    }
}

#[cfg(target_family = "wasm")]
ssbtx_adapter_kit::bindings::export!(Forsakringskassan with_types_in ssbtx_adapter_kit::bindings);

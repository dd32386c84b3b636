//! A hostile guest: sends to an upstream that it did not declare.

use ssbtx_guest_adapter_harness::{Adapter, Question, Request, Sending, Step, honest};

/// The guest.
pub struct UndeclaredUpstream;

impl Adapter for UndeclaredUpstream {
    fn plan(_question: Question) -> Step {
        let request = Request { upstream: "elsewhere".to_owned(), ..honest::request() };
        Step::Send(Sending { requests: vec![request], state: Vec::new() })
    }
}

ssbtx_guest_adapter_harness::component!(UndeclaredUpstream);

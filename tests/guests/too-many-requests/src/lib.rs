//! A hostile guest: wants more requests sent at once than it may.

use ssbtx_guest_adapter_harness::{Adapter, Question, Sending, Step, honest};

/// The guest.
pub struct TooManyRequests;

impl Adapter for TooManyRequests {
    fn plan(_question: Question) -> Step {
        let requests = (0..17).map(|_| honest::request()).collect();
        Step::Send(Sending { requests, state: Vec::new() })
    }
}

ssbtx_guest_adapter_harness::component!(TooManyRequests);

//! A hostile guest: names a host of its own choice.

use ssbtx_guest_adapter_harness::{Adapter, Question, Request, Sending, Step, honest};

/// The guest.
pub struct AbsoluteUrl;

impl Adapter for AbsoluteUrl {
    fn plan(_question: Question) -> Step {
        let request = Request { path: "https://example.org/fraga".to_owned(), ..honest::request() };
        Step::Send(Sending { requests: vec![request], state: Vec::new() })
    }
}

ssbtx_guest_adapter_harness::component!(AbsoluteUrl);

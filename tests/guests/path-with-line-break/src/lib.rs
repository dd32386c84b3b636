//! A hostile guest: writes a header into a path.

use ssbtx_guest_adapter_harness::{Adapter, Question, Request, Sending, Step, honest};

/// The guest.
pub struct PathWithLineBreak;

impl Adapter for PathWithLineBreak {
    fn plan(_question: Question) -> Step {
        let request = Request { path: "/fraga HTTP/1.1\r\nhost: example.org".to_owned(), ..honest::request() };
        Step::Send(Sending { requests: vec![request], state: Vec::new() })
    }
}

ssbtx_guest_adapter_harness::component!(PathWithLineBreak);

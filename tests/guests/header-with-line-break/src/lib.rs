//! A hostile guest: writes a second header into the value of a first.

use ssbtx_guest_adapter_harness::{Adapter, Header, Question, Request, Sending, Step, honest};

/// The guest.
pub struct HeaderWithLineBreak;

impl Adapter for HeaderWithLineBreak {
    fn plan(_question: Question) -> Step {
        let header = Header { name: "accept".to_owned(), value: "*/*\r\nhost: example.org".to_owned() };
        let request = Request { headers: vec![header], ..honest::request() };
        Step::Send(Sending { requests: vec![request], state: Vec::new() })
    }
}

ssbtx_guest_adapter_harness::component!(HeaderWithLineBreak);

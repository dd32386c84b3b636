//! A request with a SOAP envelope.

use crate::bindings::exports::ssbtx::adapter::translation::{Header, Method, Request, Sending, Step};
use crate::description::UPSTREAM;
use crate::xml::{DECLARATION, Writer};

/// The step that sends one SOAP request to the base service, with what `payload` writes as the Body's content.
///
/// The envelope declares no default namespace, so an element without prefix is unqualified unless it declares its own.
pub fn send(path: &'static str, payload: impl FnOnce(&mut Writer)) -> Step {
    let mut writer = Writer::new();
    writer.raw(DECLARATION);
    writer.object("soap:Envelope", &[("xmlns:soap", super::SOAP)], |writer| {
        writer.object("soap:Body", &[], payload);
    });
    let request = Request {
        upstream: UPSTREAM.to_owned(),
        method: Method::Post,
        path: path.to_owned(),
        headers: vec![
            header("content-type", "text/xml; charset=utf-8"),
            header("accept", "text/xml"),
            header("soapaction", "\"\""),
        ],
        body: Some(writer.into_bytes()),
    };
    Step::Send(Sending { requests: vec![request], state: Vec::new() })
}

fn header(name: &str, value: &str) -> Header {
    Header { name: name.to_owned(), value: value.to_owned() }
}

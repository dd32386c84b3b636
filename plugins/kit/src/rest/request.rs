//! Requests for JSON.

use crate::bindings::exports::ssbtx::adapter::translation::{Header, Method, Request, Sending};
use crate::description::UPSTREAM;

/// One GET to the base service, with nothing to remember.
///
/// The path has the shape that `ssbtx:adapter@1.0.0` gives a request's.
pub fn get(path: String) -> Sending {
    send(Method::Get, path, vec![header("accept", JSON)], None)
}

/// One POST of a JSON text to the base service, with nothing to remember.
///
/// The path has the shape that `ssbtx:adapter@1.0.0` gives a request's.
pub fn post(path: String, body: String) -> Sending {
    let headers = vec![header("content-type", JSON), header("accept", JSON)];
    send(Method::Post, path, headers, Some(body.into_bytes()))
}

fn send(method: Method, path: String, headers: Vec<Header>, body: Option<Vec<u8>>) -> Sending {
    let request = Request { upstream: UPSTREAM.to_owned(), method, path, headers, body };
    Sending { requests: vec![request], state: Vec::new() }
}

fn header(name: &str, value: &str) -> Header {
    Header { name: name.to_owned(), value: value.to_owned() }
}

const JSON: &str = "application/json";

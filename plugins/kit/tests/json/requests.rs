//! What is sent.

use ssbtx_adapter_kit::UPSTREAM;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Method, Sending};
use ssbtx_adapter_kit::rest;

#[test]
fn a_post_says_that_it_is_json_and_wants_json() {
    let (method, path, headers, body) = only(rest::post("/a/b".to_owned(), "{\"å\":1}".to_owned()));
    assert!(matches!(method, Method::Post));
    assert_eq!(path, "/a/b");
    assert_eq!(headers, ["content-type: application/json", "accept: application/json"]);
    assert_eq!(body.as_deref(), Some("{\"å\":1}".as_bytes()));
}

#[test]
fn a_get_wants_json_and_has_no_body() {
    let (method, path, headers, body) = only(rest::get("/a".to_owned()));
    assert!(matches!(method, Method::Get));
    assert_eq!((path.as_str(), body), ("/a", None));
    assert_eq!(headers, ["accept: application/json"]);
}

fn only(sending: Sending) -> (Method, String, Vec<String>, Option<Vec<u8>>) {
    assert!(sending.state.is_empty());
    let [request] = <[_; 1]>::try_from(sending.requests).unwrap();
    assert_eq!(request.upstream, UPSTREAM);
    let headers = request.headers.iter().map(|header| format!("{}: {}", header.name, header.value)).collect();
    (request.method, request.path, headers, request.body)
}

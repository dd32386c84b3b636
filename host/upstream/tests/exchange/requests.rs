//! What goes out and what comes back.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::process::Command;
use std::time::Duration;

use tokio::time::Instant;

use crate::peer::{Behaviour, Peer, request, request_to, response};
use crate::pki::Authority;
use ssbtx_core::{AgencyId, Method, Reply, Request, RequestDraft, Response, TransportFailure};

pub(crate) const MAX: usize = 1024 * 1024;

pub(crate) fn later() -> Instant {
    Instant::now() + Duration::from_secs(30)
}

pub(crate) fn responded(reply: Reply) -> Response {
    match reply {
        Reply::Response(response) => response,
        Reply::Failure(failure) => panic!("{failure:?}"),
    }
}

#[tokio::test]
async fn a_response_comes_back_whole_with_its_content_type() {
    let authority = Authority::new();
    let sent = response("200 OK", "content-type: text/xml; charset=utf-8\r\nset-cookie: a=b\r\n", "<svar/>");
    let peer = Peer::start(&authority, Behaviour::Respond(sent)).await;
    let reply = peer.upstreams(&authority).send(AgencyId::AF, request("<fraga/>"), MAX, later(), None).await;
    let response = responded(reply);
    assert_eq!((response.status, response.body.as_slice()), (200, b"<svar/>".as_slice()));
    assert_eq!(response.content_type.as_deref(), Some("text/xml; charset=utf-8"));
}

#[tokio::test]
async fn a_request_carries_the_adapters_headers_and_the_hosts_own_and_no_others() {
    let authority = Authority::new();
    let peer = Peer::start(&authority, Behaviour::Respond(response("200 OK", "", ""))).await;
    let traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    let upstreams = peer.upstreams(&authority);
    responded(upstreams.send(AgencyId::AF, request("<fraga/>"), MAX, later(), Some(traceparent)).await);
    let seen = peer.seen().requests.remove(0);
    let (head, body) = seen.split_once("\r\n\r\n").unwrap();
    let mut lines: Vec<&str> = head.split("\r\n").collect();
    lines[1..].sort_unstable();
    let host = format!("host: 127.0.0.1:{}", peer.port);
    let expected = [
        "POST /base/question HTTP/1.1",
        "accept-encoding: identity",
        "content-length: 8",
        "content-type: text/xml; charset=utf-8",
        host.as_str(),
        "soapaction: \"\"",
        "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "user-agent: ssbtx",
    ];
    assert_eq!((lines.as_slice(), body), (expected.as_slice(), "<fraga/>"));
}

#[tokio::test]
async fn a_get_has_no_body_and_keeps_its_query() {
    let authority = Authority::new();
    let peer = Peer::start(&authority, Behaviour::Respond(response("200 OK", "", ""))).await;
    let draft = RequestDraft {
        upstream: "base-service".into(),
        method: Method::Get,
        path: "/a/b?c=d".into(),
        headers: Vec::new(),
        body: None,
    };
    let get = Request::parse(draft, &["base-service".parse().unwrap()]).unwrap();
    responded(peer.upstreams(&authority).send(AgencyId::AF, get, MAX, later(), None).await);
    let seen = peer.seen().requests.remove(0);
    assert!(seen.starts_with("GET /base/a/b?c=d HTTP/1.1\r\n") && !seen.contains("content-length"), "{seen}");
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let authority = Authority::new();
    let peer = Peer::start(&authority, Behaviour::Respond(response("200 OK", "", "<svar/>"))).await;
    let upstreams = peer.upstreams(&authority);
    for _ in 0..3 {
        responded(upstreams.send(AgencyId::AF, request("<fraga/>"), MAX, later(), None).await);
    }
    assert_eq!((peer.seen().connections, peer.seen().requests.len()), (1, 3));
}

#[tokio::test]
async fn an_error_status_is_a_response() {
    let authority = Authority::new();
    let peer = Peer::start(&authority, Behaviour::Respond(response("500 Oops", "", "<fault/>"))).await;
    let reply = peer.upstreams(&authority).send(AgencyId::AF, request(""), MAX, later(), None).await;
    let response = responded(reply);
    assert_eq!((response.status, response.content_type), (500, None));
}

#[tokio::test]
async fn a_redirect_is_a_response_and_not_followed() {
    let authority = Authority::new();
    let elsewhere = Peer::start(&authority, Behaviour::Respond(response("200 OK", "", ""))).await;
    let location = format!("location: https://127.0.0.1:{}/\r\n", elsewhere.port);
    let peer = Peer::start(&authority, Behaviour::Respond(response("307 Elsewhere", &location, ""))).await;
    let reply = peer.upstreams(&authority).send(AgencyId::AF, request(""), MAX, later(), None).await;
    assert_eq!(responded(reply).status, 307);
    assert_eq!((peer.seen().requests.len(), elsewhere.seen().connections), (1, 0));
}

#[tokio::test]
async fn an_adapter_reaches_only_the_upstreams_of_its_own_agency() {
    let authority = Authority::new();
    let peer = Peer::start(&authority, Behaviour::Respond(response("200 OK", "", ""))).await;
    let upstreams = peer.upstreams(&authority);
    for (agency, name) in [(AgencyId::CSN, "base-service"), (AgencyId::AF, "other")] {
        let reply = upstreams.send(agency, request_to(name, "/question", ""), MAX, later(), None).await;
        assert!(matches!(reply, Reply::Failure(TransportFailure::Unreachable)), "{agency} {name}");
    }
    assert_eq!(peer.seen().connections, 0);
}

#[tokio::test]
async fn every_character_that_a_path_may_hold_is_carried() {
    let authority = Authority::new();
    let peer = Peer::start(&authority, Behaviour::Respond(response("200 OK", "", ""))).await;
    // What it may not hold is refused where an adapter's request is parsed.
    let odd = request_to("base-service", "/a-._~%20!$&'()*+,;=:@/?b=/?-._~%20!$&'()*+,;=:@", "");
    let reply = peer.upstreams(&authority).send(AgencyId::AF, odd, MAX, later(), None).await;
    assert!(matches!(reply, Reply::Response(Response { status: 200, .. })));
}

/// Runs another test of this binary as a process of its own, since the environment belongs to the whole process.
#[test]
fn a_proxy_in_the_environment_has_no_effect() {
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    proxy.set_nonblocking(true).unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    let mut tests = Command::new(std::env::current_exe().unwrap());
    tests.args(["--exact", "requests::a_response_comes_back_whole_with_its_content_type"]);
    for variable in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        tests.env(variable, &address);
    }
    for variable in ["NO_PROXY", "no_proxy"] {
        tests.env_remove(variable);
    }
    let output = tests.output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("1 passed"), "{told}");
    let asked = proxy.accept().unwrap_err().kind();
    assert_eq!(asked, ErrorKind::WouldBlock);
}

//! Peers that fail, each in its own way.

use std::time::Duration;

use tokio::net::TcpListener;
use tokio::time::Instant;

use crate::peer::{Behaviour, Peer, request, response};
use crate::pki::Authority;
use crate::requests::{MAX, later, responded};
use ssbtx_core::{AgencyId, Reply, TransportFailure};
use ssbtx_upstream::{ClientTls, UpstreamLimits, UpstreamSettings, Upstreams};

#[tokio::test]
async fn a_peer_that_hangs_is_timed_out_at_the_deadline() {
    let authority = Authority::new();
    for sent in ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12345"] {
        let peer = Peer::start(&authority, Behaviour::RespondAndHang(sent.into())).await;
        let deadline = Instant::now() + Duration::from_millis(500);
        let reply = peer.upstreams(&authority).send(AgencyId::AF, request(""), MAX, deadline, None).await;
        assert!(matches!(reply, Reply::Failure(TransportFailure::TimedOut)), "{sent} {reply:?}");
        assert!(Instant::now() >= deadline);
    }
}

#[tokio::test]
async fn a_peer_that_hangs_is_timed_out_when_its_own_time_is_over() {
    let authority = Authority::new();
    let peer = Peer::start(&authority, Behaviour::RespondAndHang(Vec::new())).await;
    let tls = ClientTls::load(&authority.client(7)).unwrap();
    let limits = UpstreamLimits { timeout: Duration::from_millis(300), ..UpstreamLimits::default() };
    let upstreams = Upstreams::new(vec![peer.settings(tls, limits)]).unwrap();
    let reply = upstreams.send(AgencyId::AF, request(""), MAX, later(), None).await;
    assert!(matches!(reply, Reply::Failure(TransportFailure::TimedOut)), "{reply:?}");
}

#[tokio::test]
async fn nothing_is_sent_after_the_deadline() {
    let authority = Authority::new();
    let peer = Peer::start(&authority, Behaviour::Respond(response("200 OK", "", ""))).await;
    let reply = peer.upstreams(&authority).send(AgencyId::AF, request(""), MAX, Instant::now(), None).await;
    assert!(matches!(reply, Reply::Failure(TransportFailure::TimedOut)), "{reply:?}");
    assert!(peer.seen().requests.is_empty());
}

#[tokio::test]
async fn a_peer_that_takes_a_connection_and_does_not_shake_hands_is_unreachable() {
    let authority = Authority::new();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let limits = UpstreamLimits { connect_timeout: Duration::from_millis(200), ..UpstreamLimits::default() };
    let reply = at(&authority, listener.local_addr().unwrap().port(), limits).await;
    assert!(matches!(reply, Reply::Failure(TransportFailure::Unreachable)), "{reply:?}");
}

#[tokio::test]
async fn a_port_that_nobody_listens_on_is_unreachable() {
    let authority = Authority::new();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let reply = at(&authority, port, UpstreamLimits::default()).await;
    assert!(matches!(reply, Reply::Failure(TransportFailure::Unreachable)), "{reply:?}");
}

#[tokio::test]
async fn a_body_that_says_it_is_too_large_is_refused_before_it_is_read() {
    let authority = Authority::new();
    // It never comes: whoever waited for it would wait until the deadline.
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 52428800\r\n\r\n";
    let peer = Peer::start(&authority, Behaviour::RespondAndHang(head.into())).await;
    let reply = peer.upstreams(&authority).send(AgencyId::AF, request(""), MAX, later(), None).await;
    assert!(matches!(reply, Reply::Failure(TransportFailure::TooLarge)), "{reply:?}");
}

#[tokio::test]
async fn a_body_of_fifty_megabytes_is_refused() {
    let authority = Authority::new();
    let sent = response("200 OK", "", &"x".repeat(50 * 1024 * 1024));
    let peer = Peer::start(&authority, Behaviour::RespondAndReset(sent)).await;
    let reply = peer.upstreams(&authority).send(AgencyId::AF, request(""), MAX, later(), None).await;
    assert!(matches!(reply, Reply::Failure(TransportFailure::TooLarge)), "{reply:?}");
}

#[tokio::test]
async fn a_body_without_end_is_refused_when_it_passes_the_limit() {
    let authority = Authority::new();
    let peer = Peer::start(&authority, Behaviour::RespondForever).await;
    let reply = peer.upstreams(&authority).send(AgencyId::AF, request(""), MAX, later(), None).await;
    assert!(matches!(reply, Reply::Failure(TransportFailure::TooLarge)), "{reply:?}");
}

#[tokio::test]
async fn a_body_may_be_exactly_as_large_as_the_limit() {
    let authority = Authority::new();
    let peer = Peer::start(&authority, Behaviour::Respond(response("200 OK", "", "12345"))).await;
    let upstreams = peer.upstreams(&authority);
    assert_eq!(responded(upstreams.send(AgencyId::AF, request(""), 5, later(), None).await).body.as_slice(), b"12345");
    let reply = upstreams.send(AgencyId::AF, request(""), 4, later(), None).await;
    assert!(matches!(reply, Reply::Failure(TransportFailure::TooLarge)), "{reply:?}");
}

#[tokio::test]
async fn a_response_whose_head_is_too_large_is_refused() {
    let authority = Authority::new();
    let head = format!("HTTP/1.1 200 OK\r\na: {}\r\n\r\n", "x".repeat(128 * 1024));
    let peer = Peer::start(&authority, Behaviour::RespondAndHang(head.into())).await;
    let reply = peer.upstreams(&authority).send(AgencyId::AF, request(""), MAX, later(), None).await;
    assert!(matches!(reply, Reply::Failure(TransportFailure::TooLarge)), "{reply:?}");
}

#[tokio::test]
async fn a_response_that_ends_before_it_is_whole_is_broken_off() {
    let authority = Authority::new();
    for sent in [
        "",
        "HTTP/1.1 200",
        "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12345",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n12345\r\n",
    ] {
        for behaviour in [Behaviour::RespondAndClose(sent.into()), Behaviour::RespondAndReset(sent.into())] {
            let peer = Peer::start(&authority, behaviour).await;
            let reply = peer.upstreams(&authority).send(AgencyId::AF, request(""), MAX, later(), None).await;
            assert!(matches!(reply, Reply::Failure(TransportFailure::BrokenOff)), "{sent} {reply:?}");
        }
    }
}

#[tokio::test]
async fn a_response_that_is_no_http_is_broken_off() {
    let authority = Authority::new();
    let peer = Peer::start(&authority, Behaviour::RespondAndClose("SMTP ready\r\n\r\n".into())).await;
    let reply = peer.upstreams(&authority).send(AgencyId::AF, request(""), MAX, later(), None).await;
    assert!(matches!(reply, Reply::Failure(TransportFailure::BrokenOff)), "{reply:?}");
}

#[tokio::test]
async fn dropping_an_exchange_ends_its_connection() {
    let authority = Authority::new();
    let peer = Peer::start(&authority, Behaviour::RespondAndHang(Vec::new())).await;
    let upstreams = peer.upstreams(&authority);
    let arrived = async {
        while peer.seen().requests.is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        reply = upstreams.send(AgencyId::AF, request(""), MAX, later(), None) => panic!("{reply:?}"),
        () = arrived => {}
    }
    while peer.seen().ended == 0 {
        tokio::task::yield_now().await;
    }
}

async fn at(authority: &Authority, port: u16, limits: UpstreamLimits) -> Reply {
    let settings = UpstreamSettings {
        agency: AgencyId::AF,
        name: "base-service".parse().unwrap(),
        base_url: format!("https://127.0.0.1:{port}/").parse().unwrap(),
        tls: ClientTls::load(&authority.client(7)).unwrap(),
        limits,
    };
    Upstreams::new(vec![settings]).unwrap().send(AgencyId::AF, request(""), MAX, later(), None).await
}

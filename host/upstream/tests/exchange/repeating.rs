//! What is sent again: what was never begun, once, and nothing else.

use rustls::version::{TLS12, TLS13};

use crate::peer::{Behaviour, Peer, request, response};
use crate::pki::Authority;
use crate::requests::{MAX, later, responded};
use ssbtx_core::{AgencyId, Reply, TransportFailure};

#[tokio::test]
async fn a_request_that_may_have_arrived_is_never_repeated() {
    let authority = Authority::new();
    for sent in ["", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12345"] {
        for behaviour in [Behaviour::RespondAndClose(sent.into()), Behaviour::RespondAndReset(sent.into())] {
            let peer = Peer::start(&authority, behaviour).await;
            let upstreams = peer.upstreams(&authority);
            for asked in 1..=2 {
                let reply = upstreams.send(AgencyId::AF, request(""), MAX, later(), None).await;
                assert!(matches!(reply, Reply::Failure(TransportFailure::BrokenOff)), "{sent} {reply:?}");
                assert_eq!((peer.seen().connections, peer.seen().requests.len()), (asked, asked), "{sent}");
            }
        }
    }
}

#[tokio::test]
async fn a_connection_that_is_closed_before_anything_is_written_is_made_once_more() {
    let authority = Authority::new();
    let peer = late(&authority, 1).await;
    responded(peer.upstreams(&authority).send(AgencyId::AF, request("<fraga/>"), MAX, later(), None).await);
    assert_eq!((peer.seen().connections, peer.seen().requests.len()), (1, 1));
}

#[tokio::test]
async fn a_connection_is_made_no_third_time() {
    let authority = Authority::new();
    let peer = late(&authority, 2).await;
    let reply = peer.upstreams(&authority).send(AgencyId::AF, request("<fraga/>"), MAX, later(), None).await;
    assert!(matches!(reply, Reply::Failure(TransportFailure::Unreachable)), "{reply:?}");
    assert_eq!((peer.seen().connections, peer.seen().requests.len()), (0, 0));
}

/// A peer that answers, but for the first connections, which it closes before a handshake.
async fn late(authority: &Authority, closed: usize) -> Peer {
    let server = authority.server(&[&TLS13, &TLS12]);
    Peer::start_late(server, closed, Behaviour::Respond(response("200 OK", "", "<svar/>"))).await
}

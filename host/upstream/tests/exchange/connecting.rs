//! How many connections are made.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::{JoinHandle, yield_now};

use crate::peer::{Behaviour, Peer, request, response};
use crate::pki::Authority;
use crate::requests::{MAX, later, responded};
use ssbtx_core::{AgencyId, Reply};
use ssbtx_upstream::{UpstreamLimits, Upstreams};

#[tokio::test]
async fn a_burst_is_answered_on_the_first_connection_that_is_there_while_no_more_than_two_are_made() {
    let authority = Authority::new();
    let (peer, handshakes) = slow(&authority).await;
    let upstreams = peer.upstreams_with(&authority, two_at_once());
    let asked: Vec<_> = (0..8).map(|_| ask(&upstreams)).collect();
    while peer.seen().taken < 2 {
        yield_now().await;
    }
    handshakes.add_permits(1);
    for one in asked {
        responded(one.await.unwrap());
    }
    // One is there, and two are being made: the third had its turn when the first was.
    assert_eq!((peer.seen().taken, peer.seen().connections, peer.seen().requests.len()), (3, 1, 8));

    // Those whose turn comes now need no connection any more, and make none, though nothing would keep them from it.
    handshakes.add_permits(8);
    while peer.seen().connections < 3 {
        yield_now().await;
    }
    for _ in 0..8 {
        responded(ask(&upstreams).await.unwrap());
    }
    assert_eq!((peer.seen().taken, peer.seen().connections), (3, 3));
}

#[tokio::test]
async fn exchanges_that_wait_for_their_answers_have_a_connection_each() {
    let authority = Authority::new();
    let (peer, handshakes) = slow(&authority).await;
    peer.behave(Behaviour::RespondAndHang(Vec::new()));
    handshakes.add_permits(8);
    let upstreams = peer.upstreams_with(&authority, two_at_once());
    let asked: Vec<_> = (0..8).map(|_| ask(&upstreams)).collect();
    while peer.seen().requests.len() < 8 {
        yield_now().await;
    }
    assert_eq!(peer.seen().connections, 8);
    for one in asked {
        one.abort();
    }
}

/// A peer that answers at once, where it has been permitted to shake hands.
async fn slow(authority: &Authority) -> (Peer, Arc<Semaphore>) {
    let handshakes = Arc::new(Semaphore::new(0));
    let answers = Behaviour::Respond(response("200 OK", "", ""));
    (Peer::start_slow(authority, Arc::clone(&handshakes), answers).await, handshakes)
}

fn two_at_once() -> UpstreamLimits {
    UpstreamLimits { max_connecting: 2, ..UpstreamLimits::default() }
}

fn ask(upstreams: &Upstreams) -> JoinHandle<Reply> {
    let upstreams = upstreams.clone();
    tokio::spawn(async move { upstreams.send(AgencyId::AF, request(""), MAX, later(), None).await })
}

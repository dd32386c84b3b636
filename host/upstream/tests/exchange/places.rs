//! One agency's places are its own.

use std::time::Duration;

use tokio::time::Instant;

use crate::peer::{Behaviour, Peer, request, response};
use crate::pki::Authority;
use crate::requests::{MAX, later, responded};
use ssbtx_core::{AgencyId, Reply, TransportFailure};
use ssbtx_upstream::{ClientTls, Ending, UpstreamHealth, UpstreamLimits, UpstreamSettings, Upstreams};

#[tokio::test]
async fn an_agency_that_hangs_leaves_anothers_capacity_alone() {
    let authority = Authority::new();
    let hanging = Peer::start(&authority, Behaviour::RespondAndHang(Vec::new())).await;
    let answering = Peer::start(&authority, Behaviour::Respond(response("200 OK", "", ""))).await;
    let tls = ClientTls::load(&authority.client(7)).unwrap();
    let limits = UpstreamLimits { max_in_flight: 3, max_wait: Duration::from_millis(100), ..UpstreamLimits::default() };
    let csn = UpstreamSettings { agency: AgencyId::CSN, ..answering.settings(tls.clone(), limits) };
    let upstreams = Upstreams::new(vec![hanging.settings(tls, limits), csn]).unwrap();

    let hung: Vec<_> = (0..3).map(|_| ask(&upstreams)).collect();
    while hanging.seen().requests.len() < 3 {
        tokio::task::yield_now().await;
    }
    assert_eq!(of(&upstreams, AgencyId::AF).in_flight, 3);
    // Those who find no place are told so, and nothing is sent for them.
    let full: Vec<_> = (0..5).map(|_| ask(&upstreams)).collect();
    for _ in 0..10 {
        responded(upstreams.send(AgencyId::CSN, request(""), MAX, later(), None).await);
    }
    for told in full {
        let reply = told.await.unwrap();
        assert!(matches!(reply, Reply::Failure(TransportFailure::Unreachable)), "{reply:?}");
    }
    let af = of(&upstreams, AgencyId::AF);
    assert_eq!((af.in_flight, af.waiting, af.max_in_flight), (3, 0, 3));
    assert_eq!((ended(&af, Ending::Full), hanging.seen().requests.len()), (5, 3));
    let csn = of(&upstreams, AgencyId::CSN);
    assert_eq!((csn.in_flight, ended(&csn, Ending::Responded)), (0, 10));

    // A place is free again when its exchange is given up, which says nothing of the agency.
    for one in &hung {
        one.abort();
    }
    while of(&upstreams, AgencyId::AF).in_flight > 0 {
        tokio::task::yield_now().await;
    }
    let af = of(&upstreams, AgencyId::AF);
    assert_eq!((af.failures_in_a_row, af.last_failure), (0, None));
}

#[tokio::test]
async fn whoever_waits_gets_the_place_that_becomes_free() {
    let authority = Authority::new();
    let peer = Peer::start(&authority, Behaviour::Respond(response("200 OK", "", ""))).await;
    let limits = UpstreamLimits { max_in_flight: 1, max_wait: Duration::from_mins(1), ..UpstreamLimits::default() };
    let upstreams = peer.upstreams_with(&authority, UpstreamLimits { timeout: Duration::from_mins(1), ..limits });
    let asked: Vec<_> = (0..8).map(|_| ask(&upstreams)).collect();
    for one in asked {
        responded(one.await.unwrap());
    }
    // One after the other, on one connection.
    assert_eq!((peer.seen().connections, peer.seen().requests.len()), (1, 8));
}

#[tokio::test]
async fn an_exchange_that_ends_with_its_asker_at_the_deadline_has_timed_out() {
    let authority = Authority::new();
    let peer = Peer::start(&authority, Behaviour::RespondAndHang(Vec::new())).await;
    let upstreams = peer.upstreams(&authority);
    let deadline = Instant::now() + Duration::from_millis(300);
    let sending = upstreams.send(AgencyId::AF, request(""), MAX, deadline, None);
    // Either of the two may notice first.
    let _noticed = tokio::time::timeout_at(deadline, sending).await;
    let af = of(&upstreams, AgencyId::AF);
    assert_eq!((ended(&af, Ending::TimedOut), af.in_flight), (1, 0));
}

fn ask(upstreams: &Upstreams) -> tokio::task::JoinHandle<Reply> {
    let upstreams = upstreams.clone();
    tokio::spawn(async move { upstreams.send(AgencyId::AF, request(""), MAX, later(), None).await })
}

pub(crate) fn of(upstreams: &Upstreams, agency: AgencyId) -> UpstreamHealth {
    upstreams.health().into_iter().find(|health| health.agency == agency).unwrap()
}

pub(crate) fn ended(health: &UpstreamHealth, ending: Ending) -> u64 {
    health.endings.iter().find(|(one, _)| *one == ending).unwrap().1
}

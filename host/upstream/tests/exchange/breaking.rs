//! An upstream that fails again and again is not asked for a while.

use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::peer::{Behaviour, Peer, request, response};
use crate::pki::Authority;
use crate::places::{ended, of};
use crate::requests::{MAX, later, responded};
use ssbtx_core::{AgencyId, Reply, TransportFailure};
use ssbtx_upstream::{BreakerState, ClientTls, Ending, Health, UpstreamLimits, UpstreamSettings, Upstreams};

const OPEN: Duration = Duration::from_mins(1);

fn limits() -> UpstreamLimits {
    UpstreamLimits { breaker_failures: 3, breaker_open_time: OPEN, ..UpstreamLimits::default() }
}

/// A peer that has failed three times, and the upstreams that will not ask it any more.
async fn opened(authority: &Authority) -> (Peer, Upstreams) {
    let peer = Peer::start(authority, Behaviour::RespondAndClose(Vec::new())).await;
    let upstreams = peer.upstreams_with(authority, limits());
    assert_eq!(of(&upstreams, AgencyId::AF).health, Health::Unused);
    for asked in 1..=3 {
        assert_eq!(of(&upstreams, AgencyId::AF).breaker, BreakerState::Closed);
        let reply = send(&upstreams).await;
        assert!(matches!(reply, Reply::Failure(TransportFailure::BrokenOff)), "{asked}: {reply:?}");
    }
    (peer, upstreams)
}

async fn send(upstreams: &Upstreams) -> Reply {
    upstreams.send(AgencyId::AF, request("<fraga/>"), MAX, later(), None).await
}

/// Lets time pass at once.
async fn pass(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

#[tokio::test]
async fn an_open_breaker_answers_at_once_without_sending() {
    let authority = Authority::new();
    let (peer, upstreams) = opened(&authority).await;
    // It would hang for seconds.
    peer.behave(Behaviour::RespondAndHang(Vec::new()));
    let began = Instant::now();
    for _ in 0..100 {
        let reply = send(&upstreams).await;
        assert!(matches!(reply, Reply::Failure(TransportFailure::Unreachable)), "{reply:?}");
    }
    assert!(began.elapsed() < Duration::from_secs(1));
    assert_eq!((peer.seen().connections, peer.seen().requests.len()), (3, 3));
    let health = of(&upstreams, AgencyId::AF);
    assert_eq!((health.breaker, health.health, health.failures_in_a_row), (BreakerState::Open, Health::CutOff, 3));
    assert_eq!((ended(&health, Ending::BrokenOff), ended(&health, Ending::CutOff)), (3, 100));
    // Why it is open is not hidden by what was not sent.
    assert_eq!(health.last_failure.unwrap().ending, Ending::BrokenOff);
}

#[tokio::test]
async fn a_half_open_breaker_lets_exactly_one_probe_through() {
    let authority = Authority::new();
    let (peer, upstreams) = opened(&authority).await;
    peer.behave(Behaviour::Respond(response("200 OK", "", "<svar/>")));
    pass(OPEN).await;
    let mut asked = JoinSet::new();
    for _ in 0..8 {
        let upstreams = upstreams.clone();
        asked.spawn(async move { send(&upstreams).await });
    }
    let replies = asked.join_all().await;
    let answered = replies.iter().filter(|reply| matches!(reply, Reply::Response(_))).count();
    assert_eq!((answered, peer.seen().requests.len()), (1, 4));
    // By its answer everybody asks again.
    assert_eq!(of(&upstreams, AgencyId::AF).health, Health::Answering);
    responded(send(&upstreams).await);
    assert_eq!(of(&upstreams, AgencyId::AF).breaker, BreakerState::Closed);
}

#[tokio::test]
async fn a_probe_that_fails_costs_one_question_its_part_and_nobody_else() {
    let authority = Authority::new();
    let (peer, upstreams) = opened(&authority).await;
    for probes in 1..=3 {
        pass(OPEN).await;
        let reply = send(&upstreams).await;
        assert!(matches!(reply, Reply::Failure(TransportFailure::BrokenOff)), "{reply:?}");
        let reply = send(&upstreams).await;
        assert!(matches!(reply, Reply::Failure(TransportFailure::Unreachable)), "{reply:?}");
        assert_eq!(peer.seen().requests.len(), 3 + probes);
    }
}

#[tokio::test]
async fn a_probe_that_is_given_up_leaves_its_place_to_the_next() {
    let authority = Authority::new();
    let (peer, upstreams) = opened(&authority).await;
    peer.behave(Behaviour::RespondAndHang(Vec::new()));
    pass(OPEN).await;
    let arrived = async {
        while peer.seen().requests.len() < 4 {
            tokio::task::yield_now().await;
        }
        assert_eq!(of(&upstreams, AgencyId::AF).breaker, BreakerState::HalfOpen);
    };
    tokio::select! {
        reply = send(&upstreams) => panic!("{reply:?}"),
        () = arrived => {}
    }
    peer.behave(Behaviour::Respond(response("200 OK", "", "")));
    responded(send(&upstreams).await);
}

#[tokio::test]
async fn a_gateways_error_opens_it_and_is_the_adapters_to_read_and_a_soap_fault_does_not() {
    let authority = Authority::new();
    for (status, state) in [("503 Oops", BreakerState::Open), ("500 Oops", BreakerState::Closed)] {
        let peer = Peer::start(&authority, Behaviour::Respond(response(status, "", "<fault/>"))).await;
        let upstreams = peer.upstreams_with(&authority, limits());
        for _ in 0..3 {
            assert_eq!(responded(send(&upstreams).await).body.as_slice(), b"<fault/>");
        }
        assert_eq!(of(&upstreams, AgencyId::AF).breaker, state, "{status}");
    }
}

#[tokio::test]
async fn an_agency_is_not_blamed_for_a_question_whose_time_is_nearly_over() {
    let authority = Authority::new();
    let peer = Peer::start(&authority, Behaviour::RespondAndHang(Vec::new())).await;
    let limits = UpstreamLimits { breaker_failures: 1, ..limits() };
    let hurried = peer.upstreams_with(&authority, limits);
    let deadline = Instant::now() + Duration::from_millis(100);
    let reply = hurried.send(AgencyId::AF, request(""), MAX, deadline, None).await;
    assert!(matches!(reply, Reply::Failure(TransportFailure::TimedOut)), "{reply:?}");
    let health = of(&hurried, AgencyId::AF);
    assert_eq!((health.breaker, ended(&health, Ending::TimedOut)), (BreakerState::Closed, 1));
    // It is for its own time.
    let patient = peer.upstreams_with(&authority, UpstreamLimits { timeout: Duration::from_millis(100), ..limits });
    send(&patient).await;
    assert_eq!(of(&patient, AgencyId::AF).breaker, BreakerState::Open);
}

#[tokio::test]
async fn one_agencys_open_breaker_is_no_others() {
    let authority = Authority::new();
    let failing = Peer::start(&authority, Behaviour::RespondAndClose(Vec::new())).await;
    let answering = Peer::start(&authority, Behaviour::Respond(response("200 OK", "", ""))).await;
    let tls = ClientTls::load(&authority.client(7)).unwrap();
    let csn = UpstreamSettings { agency: AgencyId::CSN, ..answering.settings(tls.clone(), limits()) };
    let upstreams = Upstreams::new(vec![failing.settings(tls, limits()), csn]).unwrap();
    for _ in 0..5 {
        send(&upstreams).await;
        responded(upstreams.send(AgencyId::CSN, request(""), MAX, later(), None).await);
    }
    let health = upstreams.health();
    let told: Vec<_> = health.iter().map(|one| (one.agency.as_str(), one.health.label())).collect();
    assert_eq!(told, [("AF", "cut-off"), ("CSN", "answering")]);
}

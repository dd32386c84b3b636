//! Who is believed, and who believes us.

use std::fs;

use rustls::SupportedProtocolVersion;
use rustls::version::{TLS12, TLS13};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use crate::peer::{Behaviour, Peer, request, response};
use crate::pki::Authority;
use crate::requests::{MAX, later, responded};
use ssbtx_core::{AgencyId, Reply, TransportFailure};
use ssbtx_upstream::{ClientTls, PemFiles, TlsFault, UpstreamLimits, UpstreamSettings, Upstreams};

#[tokio::test]
async fn the_upstreams_own_client_certificate_is_presented() {
    let authority = Authority::new();
    let peer = Peer::start(&authority, Behaviour::Respond(response("200 OK", "", ""))).await;
    let upstreams = |serial| {
        let tls = ClientTls::load(&authority.client(serial)).unwrap();
        Upstreams::new(vec![peer.settings(tls, UpstreamLimits::default())]).unwrap()
    };
    let (one, other) = (upstreams(7), upstreams(8));
    for upstreams in [&one, &other] {
        responded(upstreams.send(AgencyId::AF, request(""), MAX, later(), None).await);
    }
    let clients = peer.seen().clients;
    assert_eq!(clients.len(), 2);
    assert_ne!(clients[0], clients[1]);
}

#[tokio::test]
async fn a_server_that_does_not_take_our_certificate_is_unreachable() {
    let reply = refused(&TLS12).await;
    assert!(matches!(reply, Reply::Failure(TransportFailure::Unreachable)), "{reply:?}");
}

#[tokio::test]
async fn a_server_that_does_not_take_our_certificate_gives_no_response_in_tls_1_3_either() {
    // Its refusal comes after the handshake; whether the alert or the closed connection is noticed first is not ours to say.
    let reply = refused(&TLS13).await;
    let noticed = matches!(reply, Reply::Failure(TransportFailure::Unreachable | TransportFailure::BrokenOff));
    assert!(noticed, "{reply:?}");
}

#[tokio::test]
async fn a_server_of_another_authority_is_unreachable_and_gets_nothing() {
    let (authority, stranger) = (Authority::new(), Authority::new());
    let peer = Peer::start(&stranger, Behaviour::Respond(response("200 OK", "", ""))).await;
    let reply = peer.upstreams(&authority).send(AgencyId::AF, request(""), MAX, later(), None).await;
    assert!(matches!(reply, Reply::Failure(TransportFailure::Unreachable)), "{reply:?}");
    assert_eq!((peer.seen().connections, peer.seen().requests.len()), (0, 0));
}

#[tokio::test]
async fn a_server_with_the_name_of_another_host_is_unreachable() {
    let authority = Authority::new();
    let peer = Peer::start(&authority, Behaviour::Respond(response("200 OK", "", ""))).await;
    let tls = ClientTls::load(&authority.client(7)).unwrap();
    // The same machine under an address that its certificate does not name.
    let base_url = format!("https://127.0.0.2:{}/", peer.port).parse().unwrap();
    let settings = UpstreamSettings { base_url, ..peer.settings(tls, UpstreamLimits::default()) };
    let reply = Upstreams::new(vec![settings]).unwrap().send(AgencyId::AF, request(""), MAX, later(), None).await;
    assert!(matches!(reply, Reply::Failure(TransportFailure::Unreachable)), "{reply:?}");
}

#[tokio::test]
async fn nothing_is_sent_in_the_clear() {
    let authority = Authority::new();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let tls = ClientTls::load(&authority.client(7)).unwrap();
    let settings = UpstreamSettings {
        agency: AgencyId::AF,
        name: "base-service".parse().unwrap(),
        base_url: format!("https://{}/", listener.local_addr().unwrap()).parse().unwrap(),
        tls,
        limits: UpstreamLimits::default(),
    };
    let upstreams = Upstreams::new(vec![settings]).unwrap();
    let listening = async {
        let (mut tcp, _) = listener.accept().await.unwrap();
        // A second connection finds nobody.
        drop(listener);
        let mut first = [0; 1];
        tcp.read_exact(&mut first).await.unwrap();
        first[0]
    };
    let (first, reply) = tokio::join!(listening, upstreams.send(AgencyId::AF, request("<fraga/>"), MAX, later(), None));
    // 22 begins a TLS handshake: RFC 8446, section 5.1.
    assert_eq!(first, 22);
    assert!(matches!(reply, Reply::Failure(TransportFailure::Unreachable)), "{reply:?}");
}

#[test]
fn err_pem_files() {
    let authority = Authority::new();
    let good = authority.client(7);
    let empty = authority.file("empty.pem", "");
    let broken = authority.file("broken.pem", "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n");
    let others_key = authority.file("others.key", &fs::read_to_string(Authority::new().client(7).key).unwrap());
    let absent = authority.folder().join("absent.pem");
    let shown = |files| ClientTls::load(&files).unwrap_err().to_string();
    for file in [&empty, &broken] {
        let expected =
            format!("`{}` holds no certificate, or a broken one, expected one or more in PEM", file.display());
        assert_eq!(shown(PemFiles { roots: file.clone(), ..good.clone() }), expected);
        assert_eq!(shown(PemFiles { certificates: file.clone(), ..good.clone() }), expected);
    }
    let expected =
        format!("`{}` holds no private key, or a broken one, expected one in PEM without encryption", empty.display());
    assert_eq!(shown(PemFiles { key: empty, ..good.clone() }), expected);
    let expected = format!("private key in `{}` cannot be used with its client certificate", others_key.display());
    assert_eq!(shown(PemFiles { key: others_key, ..good.clone() }), expected);
    assert!(matches!(ClientTls::load(&PemFiles { key: absent, ..good }), Err(TlsFault::Read { .. })));
}

/// What comes of a request to a server that knows another authority for its clients.
async fn refused(version: &'static SupportedProtocolVersion) -> Reply {
    let (authority, stranger) = (Authority::new(), Authority::new());
    let peer = Peer::start_with(authority.server(&[version]), Behaviour::Respond(response("200 OK", "", ""))).await;
    let files = PemFiles { roots: authority.client(7).roots, ..stranger.client(7) };
    let settings = peer.settings(ClientTls::load(&files).unwrap(), UpstreamLimits::default());
    let reply = Upstreams::new(vec![settings]).unwrap().send(AgencyId::AF, request(""), MAX, later(), None).await;
    assert!(peer.seen().requests.is_empty());
    reply
}

//! Who is let in.

use std::net::SocketAddr;

use ssbtx_base_services::Agency;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::client::{Client, Protocol, connect};
use crate::pki::Authority;
use crate::questions::question;

/// Whether the server says anything to a client after the handshake.
async fn is_let_in(tls: &std::sync::Arc<rustls::ClientConfig>, address: SocketAddr) -> bool {
    let Ok(mut stream) = connect(tls, address).await else { return false };
    let request = b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    if stream.write_all(request).await.is_err() {
        return false;
    }
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.is_ok() && answer.starts_with(b"HTTP/1.1 404")
}

#[tokio::test]
async fn a_client_without_a_certificate_is_not_let_in() {
    let authority = Authority::new();
    let services = authority.start();
    for agency in Agency::ALL {
        let address = services.address(agency);
        assert!(!is_let_in(&authority.client(None, b"http/1.1"), address).await);
        assert_eq!((services.connections(agency), services.requests(agency)), (0, 0));
        assert!(is_let_in(&authority.client(Some(&authority.issue()), b"http/1.1"), address).await);
        assert_eq!((services.connections(agency), services.requests(agency)), (1, 1));
    }
}

#[tokio::test]
async fn a_client_of_another_authority_is_not_let_in() {
    let authority = Authority::new();
    let services = authority.start();
    let stranger = Authority::new().issue();
    assert!(!is_let_in(&authority.client(Some(&stranger), b"http/1.1"), services.address(Agency::Af)).await);
}

#[tokio::test]
async fn both_versions_of_http_are_spoken() {
    let authority = Authority::new();
    let services = authority.start();
    let person = services.cast().persons()[0].identity().to_owned();
    for agency in Agency::ALL {
        let mut bodies = Vec::new();
        for protocol in [Protocol::Http1, Protocol::Http2] {
            let answer = Client::of(&authority, protocol).ask(&services, agency, &question(agency, &person)).await;
            assert_eq!(answer.status, 200);
            bodies.push(answer.body);
        }
        assert_eq!(bodies[0], bodies[1]);
        assert_eq!((services.connections(agency), services.requests(agency)), (2, 2));
    }
}

#[tokio::test]
async fn stopping_frees_the_ports() {
    let authority = Authority::new();
    let services = authority.start();
    let addresses = Agency::ALL.map(|agency| services.address(agency));
    services.stop().await;
    let settings = Agency::ALL
        .into_iter()
        .zip(addresses)
        .fold(authority.settings(), |settings, (agency, address)| settings.with_port(agency, address.port()));
    let again = ssbtx_base_services::BaseServices::start(&settings).unwrap();
    assert_eq!(Agency::ALL.map(|agency| again.address(agency)), addresses);
}

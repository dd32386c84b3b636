//! What one client may take.

use std::time::Duration;

use ssbtx_admin::{Admin, AdminLimits, AdminNotStarted};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::operating::Operated;
use crate::place::Place;
use crate::sample::Sample;

fn short() -> AdminLimits {
    let short = Duration::from_millis(50);
    AdminLimits { handshake_timeout: short, header_timeout: short, ..AdminLimits::default() }
}

#[tokio::test]
async fn a_client_that_is_silent_is_let_go() {
    let place = Place::new(
        Sample::new(),
        AdminLimits { handshake_timeout: Duration::from_millis(50), ..AdminLimits::default() },
    )
    .await;
    let mut without_handshake = TcpStream::connect(place.admin.address()).await.unwrap();
    assert_eq!(without_handshake.read(&mut [0; 1]).await.unwrap(), 0);
    let place =
        Place::new(Sample::new(), AdminLimits { header_timeout: Duration::from_millis(50), ..AdminLimits::default() })
            .await;
    let mut without_request = place.connect(place.operator()).await.unwrap();
    without_request.write_all(b"GET /metr").await.unwrap();
    let mut rest = Vec::new();
    // Closed, in whichever way the time-out found it.
    let _ = without_request.read_to_end(&mut rest).await;
    assert!(!rest.starts_with(b"HTTP/1.1 200"));
}

#[tokio::test]
async fn a_connection_carries_one_request() {
    let place = Place::new(Sample::new(), AdminLimits::default()).await;
    let mut stream = place.connect(place.operator()).await.unwrap();
    let request = b"GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n";
    stream.write_all(&[request.as_slice(), request].concat()).await.unwrap();
    let mut answers = Vec::new();
    let _ = stream.read_to_end(&mut answers).await;
    let answers = String::from_utf8(answers).unwrap();
    assert_eq!(answers.matches("HTTP/1.1 200").count(), 1);
}

#[tokio::test]
async fn a_body_is_not_waited_for() {
    let place = Place::new(Sample::new(), AdminLimits::default()).await;
    let mut stream = place.connect(place.operator()).await.unwrap();
    stream.write_all(b"GET /livez HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000000\r\n\r\nx").await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    assert!(answer.starts_with(b"HTTP/1.1 200"));
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let place = Place::new(Sample::new(), AdminLimits::default()).await;
    let mut stream = place.connect(place.operator()).await.unwrap();
    let head = format!("GET /livez HTTP/1.1\r\nhost: localhost\r\nx: {}\r\n\r\n", "x".repeat(64 * 1024));
    // It may be refused before it is sent to its end.
    let _ = stream.write_all(head.as_bytes()).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    assert!(!answer.starts_with(b"HTTP/1.1 200"));
}

#[tokio::test]
async fn connections_beyond_the_limit_wait_until_one_is_free() {
    let limits = AdminLimits { connections: 1, ..short() };
    let place = Place::new(Sample::new(), limits).await;
    let first = TcpStream::connect(place.admin.address()).await.unwrap();
    // It is answered once the silent one before it is let go.
    assert_eq!(place.get("/livez").await.status, 200);
    drop(first);
}

#[tokio::test]
async fn a_listener_with_a_limit_out_of_its_range_does_not_start() {
    let place = Place::new(Sample::new(), AdminLimits::default()).await;
    let settings = place.settings(AdminLimits { connections: 0, ..AdminLimits::default() });
    let refused = Admin::start(settings, std::sync::Arc::new(Sample::new()), std::sync::Arc::new(Operated::default()))
        .await
        .unwrap_err();
    assert!(matches!(refused, AdminNotStarted::Limit("connections")));
}

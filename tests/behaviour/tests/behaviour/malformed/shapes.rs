//! Messages that two readers of HTTP could read as two things, or that never end: the host answers one question or none, and closes what it cannot be sure of.

use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::aws_lc_rs;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use ssbtx_stage::questions::Asking;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::watch::GoodClient;
use crate::play::{ALVAR, Play};

/// What may come back to a message, by the statuses of the responses in their order; an empty list is a connection that is closed without a word.
struct Shape {
    name: &'static str,
    message: Vec<u8>,
    statuses: &'static [&'static [u16]],
}

#[tokio::test]
async fn a_message_that_can_be_read_in_two_ways_is_answered_in_none_that_a_second_reader_could_not_see() {
    let play = Play::begin();
    let good = GoodClient::begin(&play);
    let mut wrong = Vec::new();
    for Shape { name, message, statuses } in shapes() {
        let received = exchange(&play, &message).await;
        let found = statuses_of(&received);
        if !statuses.contains(&found.as_slice()) {
            wrong.push(format!("{name}: expected one of {statuses:?}, found {found:?} in\n{received}"));
        }
        // Whoever asks in order is answered about the person.
        assert!(found == [200] || !received.contains(ALVAR), "{name}: {received}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(good.end().await > 0);
    let logged = play.host.logged().unwrap();
    assert!(!logged.contains(ALVAR) && !logged.contains("panicked"), "{logged}");
}

#[tokio::test]
async fn whoever_sends_slowly_holds_nobody_else_up_and_is_let_go() {
    let play = Play::begin();
    let good = GoodClient::begin(&play);
    let question = Asking::about(ALVAR).to_json().to_string();
    let head = format!(
        "POST /v1/questions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {}\r\n",
        question.len()
    );
    let beginnings = [
        "P".to_owned(),
        "POST /v1/questions HTTP/1.1\r\n".to_owned(),
        format!("{head}x-slow: "),
        head.clone(),
        format!("{head}\r\n"),
        format!("{head}\r\n{}", &question[..question.len() / 2]),
    ];
    let waits = beginnings.iter().map(|beginning| async {
        let mut stream = connect(&play).await;
        stream.write_all(beginning.as_bytes()).await.unwrap();
        let mut received = Vec::new();
        // Until the host closes: a client that may hold its place for ever would never come here.
        timeout(Duration::from_mins(1), stream.read_to_end(&mut received)).await.unwrap().ok();
        statuses_of(&String::from_utf8_lossy(&received))
    });
    for (statuses, beginning) in futures::future::join_all(waits).await.into_iter().zip(&beginnings) {
        assert!(statuses.is_empty() || statuses == [408], "{beginning}: {statuses:?}");
    }
    assert!(good.end().await > 0);
    assert!(!play.host.logged().unwrap().contains(ALVAR));
}

/// One good question as a message, its head altered.
fn message(head: &str) -> Vec<u8> {
    let body = Asking::about(ALVAR).including(&["MIV"]).to_json().to_string();
    let head = head.replace("LENGTH", &body.len().to_string());
    [head.as_bytes(), b"\r\n", body.as_bytes()].concat()
}

fn shapes() -> Vec<Shape> {
    const POST: &str =
        "POST /v1/questions HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\n";
    const REFUSED: &[&[u16]] = &[&[400], &[]];
    /// A body that breaks off has not arrived whole, and is told so.
    const NOT_WHOLE: &[&[u16]] = &[&[408], &[400], &[]];
    let smuggled = "GET /v1/policies HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let with = |name, headers: &str, statuses| Shape { name, message: message(&format!("{POST}{headers}")), statuses };
    let raw = |name, text: &str, statuses| Shape { name, message: text.as_bytes().to_vec(), statuses };
    let get = |name, line: &str, statuses| {
        raw(name, &format!("{line}\r\nhost: localhost\r\nconnection: close\r\n\r\n"), statuses)
    };
    let header = |name, header: &str, statuses| {
        raw(
            name,
            &format!("GET /v1/api-info HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{header}\r\n\r\n"),
            statuses,
        )
    };
    vec![
        with("in order", "content-length: LENGTH\r\n", &[&[200]]),
        with("two lengths that differ", "content-length: LENGTH\r\ncontent-length: 1\r\n", REFUSED),
        with("two lengths in one", "content-length: LENGTH, 1\r\n", REFUSED),
        with("a negative length", "content-length: -1\r\n", REFUSED),
        with("a length with a plus", "content-length: +5\r\n", REFUSED),
        with("a length in hexadecimal", "content-length: 0x10\r\n", REFUSED),
        with("a length beyond all", "content-length: 99999999999999999999999\r\n", REFUSED),
        with("a length of letters", "content-length: many\r\n", REFUSED),
        with("no length", "", &[&[400], &[400, 400], &[]]),
        with("chunks that are none", "transfer-encoding: chunked\r\n", NOT_WHOLE),
        with("chunks under another name", "transfer-encoding: xchunked\r\n", REFUSED),
        with("chunks twice", "transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n", REFUSED),
        with("chunks before another coding", "transfer-encoding: chunked, gzip\r\n", REFUSED),
        with("a length before a colon", "content-length : LENGTH\r\n", REFUSED),
        with("a name with a space", "x y: z\r\n", REFUSED),
        with("a line that goes on", "x: y\r\n z\r\n", REFUSED),
        with("no colon", "content-length\r\n", REFUSED),
        with("a NUL in a value", "x: \0\r\n", REFUSED),
        with("a bare line feed in a value", "x: y\rz\r\n", REFUSED),
        with("a hundred thousand headers", &"x: y\r\n".repeat(100_000), &[&[431], &[]]),
        with("a header without end", &format!("x: {}\r\n", "y".repeat(1_000_000)), &[&[431], &[]]),
        with("a name without end", &format!("{}: y\r\n", "x".repeat(1_000_000)), &[&[431], &[400], &[]]),
        raw(
            "a length and chunks",
            &format!("{POST}content-length: 6\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n{smuggled}"),
            REFUSED,
        ),
        raw(
            "chunks and a length",
            &format!("{POST}transfer-encoding: chunked\r\ncontent-length: 6\r\n\r\n0\r\n\r\n{smuggled}"),
            REFUSED,
        ),
        raw(
            "a chunk that is too large",
            &format!("{POST}transfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n"),
            NOT_WHOLE,
        ),
        raw("a chunk of negative size", &format!("{POST}transfer-encoding: chunked\r\n\r\n-1\r\n\r\n"), NOT_WHOLE),
        raw(
            "a chunk that is longer than it says",
            &format!("{POST}transfer-encoding: chunked\r\n\r\n1\r\n{{}}\r\n0\r\n\r\n"),
            NOT_WHOLE,
        ),
        raw(
            "chunks that never end",
            &format!("{POST}transfer-encoding: chunked\r\n\r\n{}", "1\r\n \r\n".repeat(400_000)),
            &[&[413], &[408]],
        ),
        get(
            "another's absolute address",
            "GET https://other.example/v1/api-info HTTP/1.1",
            &[&[200], &[400], &[404], &[421]],
        ),
        get("the whole server", "OPTIONS * HTTP/1.1", &[&[400], &[404], &[405]]),
        get("a tunnel", "CONNECT other.example:443 HTTP/1.1", &[&[400], &[404], &[405], &[]]),
        get("a version of its own", "GET /v1/api-info HTTP/3.0", REFUSED),
        get("a version without number", "GET /v1/api-info HTTP/x.y", REFUSED),
        get("no version", "GET /v1/api-info", REFUSED),
        get("a path with a space", "GET /v1/api info HTTP/1.1", REFUSED),
        get("a path with NUL", "GET /v1/\0 HTTP/1.1", REFUSED),
        get("a path of other letters", "GET /v1/å HTTP/1.1", &[&[400], &[404], &[]]),
        get("a path without end", &format!("GET /{} HTTP/1.1", "x".repeat(70_000)), &[&[414], &[400], &[431], &[]]),
        get("a method of nobody's", "GE\u{0}T /v1/api-info HTTP/1.1", REFUSED),
        raw(
            "bare line feeds",
            "GET /v1/api-info HTTP/1.1\nhost: localhost\nconnection: close\n\n",
            &[&[200], &[400], &[]],
        ),
        raw("no host", "GET /v1/api-info HTTP/1.1\r\nconnection: close\r\n\r\n", &[&[200], &[400]]),
        raw("the first bytes of TLS within TLS", "\x16\x03\x01\x02", REFUSED),
        raw("another protocol", "EHLO localhost\r\n", REFUSED),
        header("two hosts", "host: other.example", &[&[200], &[400]]),
        header("an upgrade in the clear", "upgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__", &[&[200], &[400]]),
        header("an upgrade to WebSocket", "upgrade: websocket\r\nsec-websocket-key: x", &[&[200], &[400]]),
        header("what nobody can promise", "expect: the-moon", &[&[200], &[417]]),
        header("a trace of nonsense", "traceparent: 00-zz-zz-zz", &[&[200]]),
        header("a trace without end", &format!("traceparent: {}", "0".repeat(8_000)), &[&[200], &[431]]),
    ]
}

async fn connect(play: &Play) -> TlsStream<TcpStream> {
    let mut roots = RootCertStore::empty();
    for root in CertificateDer::pem_file_iter(&play.pki.host_roots).unwrap() {
        roots.add(root.unwrap()).unwrap();
    }
    let identity = &play.pki.ekonomiskt_bistand;
    let chain = CertificateDer::pem_file_iter(&identity.chain).unwrap().collect::<Result<_, _>>().unwrap();
    let config = ClientConfig::builder_with_provider(aws_lc_rs::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_client_auth_cert(chain, PrivateKeyDer::from_pem_file(&identity.key).unwrap())
        .unwrap();
    let stream = TcpStream::connect(play.host.address()).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, stream).await.unwrap()
}

/// Sends a message and gives all that comes back until the host closes.
async fn exchange(play: &Play, message: &[u8]) -> String {
    let (mut from, mut to) = tokio::io::split(connect(play).await);
    // The host may close before all of it is sent.
    let sending = async {
        to.write_all(message).await.ok();
        to.flush().await.ok();
    };
    let mut received = Vec::new();
    let receiving = timeout(Duration::from_secs(30), from.read_to_end(&mut received));
    let ((), closed) = tokio::join!(sending, receiving);
    // Without a word or with an error: what matters is that it does.
    closed.unwrap().ok();
    String::from_utf8_lossy(&received).into_owned()
}

/// The statuses of the responses in a text, in their order.
fn statuses_of(received: &str) -> Vec<u16> {
    let lines = received.split("HTTP/1.").skip(1);
    lines.filter_map(|line| line.split(' ').nth(1)?.get(..3)?.parse().ok()).collect()
}

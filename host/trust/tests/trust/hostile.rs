//! A server that means harm can withhold a repository and do nothing else.

use std::fs;
use std::io;
use std::time::Duration;

use ssbtx_trust::{FetchFault, HttpsLimits, Mismatch, NotTrusted, fingerprint};
use tokio::net::TcpListener;

use crate::peer::{Misdeed, Peer};
use crate::pki::Authority;
use crate::server::{Server, Twist, source};
use crate::stage::Stage;

const TIMESTAMP: &str = "metadata/timestamp.json";
const NEXT_ROOT: &str = "metadata/2.root.json";

/// Why the repository is refused when the server does this with one file.
async fn refused(stage: &mut Stage, file: &str, misdeed: Misdeed) -> NotTrusted {
    let authority = Authority::new();
    let peer = Peer::start(&authority, stage.repository.directory(), file, misdeed).await;
    stage.settings.source = source(peer.port, &authority, HttpsLimits::default()).into();
    let refusal = stage.refusal().await;
    assert_eq!(peer.asked().last().map(String::as_str), Some(file), "nothing is asked for after a refusal");
    refusal
}

/// Why it is refused when the server is this slow with the first file that is read.
async fn given_up(misdeed: Misdeed) -> NotTrusted {
    let (authority, mut stage) = (Authority::new(), Stage::new());
    let peer = Peer::start(&authority, stage.repository.directory(), NEXT_ROOT, misdeed).await;
    let limits = HttpsLimits { file_timeout: Duration::from_millis(500), ..HttpsLimits::default() };
    stage.settings.source = source(peer.port, &authority, limits).into();
    stage.refusal().await
}

fn response(status: &str, headers: &str, body: &str) -> Misdeed {
    Misdeed::Send(format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}", body.len()).into_bytes())
}

fn is_fetch_fault(refusal: &NotTrusted, of: &str, expected: FetchFault) -> bool {
    matches!(refusal, NotTrusted::NotFetched { file, fault } if file == of && *fault == expected)
}

macro_rules! assert_fetch_fault {
    ($refusal:expr, $file:expr, $fault:expr) => {{
        let refusal = $refusal;
        assert!(is_fetch_fault(&refusal, $file, $fault), "refused for another reason: {refusal:?}");
    }};
}

#[tokio::test]
async fn an_endless_body_ends_at_the_limit() {
    let mut stage = Stage::new();
    for file in [TIMESTAMP, NEXT_ROOT] {
        let refusal = refused(&mut stage, file, Misdeed::BodyForever).await;
        let limit = stage.settings.limits.max_metadata_bytes;
        assert!(
            matches!(&refusal, NotTrusted::OverLimit { what, limit: at } if what == file && *at == limit),
            "{refusal:?}"
        );
    }
}

#[tokio::test]
async fn an_endless_body_ends_at_the_limit_in_http_2_too() {
    let (authority, mut stage) = (Authority::new(), Stage::new());
    let server = Server::start(&authority, &["h2"], stage.repository.directory(), Twist::Endless(TIMESTAMP)).await;
    stage.settings.source = server.source(&authority).into();
    assert!(matches!(stage.refusal().await, NotTrusted::OverLimit { what, .. } if what == TIMESTAMP));
}

#[tokio::test]
async fn a_body_that_is_announced_over_the_limit_is_not_read() {
    let mut stage = Stage::new();
    let misdeed = Misdeed::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n".to_vec());
    let refusal = refused(&mut stage, TIMESTAMP, misdeed).await;
    assert!(matches!(&refusal, NotTrusted::OverLimit { what, .. } if what == TIMESTAMP), "{refusal:?}");
}

#[tokio::test]
async fn a_limit_holds_before_a_signed_length_is_believed() {
    let mut stage = Stage::new();
    let file = stage.repository.metadata_file("snapshot").unwrap();
    stage.settings.limits.max_metadata_bytes = fs::metadata(&file).unwrap().len() - 1;
    // The other files are as large; the timestamp alone is read before.
    let authority = Authority::new();
    let server = Server::start(&authority, &["http/1.1"], stage.repository.directory(), Twist::None).await;
    stage.settings.source = server.source(&authority).into();
    stage.settings.trusted_root = stage.repository.root_bytes().to_vec();
    assert!(matches!(stage.refusal().await, NotTrusted::OverLimit { what, .. } if what == "metadata/1.snapshot.json"));
}

#[tokio::test]
async fn a_body_longer_than_signed_is_refused() {
    let mut stage = Stage::new();
    let signed = fs::metadata(stage.repository.metadata_file("snapshot").unwrap()).unwrap().len();
    let body = "x".repeat(usize::try_from(signed).unwrap() + 1);
    let refusal = refused(&mut stage, "metadata/1.snapshot.json", response("200 OK", "", &body)).await;
    assert!(
        matches!(&refusal, NotTrusted::Tampered { mismatch: Mismatch::Longer { expected }, .. } if *expected == signed),
        "{refusal:?}"
    );
}

#[tokio::test]
async fn a_body_shorter_than_announced_is_refused() {
    let mut stage = Stage::new();
    let misdeed = Misdeed::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{}".to_vec());
    assert_fetch_fault!(refused(&mut stage, TIMESTAMP, misdeed).await, TIMESTAMP, FetchFault::BrokenOff);
}

#[tokio::test]
async fn a_body_that_stalls_is_given_up_after_the_time_for_one_file() {
    assert_fetch_fault!(given_up(Misdeed::Stall).await, NEXT_ROOT, FetchFault::TimedOut);
}

#[tokio::test]
async fn a_body_that_drips_is_given_up_after_the_time_for_one_file() {
    assert_fetch_fault!(given_up(Misdeed::Drip).await, NEXT_ROOT, FetchFault::TimedOut);
}

#[tokio::test]
async fn a_load_is_given_up_after_its_time_however_its_files_come() {
    let (authority, mut stage) = (Authority::new(), Stage::new());
    let peer = Peer::start(&authority, stage.repository.directory(), TIMESTAMP, Misdeed::Drip).await;
    stage.settings.source = source(peer.port, &authority, HttpsLimits::default()).into();
    stage.settings.limits.max_load_time = Duration::from_secs(2);
    let refusal = stage.refusal().await;
    assert_eq!(
        refusal.to_string(),
        "`seconds of one load` of the repository is over the host's limit, expected at most 2"
    );
}

#[tokio::test]
async fn a_redirection_is_not_followed() {
    let mut stage = Stage::new();
    for (status, number) in [("301 Moved", 301), ("302 Found", 302), ("307 Temporary", 307), ("308 Permanent", 308)] {
        let misdeed = response(status, "location: /base/metadata/1.root.json\r\n", "");
        assert_fetch_fault!(refused(&mut stage, TIMESTAMP, misdeed).await, TIMESTAMP, FetchFault::Status(number));
    }
}

#[tokio::test]
async fn a_root_that_cannot_be_read_is_no_absence() {
    let mut stage = Stage::new();
    for (status, number) in [("500 Broken", 500), ("403 Forbidden", 403), ("410 Gone", 410), ("204 Nothing", 204)] {
        let refusal = refused(&mut stage, NEXT_ROOT, response(status, "", "")).await;
        assert_fetch_fault!(refusal, NEXT_ROOT, FetchFault::Status(number));
    }
    let broken = Misdeed::Send(b"garbage".to_vec());
    assert_fetch_fault!(refused(&mut stage, NEXT_ROOT, broken).await, NEXT_ROOT, FetchFault::BrokenOff);
}

#[tokio::test]
async fn half_a_file_is_no_file() {
    let mut stage = Stage::new();
    let misdeed = response("206 Partial Content", "content-range: bytes 0-1/2\r\n", "{}");
    assert_fetch_fault!(refused(&mut stage, TIMESTAMP, misdeed).await, TIMESTAMP, FetchFault::Status(206));
}

#[tokio::test]
async fn a_timestamp_that_is_not_there_is_missed() {
    let mut stage = Stage::new();
    let refusal = refused(&mut stage, TIMESTAMP, response("404 Not Found", "", "{}")).await;
    assert!(
        matches!(&refusal, NotTrusted::Unreadable { file, kind: io::ErrorKind::NotFound } if file == TIMESTAMP),
        "{refusal:?}"
    );
}

#[tokio::test]
async fn a_flood_of_headers_is_stopped() {
    let mut stage = Stage::new();
    assert_fetch_fault!(refused(&mut stage, TIMESTAMP, Misdeed::HeadForever).await, TIMESTAMP, FetchFault::LongHead);
    let many = "x-again: and-again\r\n".repeat(65);
    let refusal = refused(&mut stage, TIMESTAMP, Misdeed::SendWithHead(many)).await;
    assert_fetch_fault!(refusal, TIMESTAMP, FetchFault::LongHead);
}

#[tokio::test]
async fn a_flood_of_headers_is_stopped_in_http_2_too() {
    let (authority, mut stage) = (Authority::new(), Stage::new());
    let server = Server::start(&authority, &["h2"], stage.repository.directory(), Twist::ManyHeaders(TIMESTAMP)).await;
    stage.settings.source = server.source(&authority).into();
    assert_fetch_fault!(stage.refusal().await, TIMESTAMP, FetchFault::BrokenOff);
}

#[tokio::test]
async fn nothing_is_unpacked() {
    let mut stage = Stage::new();
    let refusal =
        refused(&mut stage, TIMESTAMP, response("200 OK", "content-encoding: gzip\r\n", "\u{1f}{8b}{8}")).await;
    assert!(matches!(&refusal, NotTrusted::Malformed { file, .. } if file == TIMESTAMP), "{refusal:?}");
}

#[tokio::test]
async fn a_server_that_the_roots_do_not_vouch_for_is_told_nothing() {
    let (authority, stranger, mut stage) = (Authority::new(), Authority::new(), Stage::new());
    let server = Server::start(&stranger, &["h2"], stage.repository.directory(), Twist::None).await;
    stage.settings.source = server.source(&authority).into();
    assert_fetch_fault!(stage.refusal().await, NEXT_ROOT, FetchFault::Certificate);
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_server_with_the_name_of_another_is_told_nothing() {
    let (authority, mut stage) = (Authority::new(), Stage::new());
    let server = Server::start(&authority, &["h2"], stage.repository.directory(), Twist::None).await;
    // The same machine under a name that its certificate does not hold.
    let url = format!("https://localhost:{}/base", server.port).parse().unwrap();
    stage.settings.source =
        ssbtx_trust::HttpsSource::new(url, &authority.pem(), HttpsLimits::default()).unwrap().into();
    assert!(is_fetch_fault(&fingerprint(&stage.settings).await.unwrap_err(), TIMESTAMP, FetchFault::Certificate));
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_server_that_accepts_and_says_nothing_is_given_up_after_the_time_for_connecting() {
    let (authority, mut stage) = (Authority::new(), Stage::new());
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let limits = HttpsLimits { connect_timeout: Duration::from_millis(200), ..HttpsLimits::default() };
    stage.settings.source = source(silent.local_addr().unwrap().port(), &authority, limits).into();
    assert_fetch_fault!(stage.refusal().await, NEXT_ROOT, FetchFault::Unreachable);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unreachable() {
    let (authority, mut stage) = (Authority::new(), Stage::new());
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    stage.settings.source = source(free, &authority, HttpsLimits::default()).into();
    assert_fetch_fault!(stage.refusal().await, NEXT_ROOT, FetchFault::Unreachable);
    assert!(is_fetch_fault(&fingerprint(&stage.settings).await.unwrap_err(), TIMESTAMP, FetchFault::Unreachable));
}

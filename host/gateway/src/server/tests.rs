mod admitting;
mod http_2;
mod revocation;

use std::sync::atomic::Ordering;

use bytes::Bytes;
use http::{Request, StatusCode, Version};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use ssbtx_core::IdentityCheck;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::*;
use crate::case_gate::CaseRegister;
use crate::sample::{self, Clerk, Still};
use crate::tls::{ServerPem, ServerTls};

/// A gateway with its own authority, and a client that the authority vouches for.
struct Stage {
    gateway: Gateway,
    clerk: Arc<Clerk>,
    authority: CertifiedIssuer<'static, KeyPair>,
    roots: RootCertStore,
    client: (CertificateDer<'static>, String),
}

/// TLS with a server certificate of its own, which it gives as well.
fn server_tls(
    authority: &CertifiedIssuer<'static, KeyPair>,
    client_roots: &str,
) -> (ServerTls, CertificateDer<'static>) {
    let key = KeyPair::generate().unwrap();
    let server = CertificateParams::new(vec!["localhost".to_owned()]).unwrap().signed_by(&key, authority).unwrap();
    let (certificates, key) = (server.pem(), key.serialize_pem());
    let pem =
        ServerPem { certificates: certificates.as_bytes(), key: key.as_bytes(), client_roots: client_roots.as_bytes() };
    (ServerTls::from_pem(&pem).unwrap(), server.der().clone())
}

impl Stage {
    async fn new(limits: GatewayLimits, clerk: Clerk) -> Self {
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
        let client_key = KeyPair::generate().unwrap();
        let mut client = CertificateParams::new(Vec::new()).unwrap();
        client.distinguished_name.push(DnType::CustomDnType(vec![2, 5, 4, 5]), "162020000001");
        let client = client.signed_by(&client_key, &authority).unwrap();
        let settings = GatewaySettings {
            listen: "127.0.0.1:0".parse().unwrap(),
            tls: server_tls(&authority, &authority.pem()).0,
            consumers: sample::consumers(client.der(), &[]),
            identity_check: IdentityCheck::DateAndCheckDigit,
            limits,
            open_cases: CaseRegister::NotKept,
        };
        let clerk = Arc::new(clerk);
        let broker: Arc<dyn Answering> = Arc::<Clerk>::clone(&clerk);
        let gateway = Gateway::start(settings, broker, Arc::new(Still)).await.unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(authority.der().clone()).unwrap();
        Self { gateway, clerk, authority, roots, client: (client.der().clone(), client_key.serialize_pem()) }
    }

    fn config(&self, protocol: &[u8]) -> ClientConfig {
        let (certificate, key) = &self.client;
        let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
        let mut config = builder()
            .with_root_certificates(self.roots.clone())
            .with_client_auth_cert(vec![certificate.clone()], key)
            .unwrap();
        config.alpn_protocols = vec![protocol.to_vec()];
        config
    }

    async fn connect(&self, config: ClientConfig) -> io::Result<TlsStream<TcpStream>> {
        let stream = TcpStream::connect(self.gateway.address()).await?;
        TlsConnector::from(Arc::new(config)).connect(ServerName::try_from("localhost").unwrap(), stream).await
    }
}

fn builder() -> rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap()
}

fn question() -> Request<Full<Bytes>> {
    let body = sample::question_body("162020000001").to_string();
    Request::post("https://localhost/v1/questions")
        .header("host", "localhost")
        .header("content-type", "application/json")
        .body(Full::from(body))
        .unwrap()
}

#[tokio::test]
async fn a_question_is_answered_over_http_1_and_http_2() {
    let stage = Stage::new(GatewayLimits::default(), Clerk::new()).await;
    let stream = TokioIo::new(stage.connect(stage.config(b"http/1.1")).await.unwrap());
    let (mut sender, connection) = http1::handshake(stream).await.unwrap();
    tokio::spawn(connection);
    let response = sender.send_request(question()).await.unwrap();
    assert_eq!((response.status(), response.version()), (StatusCode::OK, Version::HTTP_11));
    let stream = TokioIo::new(stage.connect(stage.config(b"h2")).await.unwrap());
    let (mut sender, connection) = http2::handshake(TokioExecutor::new(), stream).await.unwrap();
    tokio::spawn(connection);
    let response = sender.send_request(question()).await.unwrap();
    assert_eq!((response.status(), response.version()), (StatusCode::OK, Version::HTTP_2));
    let body = response.into_body().collect().await.unwrap().to_bytes();
    assert!(str::from_utf8(&body).unwrap().contains("\"state\":\"answered\""));
}

#[tokio::test]
async fn nobody_gets_in_without_a_certificate_or_with_one_of_another_authority() {
    let stage = Stage::new(GatewayLimits::default(), Clerk::new()).await;
    let strange = Stage::new(GatewayLimits::default(), Clerk::new()).await;
    let without = builder().with_root_certificates(stage.roots.clone()).with_no_client_auth();
    let (certificate, key) = &strange.client;
    let with_another = builder()
        .with_root_certificates(stage.roots.clone())
        .with_client_auth_cert(vec![certificate.clone()], PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap())
        .unwrap();
    for config in [without, with_another] {
        // In TLS 1.3 the client has finished before the server refuses it: it reads the refusal.
        let refused = match stage.connect(config).await {
            Ok(mut stream) => stream.read_u8().await.is_err(),
            Err(_) => true,
        };
        assert!(refused);
    }
}

#[tokio::test]
async fn a_client_that_is_silent_is_let_go() {
    let short = Duration::from_millis(50);
    let limits = GatewayLimits {
        handshake_timeout: short,
        header_timeout: short,
        idle_timeout: short,
        ..GatewayLimits::default()
    };
    let stage = Stage::new(limits, Clerk::new()).await;
    let mut without_handshake = TcpStream::connect(stage.gateway.address()).await.unwrap();
    assert_eq!(without_handshake.read(&mut [0; 1]).await.unwrap(), 0);
    for protocol in [b"http/1.1".as_slice(), b"h2"] {
        let mut silent = stage.connect(stage.config(protocol)).await.unwrap();
        let mut sent = Vec::new();
        // Whatever the server says first, it ends the connection.
        drop(silent.read_to_end(&mut sent).await);
    }
}

#[tokio::test]
async fn a_connection_over_the_limit_waits_until_one_is_free() {
    let stage = Stage::new(GatewayLimits { connections: 1, ..GatewayLimits::default() }, Clerk::new()).await;
    let first = stage.connect(stage.config(b"http/1.1")).await.unwrap();
    let second = stage.connect(stage.config(b"http/1.1"));
    let mut second = std::pin::pin!(second);
    assert!(timeout(Duration::from_millis(100), second.as_mut()).await.is_err());
    drop(first);
    assert!(second.await.is_ok());
}

#[tokio::test]
async fn a_question_under_way_is_answered_before_the_gateway_stops() {
    let stage = Stage::new(GatewayLimits::default(), Clerk::waiting()).await;
    let address = stage.gateway.address();
    let stream = TokioIo::new(stage.connect(stage.config(b"http/1.1")).await.unwrap());
    let (mut sender, connection) = http1::handshake(stream).await.unwrap();
    tokio::spawn(connection);
    let response = tokio::spawn(async move { sender.send_request(question()).await });
    while stage.clerk.asked.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    let stopping = tokio::spawn(stage.gateway.shutdown());
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(!stopping.is_finished());
    stage.clerk.may_answer.add_permits(1);
    assert_eq!(response.await.unwrap().unwrap().status(), StatusCode::OK);
    stopping.await.unwrap();
}

#[tokio::test]
async fn an_old_connection_is_closed_though_the_client_would_keep_it() {
    let (short, long) = (Duration::from_millis(50), Duration::from_mins(1));
    let limits = GatewayLimits { connection_age: short, header_timeout: long, ..GatewayLimits::default() };
    let stage = Stage::new(limits, Clerk::new()).await;
    let mut stream = stage.connect(stage.config(b"http/1.1")).await.unwrap();
    assert_eq!(timeout(long / 2, stream.read(&mut [0; 1])).await.unwrap().unwrap_or_default(), 0);
    // A client of HTTP/2 is told to go away, and goes.
    let stream = TokioIo::new(stage.connect(stage.config(b"h2")).await.unwrap());
    let (_sender, connection) = http2::handshake::<_, _, Full<Bytes>>(TokioExecutor::new(), stream).await.unwrap();
    timeout(long / 2, connection).await.unwrap().unwrap();
}

/// What the server sends to these bytes over HTTP/1.1 until it closes the connection.
async fn raw(stage: &Stage, request: &str) -> String {
    let mut stream = stage.connect(stage.config(b"http/1.1")).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer).await);
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn a_request_has_one_meaning_or_none() {
    let stage = Stage::new(GatewayLimits::default(), Clerk::new()).await;
    let close = "connection: close\r\n";
    for (request, status) in [
        // The path decides, whatever host a request names, twice or as a proxy would.
        (format!("GET https://elsewhere/v1/api-info HTTP/1.1\r\nhost: a\r\nhost: b\r\n{close}\r\n"), "200"),
        (format!("GET //v1/api-info HTTP/1.1\r\nhost: a\r\n{close}\r\n"), "404"),
        (format!("GET /v1/../v1/api-info HTTP/1.1\r\nhost: a\r\n{close}\r\n"), "404"),
        (format!("OPTIONS * HTTP/1.1\r\nhost: a\r\n{close}\r\n"), "404"),
        (format!("CONNECT elsewhere:443 HTTP/1.1\r\nhost: a\r\n{close}\r\n"), "404"),
        // Two lengths, or a head that some would end elsewhere.
        ("POST /v1/questions HTTP/1.1\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\n{}  ".to_owned(), "400"),
        ("POST /v1/questions HTTP/1.1\r\ncontent-length: +2\r\n\r\n{}".to_owned(), "400"),
        ("POST /v1/questions HTTP/1.1\r\ntransfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n".to_owned(), "400"),
        ("POST /v1/questions HTTP/1.1\r\ntransfer-encoding : chunked\r\n\r\n0\r\n\r\n".to_owned(), "400"),
        ("GET /v1/api-info HTTP/1.1\r\na: b\r\n c: d\r\n\r\n".to_owned(), "400"),
        ("GET /v1/api-info HTTP/3.0\r\n\r\n".to_owned(), "400"),
        (format!("GET /v1/api-info HTTP/1.1\r\na: {}\r\n\r\n", "a".repeat(20_000)), "431"),
    ] {
        let answer = raw(&stage, &request).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{request:.80}: {answer}");
        assert_eq!(answer.matches("HTTP/1.").count(), 1, "{request:.80}: {answer}");
    }
    assert_eq!(stage.clerk.asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_however_it_comes() {
    let limits = GatewayLimits { body_bytes: 1024, ..GatewayLimits::default() };
    let stage = Stage::new(limits, Clerk::new()).await;
    let head = "POST /v1/questions HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\nconnection: close\r\n";
    let chunk = format!("200\r\n{}\r\n", " ".repeat(512));
    for rest in [
        format!("content-length: 1025\r\n\r\n{}", " ".repeat(1025)),
        "content-length: 9223372036854775807\r\nexpect: 100-continue\r\n\r\n".to_owned(),
        format!("transfer-encoding: chunked\r\n\r\n{}0\r\n\r\n", chunk.repeat(3)),
    ] {
        let answer = raw(&stage, &format!("{head}{rest}")).await;
        assert!(answer.starts_with("HTTP/1.1 413 "), "{rest:.80}: {answer}");
    }
    assert_eq!(stage.clerk.asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_gateway_that_cannot_listen_says_where() {
    let stage = Stage::new(GatewayLimits::default(), Clerk::new()).await;
    let taken = stage.gateway.address();
    let settings = GatewaySettings {
        listen: taken,
        tls: tls_of(&stage),
        consumers: sample::consumers(&[], &[]),
        identity_check: IdentityCheck::TwelveDigits,
        limits: GatewayLimits::default(),
        open_cases: CaseRegister::NotKept,
    };
    let wrong = GatewaySettings { limits: GatewayLimits { connections: 0, ..settings.limits }, ..settings.clone() };
    let start = |settings| Gateway::start(settings, Arc::new(Clerk::new()), Arc::new(Still));
    assert_eq!(start(settings).await.unwrap_err().to_string(), format!("cannot listen on `{taken}`"));
    assert_eq!(start(wrong).await.unwrap_err().to_string(), "limit `connections` is out of its range");
}

/// Any TLS will do where nobody connects.
fn tls_of(stage: &Stage) -> ServerTls {
    let (certificate, key) = &stage.client;
    let mut pem = String::from("-----BEGIN CERTIFICATE-----\n");
    pem.push_str(&base64::Engine::encode(&base64::prelude::BASE64_STANDARD, certificate));
    pem.push_str("\n-----END CERTIFICATE-----\n");
    ServerTls::from_pem(&ServerPem { certificates: pem.as_bytes(), key: key.as_bytes(), client_roots: pem.as_bytes() })
        .unwrap()
}

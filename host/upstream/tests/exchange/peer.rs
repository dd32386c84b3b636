//! A base service that does what a test tells it to.

use std::io;
use std::sync::{Arc, Mutex};

use rustls::ServerConfig;
use rustls::version::{TLS12, TLS13};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::pki::Authority;
use ssbtx_core::{AgencyId, Method, Request, RequestDraft};
use ssbtx_upstream::{ClientTls, UpstreamLimits, UpstreamSettings, Upstreams};

/// What a peer does with a request.
#[derive(Clone)]
pub(crate) enum Behaviour {
    /// Sends these bytes and goes on listening on the connection.
    Respond(Vec<u8>),
    /// Sends these bytes and closes the connection.
    RespondAndClose(Vec<u8>),
    /// Sends these bytes and resets the connection.
    RespondAndReset(Vec<u8>),
    /// Sends these bytes and then nothing.
    RespondAndHang(Vec<u8>),
    /// Sends the head of a response in chunks, and chunks for as long as anybody reads.
    RespondForever,
}

/// A server on a free port, and what it has seen.
pub(crate) struct Peer {
    pub(crate) port: u16,
    behaviour: Arc<Mutex<Behaviour>>,
    seen: Arc<Mutex<Seen>>,
}

/// What came in.
#[derive(Default, Clone)]
pub(crate) struct Seen {
    /// Connections that were taken, whether hands were shaken or not.
    pub(crate) taken: usize,
    /// Connections with a finished TLS handshake.
    pub(crate) connections: usize,
    /// Requests as they came, head and body.
    pub(crate) requests: Vec<String>,
    /// The certificate of every client, in DER.
    pub(crate) clients: Vec<Vec<u8>>,
    /// How many connections have ended.
    pub(crate) ended: usize,
}

impl Peer {
    pub(crate) async fn start(authority: &Authority, behaviour: Behaviour) -> Self {
        Self::start_with(authority.server(&[&TLS13, &TLS12]), behaviour).await
    }

    pub(crate) async fn start_with(config: Arc<ServerConfig>, behaviour: Behaviour) -> Self {
        Self::start_late(config, 0, behaviour).await
    }

    /// A peer that closes the first connections as soon as it has them, before a handshake.
    pub(crate) async fn start_late(config: Arc<ServerConfig>, closed: usize, behaviour: Behaviour) -> Self {
        let handshakes = Arc::new(Semaphore::new(Semaphore::MAX_PERMITS));
        Self::listen(config, closed, handshakes, behaviour).await
    }

    /// A peer that takes every connection and shakes hands on as many as it is permitted.
    pub(crate) async fn start_slow(authority: &Authority, handshakes: Arc<Semaphore>, behaviour: Behaviour) -> Self {
        Self::listen(authority.server(&[&TLS13, &TLS12]), 0, handshakes, behaviour).await
    }

    async fn listen(config: Arc<ServerConfig>, closed: usize, handshakes: Arc<Semaphore>, does: Behaviour) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let acceptor = TlsAcceptor::from(config);
        let behaviour = Arc::new(Mutex::new(does));
        let peer = Self { port, behaviour: Arc::clone(&behaviour), seen: Arc::clone(&seen) };
        tokio::spawn(async move {
            for _ in 0..closed {
                drop(listener.accept().await);
            }
            while let Ok((tcp, _)) = listener.accept().await {
                seen.lock().unwrap().taken += 1;
                let serving = serve(acceptor.clone(), tcp, Arc::clone(&behaviour), Arc::clone(&seen));
                let handshakes = Arc::clone(&handshakes);
                tokio::spawn(async move {
                    handshakes.acquire().await.unwrap().forget();
                    serving.await;
                });
            }
        });
        peer
    }

    /// Does something else with the next request.
    pub(crate) fn behave(&self, behaviour: Behaviour) {
        *self.behaviour.lock().unwrap() = behaviour;
    }

    pub(crate) fn seen(&self) -> Seen {
        self.seen.lock().unwrap().clone()
    }

    /// The upstream `base-service` of Arbetsförmedlingen at this peer, below `/base`.
    pub(crate) fn settings(&self, tls: ClientTls, limits: UpstreamLimits) -> UpstreamSettings {
        UpstreamSettings {
            agency: AgencyId::AF,
            name: "base-service".parse().unwrap(),
            base_url: format!("https://127.0.0.1:{}/base", self.port).parse().unwrap(),
            tls,
            limits,
        }
    }

    /// A client that trusts the authority and this peer takes.
    pub(crate) fn upstreams(&self, authority: &Authority) -> Upstreams {
        self.upstreams_with(authority, UpstreamLimits::default())
    }

    pub(crate) fn upstreams_with(&self, authority: &Authority, limits: UpstreamLimits) -> Upstreams {
        let tls = ClientTls::load(&authority.client(7)).unwrap();
        Upstreams::new(vec![self.settings(tls, limits)]).unwrap()
    }
}

/// A whole response with a body.
pub(crate) fn response(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n{headers}\r\n{body}", body.len()).into_bytes()
}

/// A request that posts a body to `/question`.
pub(crate) fn request(body: &str) -> Request {
    request_to("base-service", "/question", body)
}

pub(crate) fn request_to(upstream: &str, path: &str, body: &str) -> Request {
    let draft = RequestDraft {
        upstream: upstream.into(),
        method: Method::Post,
        path: path.into(),
        headers: vec![("content-type".into(), "text/xml; charset=utf-8".into()), ("soapaction".into(), "\"\"".into())],
        body: Some(body.into()),
    };
    Request::parse(draft, &[upstream.parse().unwrap()]).unwrap()
}

async fn serve(acceptor: TlsAcceptor, tcp: TcpStream, behaviour: Arc<Mutex<Behaviour>>, seen: Arc<Mutex<Seen>>) {
    let Ok(mut tls) = acceptor.accept(tcp).await else { return };
    let client = tls.get_ref().1.peer_certificates().map(|chain| chain[0].to_vec());
    {
        let mut seen = seen.lock().unwrap();
        seen.connections += 1;
        seen.clients.extend(client);
    }
    while let Some(request) = read_request(&mut tls).await {
        seen.lock().unwrap().requests.push(request);
        let behaviour = behaviour.lock().unwrap().clone();
        if act(&mut tls, &behaviour).await.is_err() {
            break;
        }
    }
    seen.lock().unwrap().ended += 1;
}

/// Does what it is told to; an error where that, or the other side, ends the connection.
async fn act(tls: &mut TlsStream<TcpStream>, behaviour: &Behaviour) -> io::Result<()> {
    match behaviour {
        Behaviour::Respond(bytes) | Behaviour::RespondAndHang(bytes) => {
            tls.write_all(bytes).await?;
            tls.flush().await
        }
        Behaviour::RespondAndClose(bytes) => {
            tls.write_all(bytes).await?;
            tls.shutdown().await?;
            Err(io::ErrorKind::NotConnected.into())
        }
        Behaviour::RespondAndReset(bytes) => {
            tls.write_all(bytes).await?;
            tls.flush().await?;
            // With no time to linger, closing is a reset.
            tls.get_ref().0.set_zero_linger()?;
            Err(io::ErrorKind::NotConnected.into())
        }
        Behaviour::RespondForever => {
            let chunk = format!("4000\r\n{}\r\n", "x".repeat(0x4000));
            tls.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await?;
            loop {
                tls.write_all(chunk.as_bytes()).await?;
            }
        }
    }
}

/// Reads one request with a `content-length`; `None` when the other side has ended the connection.
async fn read_request(tls: &mut TlsStream<TcpStream>) -> Option<String> {
    let mut read = Vec::new();
    loop {
        let mut byte = [0];
        match tls.read(&mut byte).await {
            Ok(1) => read.push(byte[0]),
            Ok(_) | Err(_) => return None,
        }
        if read.ends_with(b"\r\n\r\n") {
            break;
        }
    }
    let head = String::from_utf8(read).unwrap();
    let length = head.to_ascii_lowercase().split("content-length: ").nth(1).map_or(0, |rest| {
        let digits = rest.split("\r\n").next().unwrap();
        digits.parse().unwrap()
    });
    let mut body = vec![0; length];
    tls.read_exact(&mut body).await.ok()?;
    Some(head + &String::from_utf8(body).unwrap())
}

//! A server that offers a folder, but for one file, with which it does what a test tells it to.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::pki::Authority;

/// What a peer does when it is asked for the one file.
#[derive(Clone)]
pub(crate) enum Misdeed {
    /// Sends these bytes and closes the connection.
    Send(Vec<u8>),
    /// Sends the file, and before it a head with these lines.
    SendWithHead(String),
    /// Sends the beginning of a head, and then header lines for as long as anybody reads.
    HeadForever,
    /// Sends the head of a body, and chunks for as long as anybody reads.
    BodyForever,
    /// Sends a head, one byte of the body, and then nothing.
    Stall,
    /// Sends a head, and a byte of the body now and then.
    Drip,
}

/// A server on a free port.
pub(crate) struct Peer {
    pub(crate) port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Peer {
    pub(crate) async fn start(authority: &Authority, folder: PathBuf, file: &str, misdeed: Misdeed) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let acceptor = TlsAcceptor::from(authority.server(&["http/1.1"]));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let peer = Self { port, asked: Arc::clone(&asked) };
        let file = file.to_owned();
        tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                let (acceptor, folder, file) = (acceptor.clone(), folder.clone(), file.clone());
                let (misdeed, asked) = (misdeed.clone(), Arc::clone(&asked));
                tokio::spawn(async move {
                    let Ok(mut tls) = acceptor.accept(tcp).await else { return };
                    while let Some(path) = asked_for(&mut tls).await {
                        asked.lock().unwrap().push(path.clone());
                        let done = if path == file {
                            act(&mut tls, &folder.join(&file), &misdeed).await
                        } else {
                            send_file(&mut tls, &folder.join(&path), "").await
                        };
                        if done.is_err() {
                            return;
                        }
                    }
                });
            }
        });
        peer
    }

    /// Every file that was asked for.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// Does what it is told to; an error where that, or the other side, ends the connection.
async fn act(tls: &mut TlsStream<TcpStream>, file: &Path, misdeed: &Misdeed) -> io::Result<()> {
    match misdeed {
        Misdeed::Send(bytes) => {
            tls.write_all(bytes).await?;
            tls.shutdown().await?;
            Err(io::ErrorKind::NotConnected.into())
        }
        Misdeed::SendWithHead(lines) => send_file(tls, file, lines).await,
        Misdeed::HeadForever => {
            tls.write_all(b"HTTP/1.1 200 OK\r\n").await?;
            loop {
                tls.write_all(b"x-again: and-again\r\n").await?;
            }
        }
        Misdeed::BodyForever => {
            let chunk = format!("4000\r\n{}\r\n", "x".repeat(0x4000));
            tls.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await?;
            loop {
                tls.write_all(chunk.as_bytes()).await?;
            }
        }
        Misdeed::Stall => {
            tls.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{").await?;
            tls.flush().await
        }
        Misdeed::Drip => {
            tls.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n").await?;
            let mut now_and_then = tokio::time::interval(Duration::from_millis(20));
            loop {
                now_and_then.tick().await;
                tls.write_all(b"x").await?;
                tls.flush().await?;
            }
        }
    }
}

async fn send_file(tls: &mut TlsStream<TcpStream>, file: &Path, lines: &str) -> io::Result<()> {
    let (status, body) = match std::fs::read(file) {
        Ok(bytes) => ("200 OK", bytes),
        Err(_) => ("404 Not Found", Vec::new()),
    };
    tls.write_all(format!("HTTP/1.1 {status}\r\n{lines}content-length: {}\r\n\r\n", body.len()).as_bytes()).await?;
    tls.write_all(&body).await?;
    tls.flush().await
}

/// Reads one request; `None` when the other side has ended the connection.
async fn asked_for(tls: &mut TlsStream<TcpStream>) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(tls.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).unwrap();
    let path = head.strip_prefix("GET /base/").unwrap();
    Some(path.split(' ').next().unwrap().to_owned())
}

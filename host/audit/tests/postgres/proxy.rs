//! A connection that can be cut at any moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What stands between a host and its server.
pub(crate) struct Proxy {
    port: u16,
    /// How many more replies of the server come through before the connection is cut; below zero nothing is.
    replies: Arc<AtomicI64>,
}

impl Proxy {
    /// Begins to stand before a port.
    pub(crate) async fn before(server: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let replies = Arc::new(AtomicI64::new(-1));
        let counted = Arc::clone(&replies);
        tokio::spawn(async move {
            while let Ok((host, _)) = listener.accept().await {
                tokio::spawn(pass(host, server, Arc::clone(&counted)));
            }
        });
        Self { port, replies }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Cuts the connection when the server has replied so many more times: the reply after that is lost.
    pub(crate) fn cut_after(&self, replies: i64) {
        self.replies.store(replies, Ordering::SeqCst);
    }

    /// Whether a cut is still to come.
    pub(crate) fn is_armed(&self) -> bool {
        self.replies.load(Ordering::SeqCst) >= 0
    }
}

async fn pass(host: TcpStream, server: u16, replies: Arc<AtomicI64>) {
    let Ok(server) = TcpStream::connect(("127.0.0.1", server)).await else { return };
    let ((mut from_host, mut to_host), (mut from_server, mut to_server)) = (host.into_split(), server.into_split());
    let asking = async { tokio::io::copy(&mut from_host, &mut to_server).await.map(drop) };
    let replying = async {
        let mut bytes = vec![0; 65_536];
        loop {
            let count = from_server.read(&mut bytes).await?;
            let left = replies.load(Ordering::SeqCst);
            if left >= 0 {
                replies.store(left - 1, Ordering::SeqCst);
            }
            if count == 0 || left == 0 {
                return Ok(());
            }
            to_host.write_all(&bytes[..count]).await?;
        }
    };
    // Whichever ends first, both directions are closed.
    let _how: std::io::Result<()> = tokio::select! { ended = asking => ended, ended = replying => ended };
}

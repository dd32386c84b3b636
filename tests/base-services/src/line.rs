//! A TCP connection that can be cut: its end is a reset (RST) and not a close.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// The connection.
pub(crate) struct Line {
    tcp: TcpStream,
    scissors: Scissors,
}

/// What cuts a [`Line`].
#[derive(Clone, Default)]
pub(crate) struct Scissors(Arc<AtomicBool>);

impl Line {
    pub(crate) fn new(tcp: TcpStream) -> Self {
        Self { tcp, scissors: Scissors::default() }
    }

    pub(crate) fn scissors(&self) -> Scissors {
        self.scissors.clone()
    }

    /// Fails once the line is cut. Whoever owns the line drops it then, and with no time to linger the drop resets it.
    fn intact(&self) -> io::Result<()> {
        if self.scissors.0.load(Ordering::Acquire) {
            self.tcp.set_zero_linger()?;
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Ok(())
    }
}

impl Scissors {
    /// Cuts the line at its next read or write.
    pub(crate) fn cut(&self) {
        self.0.store(true, Ordering::Release);
    }
}

impl AsyncRead for Line {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.intact()?;
        Pin::new(&mut self.tcp).poll_read(cx, buf)
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.intact()?;
        Pin::new(&mut self.tcp).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.intact()?;
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.intact()?;
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}

//! The listener: it accepts connections, as many as may be open, until it is told to stop.

mod connection;
mod idle;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tracing::{info, warn};

use crate::answering::Answering;
use crate::outside::Outside;
use crate::router::{self, Fronts};
use crate::settings::{GatewayLimits, GatewaySettings};
use crate::tls;
use connection::Connections;

pub(crate) use connection::Peer;

/// The fronts, listening.
///
/// Dropping it stops it at once; [`Gateway::shutdown`] lets requests under way end.
#[derive(Debug)]
pub struct Gateway {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    accepting: JoinHandle<()>,
    watching: Option<JoinHandle<()>>,
}

/// Why the fronts do not listen.
#[derive(Debug, thiserror::Error)]
pub enum NotStarted {
    /// A limit that is out of its range.
    #[error("limit `{0}` is out of its range")]
    Limit(&'static str),
    /// The address cannot be listened on.
    #[error("cannot listen on `{address}`")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
}

impl Gateway {
    /// Listens, and answers until it is shut down.
    ///
    /// # Errors
    ///
    /// [`NotStarted`]; after that, whatever goes wrong concerns one connection.
    pub async fn start(
        settings: GatewaySettings,
        broker: Arc<dyn Answering>,
        outside: Arc<dyn Outside>,
    ) -> Result<Self, NotStarted> {
        if let Some(limit) = settings.limits.out_of_range() {
            return Err(NotStarted::Limit(limit));
        }
        let refused = |source| NotStarted::Listen { address: settings.listen, source };
        let listener = TcpListener::bind(settings.listen).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let fronts = Fronts::new(broker, Arc::clone(&outside), settings.identity_check, settings.limits);
        let revocation = settings.tls.revocation().cloned();
        let watching = revocation.clone().map(|lists| tokio::spawn(tls::watch(lists, Arc::clone(&outside))));
        let connections = Arc::new(Connections {
            acceptor: TlsAcceptor::from(settings.tls.config()),
            revocation,
            consumers: settings.consumers,
            outside,
            router: router::router(fronts),
            limits: settings.limits,
        });
        let (stop, stopped) = watch::channel(false);
        let accepting = tokio::spawn(accept(listener, connections, settings.limits, stopped));
        info!(%address, "gateway listens");
        Ok(Self { address, stop, accepting, watching })
    }

    /// Where it listens, with the port that it has taken.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Accepts no more, lets the requests under way end within the limit, and stops.
    pub async fn shutdown(mut self) {
        self.stop.send_replace(true);
        if (&mut self.accepting).await.is_err() {
            warn!("gateway had stopped by itself");
        }
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.accepting.abort();
        if let Some(watching) = &self.watching {
            watching.abort();
        }
    }
}

/// Accepts connections. Whoever comes when all are taken waits with the operating system until one is free.
async fn accept(
    listener: TcpListener,
    connections: Arc<Connections>,
    limits: GatewayLimits,
    mut stopped: watch::Receiver<bool>,
) {
    let free = Arc::new(Semaphore::new(limits.connections));
    let mut open = JoinSet::new();
    loop {
        tokio::select! {
            _ = stopped.changed() => break,
            (stream, permit) = next(&listener, &free) => {
                let serving = Arc::clone(&connections).serve(stream, stopped.clone());
                open.spawn(async move {
                    serving.await;
                    drop(permit);
                });
            }
            Some(_) = open.join_next() => {}
        }
    }
    drop(listener);
    if timeout(limits.shutdown_timeout, async { while open.join_next().await.is_some() {} }).await.is_err() {
        warn!("requests under way were broken off");
    }
}

/// The next connection, once there may be one more.
async fn next(listener: &TcpListener, free: &Arc<Semaphore>) -> (TcpStream, OwnedSemaphorePermit) {
    loop {
        if let Ok(permit) = Arc::clone(free).acquire_owned().await
            && let Ok((stream, _)) = listener.accept().await
        {
            return (stream, permit);
        }
        // Out of file descriptors, or a connection that was gone before it was accepted: either passes.
        sleep(PAUSE).await;
    }
}

const PAUSE: Duration = Duration::from_millis(20);

#[cfg(test)]
mod tests;

//! The listener: it accepts connections, as many as may be open, until it is told to stop.

mod admittance;
mod connection;
mod idle;
mod phase;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};
use tracing::{info, warn};

use crate::answering::Answering;
use crate::consumers::Consumers;
use crate::outside::Outside;
use crate::router::{self, Fronts};
use crate::settings::{GatewayLimits, GatewaySettings};
use crate::tls::ServerTls;
use admittance::Admittance;
use connection::Connections;
use phase::Phase;

pub(crate) use connection::{InFlight, Peer};

/// The fronts, listening.
///
/// Dropping it stops it at once; [`Gateway::shutdown`] lets requests under way end.
pub struct Gateway {
    address: SocketAddr,
    admittance: watch::Sender<Arc<Admittance>>,
    phase: watch::Sender<Phase>,
    accepting: JoinHandle<()>,
    watching: JoinHandle<()>,
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
        let fronts =
            Fronts::new(broker, Arc::clone(&outside), settings.identity_check, settings.limits, settings.open_cases);
        let (admittance, admitted) = watch::channel(Arc::new(Admittance::new(settings.tls, settings.consumers)));
        let watching = tokio::spawn(admittance::watch_lists(admitted.clone(), Arc::clone(&outside)));
        let router = router::router(fronts);
        let connections = Arc::new(Connections { admitted, outside, router, limits: settings.limits });
        let (phase, phases) = watch::channel(Phase::Serving);
        let accepting = tokio::spawn(accept(listener, connections, settings.limits, phases));
        info!(%address, "gateway listens");
        Ok(Self { address, admittance, phase, accepting, watching })
    }

    /// Where it listens, with the port that it has taken.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lets others in from now on, or shows another certificate.
    ///
    /// An open connection stays, and asks with what its certificate gives now. One whose certificate is not trusted any more, or is registered
    /// for nobody or for another consumer, ends when its requests under way have. What has been asked counts on towards the limits.
    pub fn admit(&self, tls: ServerTls, consumers: Consumers) {
        self.admittance.send_replace(Arc::new(Admittance::new(tls, consumers)));
    }

    /// Goes on as before, but asks clients to go elsewhere: an answer over HTTP/1.1 closes its connection, and a connection of HTTP/2 takes no
    /// further requests. Nothing is lost by it, and whoever still comes is answered.
    pub fn drain(&self) {
        self.phase.send_if_modified(|phase| {
            let was = *phase;
            *phase = was.max(Phase::Draining);
            *phase != was
        });
    }

    /// Accepts no more, lets the requests under way end within the limit, and stops.
    pub async fn shutdown(mut self) {
        self.phase.send_replace(Phase::Stopping);
        if (&mut self.accepting).await.is_err() {
            warn!("gateway had stopped by itself");
        }
    }
}

impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gateway({})", self.address)
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.accepting.abort();
        self.watching.abort();
    }
}

/// Accepts connections. Whoever comes when all are taken waits with the operating system until one is free.
async fn accept(
    listener: TcpListener,
    connections: Arc<Connections>,
    limits: GatewayLimits,
    mut phases: watch::Receiver<Phase>,
) {
    let free = Arc::new(Semaphore::new(limits.connections));
    let mut open = JoinSet::new();
    let theirs = phases.clone();
    loop {
        tokio::select! {
            _ = phases.wait_for(|phase| *phase == Phase::Stopping) => break,
            (stream, permit) = next(&listener, &free) => {
                let serving = Arc::clone(&connections).serve(stream, theirs.clone());
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

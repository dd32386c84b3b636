//! The listener: it accepts connections, as many as may be open, until it is told to stop.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use ssbtx_gateway::ServerTls;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::sleep;
use tracing::info;

use crate::audit::Desk;
use crate::connection::Connections;
use crate::control::Control;
use crate::insight::Insight;
use crate::routes::{self, Shown};
use crate::settings::AdminSettings;

/// The operator's listener, listening. Dropping it stops it at once: what is read here can be read again.
pub struct Admin {
    address: SocketAddr,
    connections: Arc<Connections>,
    accepting: JoinHandle<()>,
}

/// Why the operator's listener does not listen.
#[derive(Debug, thiserror::Error)]
pub enum AdminNotStarted {
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

impl Admin {
    /// Listens, and answers until it is dropped.
    ///
    /// # Errors
    ///
    /// [`AdminNotStarted`]; after that, whatever goes wrong concerns one connection.
    pub async fn start(
        settings: AdminSettings,
        insight: Arc<dyn Insight>,
        control: Arc<dyn Control>,
    ) -> Result<Self, AdminNotStarted> {
        if let Some(limit) = settings.limits.out_of_range() {
            return Err(AdminNotStarted::Limit(limit));
        }
        let refused = |source| AdminNotStarted::Listen { address: settings.listen, source };
        let listener = TcpListener::bind(settings.listen).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let router = routes::router(Shown { insight, control, desk: Desk::new() });
        let connections = Arc::new(Connections::new(&settings.tls, router, settings.limits));
        let accepting = tokio::spawn(accept(listener, Arc::clone(&connections), settings.limits.connections));
        info!(%address, "admin listener listens");
        Ok(Self { address, connections, accepting })
    }

    /// Shows another certificate, and trusts other clients, from the next connection on.
    pub fn admit(&self, tls: &ServerTls) {
        self.connections.admit(tls);
    }

    /// Where it listens, with the port that it has taken.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl fmt::Debug for Admin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Admin({})", self.address)
    }
}

impl Drop for Admin {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Accepts connections. Whoever comes when all are taken waits with the operating system until one is free.
async fn accept(listener: TcpListener, connections: Arc<Connections>, most: usize) {
    let free = Arc::new(Semaphore::new(most));
    let mut open = JoinSet::new();
    loop {
        tokio::select! {
            (stream, permit) = next(&listener, &free) => {
                let connections = Arc::clone(&connections);
                open.spawn(async move {
                    connections.serve(stream).await;
                    drop(permit);
                });
            }
            Some(_) = open.join_next() => {}
        }
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

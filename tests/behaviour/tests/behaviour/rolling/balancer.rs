//! A small balancer: it passes connections on to a host that says that it is ready, and knows nothing of what goes through them.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ssbtx_stage::client::Client;
use ssbtx_stage::host::Host;
use ssbtx_stage::pki::{Identity, Pki};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

/// Which of two hosts.
#[derive(Clone, Copy)]
pub(super) enum Seat {
    First,
    Second,
}

/// A listening balancer.
pub(super) struct Balancer {
    address: SocketAddr,
    backends: Arc<[Backend; 2]>,
}

/// A host, as the balancer sees it.
#[derive(Default)]
struct Backend {
    /// Where it serves and where it says whether it is ready.
    at: Mutex<Option<(SocketAddr, SocketAddr)>>,
    is_ready: AtomicBool,
    /// Connections that were passed on to it.
    passed: AtomicU64,
}

impl Balancer {
    /// Listens, and looks at its hosts often.
    pub(super) async fn start(pki: &Pki) -> Self {
        let backends = Arc::new([Backend::default(), Backend::default()]);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(pass_on(listener, Arc::clone(&backends)));
        let identity = &pki.ekonomiskt_bistand;
        let identity = Identity {
            chain: identity.chain.clone(),
            key: identity.key.clone(),
            fingerprint: identity.fingerprint.clone(),
        };
        tokio::spawn(look(Arc::clone(&backends), pki.host_roots.clone(), identity));
        Self { address, backends }
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Puts a host in a place, which it takes when it is ready.
    pub(super) fn put(&self, seat: Seat, host: &Host) {
        let backend = self.of(seat);
        backend.is_ready.store(false, Ordering::SeqCst);
        *backend.at.lock().unwrap() = Some((host.address(), host.admin_address().unwrap()));
    }

    /// Waits until it passes connections on to a host.
    pub(super) async fn until_ready(&self, seat: Seat) {
        while !self.of(seat).is_ready.load(Ordering::SeqCst) {
            sleep(BETWEEN_LOOKS).await;
        }
    }

    /// Waits until it has passed on a further connection to a host.
    pub(super) async fn until_answered_through(&self, seat: Seat) {
        let passed = self.of(seat).passed.load(Ordering::SeqCst);
        while self.of(seat).passed.load(Ordering::SeqCst) == passed {
            sleep(BETWEEN_LOOKS).await;
        }
    }

    fn of(&self, seat: Seat) -> &Backend {
        &self.backends[seat as usize]
    }
}

async fn pass_on(listener: TcpListener, backends: Arc<[Backend; 2]>) {
    for turn in 0_usize.. {
        let (mut stream, _) = listener.accept().await.unwrap();
        let backends = Arc::clone(&backends);
        tokio::spawn(async move {
            // Where none is ready or takes it, the connection ends: nothing was sent on it.
            for backend in [&backends[turn % 2], &backends[(turn + 1) % 2]] {
                let at = backend.at.lock().unwrap().map(|(address, _)| address);
                let Some(address) = at.filter(|_| backend.is_ready.load(Ordering::SeqCst)) else { continue };
                let Ok(mut host) = TcpStream::connect(address).await else { continue };
                backend.passed.fetch_add(1, Ordering::SeqCst);
                drop(copy_bidirectional(&mut stream, &mut host).await);
                return;
            }
        });
    }
}

async fn look(backends: Arc<[Backend; 2]>, roots: PathBuf, identity: Identity) {
    loop {
        for backend in backends.iter() {
            let at = *backend.at.lock().unwrap();
            let Some((_, admin)) = at else { continue };
            let client = Client::new(admin, &roots, Some(&identity)).unwrap();
            let is_ready = client.get("/readyz").await.is_ok_and(|received| received.status == 200);
            if at == *backend.at.lock().unwrap() {
                backend.is_ready.store(is_ready, Ordering::SeqCst);
            }
        }
        sleep(BETWEEN_LOOKS).await;
    }
}

const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

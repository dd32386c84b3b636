//! The base services as a whole: started, told what to do, asked what they saw, stopped.

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;

use tokio::runtime::{self, Runtime};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use crate::agency::Agency;
use crate::bad_request::BadRequest;
use crate::cast::{Cast, InvalidCast};
use crate::control;
use crate::exchange::Desk;
use crate::fault::Fault;
use crate::ledger::Ledger;
use crate::server;
use crate::settings::{InvalidSettings, Settings};

/// Running base services. Dropping them cuts every connection at once; [`BaseServices::stop`] lets them finish.
///
/// They run on a thread of their own, so a test that blocks its own threads does not block the agencies.
pub struct BaseServices {
    addresses: BTreeMap<Agency, SocketAddr>,
    cast: Arc<Cast>,
    ledger: Arc<Ledger>,
    stop: watch::Sender<()>,
    listeners: Vec<JoinHandle<()>>,
    /// Taken when dropped, since a runtime must not be waited for where a test may be asynchronous.
    runtime: Option<Runtime>,
}

/// Why the base services do not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Certificates or key.
    #[error("settings cannot be used")]
    Settings(#[from] InvalidSettings),
    /// The cast.
    #[error("cast cannot be used")]
    Cast(#[from] InvalidCast),
    /// A port.
    #[error("port {port} cannot be listened on")]
    Port {
        /// The port; 0 stands for a free one.
        port: u16,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The thread they run on.
    #[error("thread cannot be started")]
    Thread(#[source] io::Error),
}

impl BaseServices {
    /// Starts every agency on the loopback address. They answer from when this returns.
    ///
    /// # Errors
    ///
    /// [`StartError`], with nothing left running.
    pub fn start(settings: &Settings) -> Result<Self, StartError> {
        let tls = TlsAcceptor::from(settings.tls()?);
        let cast = Arc::new(Cast::embedded()?);
        let runtime = runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("base-services")
            .enable_all()
            .build()
            .map_err(StartError::Thread)?;
        let bound = Agency::ALL
            .into_iter()
            .map(|agency| Ok((agency, bind(settings.port(agency))?)))
            .collect::<Result<Vec<_>, StartError>>()?;
        let ledger = Arc::new(Ledger::default());
        let (stop, stopped) = watch::channel(());

        let addresses: BTreeMap<_, _> = bound.iter().map(|(agency, (_, address))| (*agency, *address)).collect();
        let next = bound.iter().map(|(_, (_, address))| *address).cycle().skip(1).take(bound.len()).collect::<Vec<_>>();
        let mut listeners = Vec::new();
        for ((agency, (listener, address)), elsewhere) in bound.into_iter().zip(next) {
            let desk = Arc::new(Desk { agency, cast: Arc::clone(&cast), ledger: Arc::clone(&ledger), elsewhere });
            let listener = register(&runtime, listener, address)?;
            listeners.push(runtime.spawn(server::serve(listener, tls.clone(), desk, stopped.clone())));
        }
        Ok(Self { addresses, cast, ledger, stop, listeners, runtime: Some(runtime) })
    }

    /// Opens the control listener on the loopback address and gives where it is; port 0 is a free one.
    ///
    /// It speaks plain HTTP and is for the demo's spectators: `POST /faults/AF` with a fault's name, `DELETE /faults/AF`, `GET /requests`.
    ///
    /// # Errors
    ///
    /// [`StartError::Port`].
    pub fn open_control(&self, port: u16) -> Result<SocketAddr, StartError> {
        let (listener, address) = bind(port)?;
        if let Some(runtime) = &self.runtime {
            let listener = register(runtime, listener, address)?;
            runtime.spawn(control::serve(listener, Arc::clone(&self.ledger), self.stop.subscribe()));
        }
        Ok(address)
    }

    /// Where an agency listens; its path is [`Agency::path`].
    pub fn address(&self, agency: Agency) -> SocketAddr {
        self.addresses.get(&agency).copied().unwrap_or_else(|| SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
    }

    /// Everybody that the agencies know.
    pub fn cast(&self) -> &Cast {
        &self.cast
    }

    /// Sets what goes wrong at an agency from now on, or with `None` that nothing does. A request under way is not changed.
    pub fn set_fault(&self, agency: Agency, fault: Option<Fault>) {
        self.ledger.page(agency, |page| page.fault = fault);
    }

    /// Plants the payload that an agency sends about a person from now on, as it is: an element that stands alone, the document inside SKV's
    /// string, FK's JSON.
    ///
    /// Faults apply to it, except that `schema-odd` and `agency-error-code` have texts of their own.
    pub fn set_answer(&self, agency: Agency, person: &str, payload: &str) {
        self.ledger.page(agency, |page| page.planted.insert(person.to_owned(), payload.to_owned()));
    }

    /// The payload that an agency last sent whole about a person, exactly: the element inside the SOAP Body, the document inside SKV's string,
    /// FK's JSON.
    pub fn last_answer(&self, agency: Agency, person: &str) -> Option<String> {
        self.ledger.page(agency, |page| page.sent.get(person).cloned())
    }

    /// The body of the latest request that an agency received.
    pub fn last_request(&self, agency: Agency) -> Option<String> {
        self.ledger.page(agency, |page| page.last_request.clone())
    }

    /// The `traceparent` of the latest request that an agency received.
    pub fn last_traceparent(&self, agency: Agency) -> Option<String> {
        self.ledger.page(agency, |page| page.last_traceparent.clone())
    }

    /// How many HTTP requests an agency received, bad ones included.
    pub fn requests(&self, agency: Agency) -> u64 {
        self.ledger.page(agency, |page| page.requests)
    }

    /// How many TLS connections an agency let in.
    pub fn connections(&self, agency: Agency) -> u64 {
        self.ledger.page(agency, |page| page.connections)
    }

    /// Why an agency refused requests, in order.
    pub fn bad_requests(&self, agency: Agency) -> Vec<BadRequest> {
        self.ledger.page(agency, |page| page.bad_requests.clone())
    }

    /// Forgets counts, requests, planted answers and faults of every agency. Connections stay.
    pub fn reset(&self) {
        self.ledger.clear();
    }

    /// Stops listening, gives what is under way up to a second, and cuts what is left.
    pub async fn stop(mut self) {
        // Fails only if every listener has ended already.
        let _ = self.stop.send(());
        for listener in std::mem::take(&mut self.listeners) {
            let _ = listener.await;
        }
    }
}

impl Drop for BaseServices {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn bind(port: u16) -> Result<(TcpListener, SocketAddr), StartError> {
    let open = || {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    };
    open().map_err(|source| StartError::Port { port, source })
}

fn register(
    runtime: &Runtime,
    listener: TcpListener,
    address: SocketAddr,
) -> Result<tokio::net::TcpListener, StartError> {
    let _inside = runtime.enter();
    tokio::net::TcpListener::from_std(listener).map_err(|source| StartError::Port { port: address.port(), source })
}

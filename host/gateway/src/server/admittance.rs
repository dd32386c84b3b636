//! Who is let in, which may become others while the gateway serves.

use std::future::pending;
use std::sync::Arc;

use jiff::Timestamp;
use rustls_pki_types::CertificateDer;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

use crate::consumers::{Caller, Consumers, NotRegistered};
use crate::outside::Outside;
use crate::tls::{self, ServerTls};

/// Our certificate, whose certificates are trusted, and who may ask: one thing, so that no connection sees a part of it.
#[derive(Clone)]
pub(super) struct Admittance {
    pub(super) acceptor: TlsAcceptor,
    tls: ServerTls,
    consumers: Consumers,
}

impl Admittance {
    pub(super) fn new(tls: ServerTls, consumers: Consumers) -> Self {
        Self { acceptor: TlsAcceptor::from(tls.config()), tls, consumers }
    }

    /// Who is behind a certificate that was verified in the handshake.
    pub(super) fn identify(&self, certificate: &[u8]) -> Result<Caller, NotRegistered> {
        self.consumers.identify(certificate)
    }

    /// Whether a certificate that was verified by another would be here. The chain begins with it.
    pub(super) fn trusts(&self, chain: &[CertificateDer<'static>], now: Timestamp) -> bool {
        self.tls.trusts(chain, now)
    }

    /// Waits until a change of the revocation lists takes the trust in a certificate away; without lists, for ever.
    pub(super) async fn distrusts(&self, chain: &[CertificateDer<'static>], outside: &dyn Outside) {
        match self.tls.revocation() {
            Some(revocation) => revocation.refuses(chain, || outside.now()).await,
            None => pending().await,
        }
    }
}

/// Looks at the files of the revocation lists that are in use, whichever those are.
pub(super) async fn watch_lists(mut admittance: watch::Receiver<Arc<Admittance>>, outside: Arc<dyn Outside>) {
    loop {
        let revocation = admittance.borrow_and_update().tls.revocation().cloned();
        let watching = async {
            if let Some(lists) = revocation {
                tls::watch(lists, Arc::clone(&outside)).await;
            } else {
                outside.meters().lists_expire(None);
                pending::<()>().await;
            }
        };
        tokio::select! {
            changed = admittance.changed() => if changed.is_err() { return },
            () = watching => {}
        }
    }
}

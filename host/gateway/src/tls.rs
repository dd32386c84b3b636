//! TLS with mandatory client certificates.

#[cfg(test)]
pub(crate) mod issuer;
mod revocation;
mod revocation_lists;
mod watching;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rustls::crypto::aws_lc_rs;
use rustls::server::danger::ClientCertVerifier;
use rustls::server::{NoServerSessionStorage, VerifierBuilderError, WebPkiClientVerifier};
use rustls::version::{TLS12, TLS13};
use rustls::{RootCertStore, ServerConfig};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, UnixTime};

pub(crate) use revocation::Revocation;
pub use revocation_lists::{InvalidRevocationLists, RevocationLists};
pub(crate) use watching::watch;

/// What TLS takes, each the content of a PEM file.
#[derive(Clone, Copy)]
pub struct ServerPem<'p> {
    /// Our certificate, then what links it to an authority that the consumers trust.
    pub certificates: &'p [u8],
    /// Its private key: PKCS #8, PKCS #1 or SEC 1, not encrypted.
    pub key: &'p [u8],
    /// The authorities that may vouch for consumers. No others do: the system's roots are never read.
    pub client_roots: &'p [u8],
}

/// TLS for the fronts: 1.2 or 1.3, HTTP/1.1 or 2, and never without a client certificate.
///
/// Sessions are not resumed, so that every connection's certificate is verified on the day that it is used. Its `Debug` shows nothing of the key.
#[derive(Clone)]
pub struct ServerTls {
    config: Arc<ServerConfig>,
    verifier: Arc<dyn ClientCertVerifier>,
    revocation: Option<Arc<Revocation>>,
}

impl ServerTls {
    /// Takes certificates, key and roots. Whether an issuer has taken a certificate back is not asked.
    ///
    /// # Errors
    ///
    /// [`InvalidTls`], which says which of them is wrong and quotes nothing of the key.
    pub fn from_pem(pem: &ServerPem<'_>) -> Result<Self, InvalidTls> {
        Self::new(pem, None)
    }

    /// Takes certificates, key and roots, and holds every client certificate to revocation lists.
    ///
    /// A gateway looks at the files again every ten seconds; whoever else listens with this keeps the lists that it was given.
    ///
    /// # Errors
    ///
    /// As [`ServerTls::from_pem`].
    pub fn with_revocation(pem: &ServerPem<'_>, lists: RevocationLists) -> Result<Self, InvalidTls> {
        Self::new(pem, Some(lists))
    }

    fn new(pem: &ServerPem<'_>, lists: Option<RevocationLists>) -> Result<Self, InvalidTls> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let mut roots = RootCertStore::empty();
        for root in certificates(pem.client_roots).ok_or(InvalidTls::NoClientRoots)? {
            roots.add(root).map_err(InvalidTls::ClientRoot)?;
        }
        let (roots, crypto) = (Arc::new(roots), Arc::clone(&provider));
        let (verifier, revocation): (Arc<dyn ClientCertVerifier>, _) = match lists {
            None => (WebPkiClientVerifier::builder_with_provider(roots, crypto).build()?, None),
            Some(lists) => {
                let revocation = Arc::new(Revocation::new(roots, crypto, lists)?);
                (Arc::<Revocation>::clone(&revocation), Some(revocation))
            }
        };
        let chain = certificates(pem.certificates).ok_or(InvalidTls::NoCertificate)?;
        let key = PrivateKeyDer::from_pem_slice(pem.key).map_err(|_| InvalidTls::NoKey)?;
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&TLS13, &TLS12])
            .map_err(InvalidTls::Certificate)?
            .with_client_cert_verifier(Arc::clone(&verifier))
            .with_single_cert(chain, key)
            .map_err(InvalidTls::Certificate)?;
        config.alpn_protocols = vec![HTTP_2.to_vec(), b"http/1.1".to_vec()];
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        Ok(Self { config: Arc::new(config), verifier, revocation })
    }

    /// What a listener hands its handshakes to; without client certificates it cannot be had.
    pub fn config(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.config)
    }

    /// Whether a client certificate would pass the handshake. The chain begins with it.
    pub(crate) fn trusts(&self, chain: &[CertificateDer<'_>], now: Timestamp) -> bool {
        let Some((certificate, others)) = chain.split_first() else { return false };
        let seconds = u64::try_from(now.as_second()).unwrap_or_default();
        let now = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        self.verifier.verify_client_cert(certificate, others, now).is_ok()
    }

    /// Makes sure that its revocation lists are none older than those of another that is in use, as when a file is put back.
    ///
    /// # Errors
    ///
    /// [`InvalidRevocationLists::Older`].
    pub fn may_follow(&self, former: &Self) -> Result<(), InvalidRevocationLists> {
        match (&self.revocation, &former.revocation) {
            (Some(next), Some(former)) => next.may_follow(former),
            (Some(_) | None, None) | (None, Some(_)) => Ok(()),
        }
    }

    /// What client certificates are held to, where there are lists.
    pub(crate) fn revocation(&self) -> Option<&Arc<Revocation>> {
        self.revocation.as_ref()
    }
}

impl fmt::Debug for ServerTls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServerTls(redacted)")
    }
}

/// What is wrong with certificates, key or roots.
#[derive(Debug, thiserror::Error)]
pub enum InvalidTls {
    /// No certificate of ours, or one that is no PEM.
    #[error("certificates hold no certificate in PEM")]
    NoCertificate,
    /// No private key, or one that is no PEM.
    #[error("key holds no private key in PEM")]
    NoKey,
    /// A certificate and key that do not fit together or cannot be used.
    #[error("certificate and key cannot be used")]
    Certificate(#[source] rustls::Error),
    /// No authority for consumers: then nobody could ask.
    #[error("client roots hold no certificate in PEM")]
    NoClientRoots,
    /// An authority that cannot be used.
    #[error("client root cannot be used")]
    ClientRoot(#[source] rustls::Error),
    /// The authorities together cannot be used.
    #[error("client roots cannot be used")]
    Verifier(#[from] VerifierBuilderError),
}

/// The protocol name of HTTP/2 in TLS.
pub(crate) const HTTP_2: &[u8] = b"h2";

/// Every certificate of a PEM text, at least one.
fn certificates(pem: &[u8]) -> Option<Vec<CertificateDer<'static>>> {
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(pem).collect::<Result<_, _>>().ok()?;
    if certificates.is_empty() { None } else { Some(certificates) }
}

#[cfg(test)]
mod tests;

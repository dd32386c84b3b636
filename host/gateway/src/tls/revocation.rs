//! Client certificates are held to revocation lists that can be replaced while the host serves.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use jiff::Timestamp;
use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::CryptoProvider;
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{VerifierBuilderError, WebPkiClientVerifier};
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName, Error, RootCertStore, SignatureScheme};
use rustls_pki_types::{CertificateDer, UnixTime};
use ssbtx_core::Sha256Digest;
use tokio::sync::watch;
use tracing::warn;

use super::revocation_lists::{self, Content, InvalidRevocationLists, RevocationLists};

/// Verifies client certificates, with the lists that are in use now.
///
/// Whatever is not known to be good is refused: a certificate that is on a list, one whose issuer has none, one whose issuer's list has expired
/// or is not signed by the issuer, and the same for every certificate between it and the root.
#[derive(Debug)]
pub(crate) struct Revocation {
    files: Vec<PathBuf>,
    roots: Arc<RootCertStore>,
    provider: Arc<CryptoProvider>,
    root_names: Vec<DistinguishedName>,
    current: ArcSwap<Current>,
    changes: watch::Sender<()>,
}

/// What is in use.
#[derive(Debug)]
struct Current {
    verifier: Arc<dyn ClientCertVerifier>,
    digest: Sha256Digest,
    issued: BTreeMap<revocation_lists::Scope, Timestamp>,
    expires: Timestamp,
}

/// What a look at the files gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reloaded {
    /// They are as they were.
    Unchanged,
    /// Others are in use now.
    Changed,
}

impl Revocation {
    /// Holds certificates of these roots to the lists.
    pub(super) fn new(
        roots: Arc<RootCertStore>,
        provider: Arc<CryptoProvider>,
        lists: RevocationLists,
    ) -> Result<Self, VerifierBuilderError> {
        let RevocationLists { files, content } = lists;
        let current = Current::new(&roots, &provider, content)?;
        let root_names = current.verifier.root_hint_subjects().to_vec();
        let (changes, _) = watch::channel(());
        Ok(Self { files, roots, provider, root_names, current: ArcSwap::from_pointee(current), changes })
    }

    /// Reads the files again and takes over what they hold.
    ///
    /// # Errors
    ///
    /// [`InvalidRevocationLists`]; then the lists stay in use that were.
    pub(crate) fn reload(&self) -> Result<Reloaded, InvalidRevocationLists> {
        let content = revocation_lists::read(&self.files)?;
        let current = self.current.load();
        if content.digest == current.digest {
            return Ok(Reloaded::Unchanged);
        }
        none_older(&content.issued, &current.issued)?;
        let next = Current::new(&self.roots, &self.provider, content).map_err(InvalidRevocationLists::Unusable)?;
        self.current.store(Arc::new(next));
        self.changes.send_replace(());
        Ok(Reloaded::Changed)
    }

    /// Makes sure that none of its lists is older than those of another.
    ///
    /// # Errors
    ///
    /// [`InvalidRevocationLists::Older`].
    pub(super) fn may_follow(&self, former: &Self) -> Result<(), InvalidRevocationLists> {
        none_older(&self.current.load().issued, &former.current.load().issued)
    }

    /// When the first of the lists in use expires.
    pub(super) fn expires(&self) -> Timestamp {
        self.current.load().expires
    }

    /// Waits until a certificate that was verified in a handshake would not be any more. The chain begins with it.
    pub(crate) async fn refuses(&self, chain: &[CertificateDer<'static>], now: impl Fn() -> Timestamp) {
        let mut changes = self.changes.subscribe();
        loop {
            let seconds = u64::try_from(now().as_second()).unwrap_or_default();
            let time = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
            let Some((certificate, others)) = chain.split_first() else { return };
            if self.verify_client_cert(certificate, others, time).is_err() || changes.changed().await.is_err() {
                return;
            }
        }
    }
}

impl Current {
    fn new(
        roots: &Arc<RootCertStore>,
        provider: &Arc<CryptoProvider>,
        content: Content,
    ) -> Result<Self, VerifierBuilderError> {
        let Content { digest, lists, issued, expires } = content;
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::clone(roots), Arc::clone(provider))
            .with_crls(lists)
            .enforce_revocation_expiration()
            .build()?;
        Ok(Self { verifier, digest, issued, expires })
    }
}

impl ClientCertVerifier for Revocation {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &self.root_names
    }

    fn verify_client_cert(
        &self,
        certificate: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        let verified = self.current.load().verifier.verify_client_cert(certificate, others, now);
        // Only of a certificate that a trusted root vouches for: a stranger writes nothing to the log.
        if let Err(Error::InvalidCertificate(error)) = &verified
            && let Some(why) = why(error)
        {
            warn!(fingerprint = %Sha256Digest::of(certificate), why, "client certificate is refused");
        }
        verified
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.current.load().verifier.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.current.load().verifier.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.current.load().verifier.supported_verify_schemes()
    }
}

/// Compares when lists about the same certificates were issued.
fn none_older(
    lists: &BTreeMap<revocation_lists::Scope, Timestamp>,
    former: &BTreeMap<revocation_lists::Scope, Timestamp>,
) -> Result<(), InvalidRevocationLists> {
    for (scope, found) in lists {
        match former.get(scope) {
            Some(expected) if found < expected => {
                return Err(InvalidRevocationLists::Older { found: *found, expected: *expected });
            }
            Some(_) | None => {}
        }
    }
    Ok(())
}

/// What revocation lists have to do with a refusal, if anything.
fn why(error: &CertificateError) -> Option<&'static str> {
    match error {
        CertificateError::Revoked => Some("revoked"),
        CertificateError::UnknownRevocationStatus => Some("no revocation list of its issuer"),
        CertificateError::ExpiredRevocationList | CertificateError::ExpiredRevocationListContext { .. } => {
            Some("revocation list has expired")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;

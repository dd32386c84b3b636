//! What the base services need to start: certificates and ports.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::{fs, io};

use rustls::server::{VerifierBuilderError, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};
use rustls_pki_types::pem::{Error as PemError, PemObject};
use rustls_pki_types::{CertificateDer, PrivateKeyDer};

use crate::agency::Agency;

/// Where PEM text comes from.
#[derive(Clone)]
pub enum Pem {
    /// A file.
    File(PathBuf),
    /// The text itself.
    Text(String),
}

/// Certificates and ports. Every agency has the same certificate.
pub struct Settings {
    chain: Pem,
    key: Pem,
    client_authority: Pem,
    ports: BTreeMap<Agency, u16>,
}

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum InvalidSettings {
    /// A file that cannot be read.
    #[error("file `{path}` cannot be read")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A PEM text without what it should hold.
    #[error("found no {expected} in PEM form")]
    Pem {
        /// What it should hold.
        expected: &'static str,
        /// Why it was not found.
        #[source]
        source: PemError,
    },
    /// A chain and key that do not belong together or cannot be used.
    #[error("certificates or key cannot be used")]
    Tls(#[source] rustls::Error),
    /// A client authority that cannot be used.
    #[error("client authority cannot be used")]
    ClientAuthority(#[source] VerifierBuilderError),
}

impl Settings {
    /// Settings with a free port for every agency.
    ///
    /// `chain` is the server's certificate and those above it, `key` its private key, `client_authority` the certificates of the authorities
    /// whose client certificates are let in.
    pub fn new(chain: Pem, key: Pem, client_authority: Pem) -> Self {
        Self { chain, key, client_authority, ports: BTreeMap::new() }
    }

    /// The same with this port for this agency; 0 is a free one.
    #[must_use]
    pub fn with_port(mut self, agency: Agency, port: u16) -> Self {
        self.ports.insert(agency, port);
        self
    }

    pub(crate) fn port(&self, agency: Agency) -> u16 {
        self.ports.get(&agency).copied().unwrap_or_default()
    }

    /// TLS 1.2 and 1.3, client certificate demanded, HTTP/2 and HTTP/1.1.
    pub(crate) fn tls(&self) -> Result<Arc<ServerConfig>, InvalidSettings> {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut roots = RootCertStore::empty();
        for certificate in certificates(&self.client_authority)? {
            roots.add(certificate).map_err(InvalidSettings::Tls)?;
        }
        let clients = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
            .build()
            .map_err(InvalidSettings::ClientAuthority)?;
        let key = PrivateKeyDer::from_pem_slice(self.key.read()?.as_bytes())
            .map_err(|source| InvalidSettings::Pem { expected: "private key", source })?;
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(InvalidSettings::Tls)?
            .with_client_cert_verifier(clients)
            .with_single_cert(certificates(&self.chain)?, key)
            .map_err(InvalidSettings::Tls)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }
}

impl Pem {
    fn read(&self) -> Result<String, InvalidSettings> {
        match self {
            Self::File(path) => {
                fs::read_to_string(path).map_err(|source| InvalidSettings::File { path: path.clone(), source })
            }
            Self::Text(text) => Ok(text.clone()),
        }
    }
}

fn certificates(pem: &Pem) -> Result<Vec<CertificateDer<'static>>, InvalidSettings> {
    let wrong = |source| InvalidSettings::Pem { expected: "certificate", source };
    let found: Vec<_> =
        CertificateDer::pem_slice_iter(pem.read()?.as_bytes()).collect::<Result<_, _>>().map_err(wrong)?;
    if found.is_empty() { Err(wrong(PemError::NoItemsFound)) } else { Ok(found) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_without_a_certificate_are_refused() {
        let empty = || Pem::Text(String::new());
        let refusal = Settings::new(empty(), empty(), empty()).tls().unwrap_err();
        assert_eq!(refusal.to_string(), "found no certificate in PEM form");
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let absent = || Pem::File("absent.pem".into());
        let refusal = Settings::new(absent(), absent(), absent()).tls().unwrap_err();
        assert_eq!(refusal.to_string(), "file `absent.pem` cannot be read");
    }
}

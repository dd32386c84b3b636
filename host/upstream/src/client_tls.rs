//! How an upstream is trusted, and how it knows us.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::crypto::aws_lc_rs;
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};

/// The files that TLS with one upstream takes, all in PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PemFiles {
    /// The certificate authorities that may vouch for the upstream. No others do: the system's roots are never read.
    pub roots: PathBuf,
    /// Our client certificate, then what links it to an authority that the agency trusts.
    pub certificates: PathBuf,
    /// The private key of our client certificate: PKCS #8, PKCS #1 or SEC 1, not encrypted.
    pub key: PathBuf,
}

/// TLS with one server: its own roots and our own client certificate there, TLS 1.2 or 1.3.
///
/// Its `Debug` shows nothing of the key.
#[derive(Clone)]
pub struct ClientTls(Arc<ClientConfig>);

impl ClientTls {
    /// Reads the files.
    ///
    /// # Errors
    ///
    /// [`TlsFault`], which names the file.
    pub fn load(files: &PemFiles) -> Result<Self, TlsFault> {
        let roots = roots(&files.roots)?;
        let chain = certificates(&files.certificates, &read(&files.certificates)?)?;
        // What is wrong with a key is not passed on: it could quote a line of it.
        let key = PrivateKeyDer::from_pem_slice(&read(&files.key)?)
            .map_err(|_| TlsFault::NoKey { path: files.key.clone() })?;
        let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_protocol_versions(&[&TLS13, &TLS12])
            .map_err(|source| TlsFault::Key { path: files.key.clone(), source })?
            .with_root_certificates(roots)
            .with_client_auth_cert(chain, key)
            .map_err(|source| TlsFault::Key { path: files.key.clone(), source })?;
        Ok(Self::speaking_http(config))
    }

    /// TLS with a server that asks nobody for a certificate, which no agency's is: it vouches for itself by these roots, in PEM.
    ///
    /// # Errors
    ///
    /// [`TlsFault`], which names the file.
    pub fn without_certificate(roots_file: &Path) -> Result<Self, TlsFault> {
        let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_protocol_versions(&[&TLS13, &TLS12])
            .map_err(|source| TlsFault::Root { path: roots_file.to_owned(), source })?
            .with_root_certificates(roots(roots_file)?)
            .with_no_client_auth();
        Ok(Self::speaking_http(config))
    }

    /// For whoever makes connections.
    pub fn config(&self) -> Arc<ClientConfig> {
        Arc::clone(&self.0)
    }

    fn speaking_http(mut config: ClientConfig) -> Self {
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Self(Arc::new(config))
    }
}

impl fmt::Debug for ClientTls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientTls(redacted)")
    }
}

/// What is wrong with the files of an upstream's TLS. Paths, never contents.
#[derive(Debug, thiserror::Error)]
pub enum TlsFault {
    /// A file cannot be read.
    #[error("`{path}` cannot be read")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file holds no certificate, or one that is no PEM.
    #[error("`{path}` holds no certificate, or a broken one, expected one or more in PEM")]
    NoCertificate {
        /// The file.
        path: PathBuf,
    },
    /// A certificate that cannot vouch for another.
    #[error("`{path}` holds a certificate that cannot be a root")]
    Root {
        /// The file.
        path: PathBuf,
        /// Why.
        source: rustls::Error,
    },
    /// A file holds no private key.
    #[error("`{path}` holds no private key, or a broken one, expected one in PEM without encryption")]
    NoKey {
        /// The file.
        path: PathBuf,
    },
    /// A key that cannot be used, or that is not the client certificate's.
    #[error("private key in `{path}` cannot be used with its client certificate")]
    Key {
        /// The file.
        path: PathBuf,
        /// Why.
        source: rustls::Error,
    },
}

fn read(path: &Path) -> Result<Vec<u8>, TlsFault> {
    fs::read(path).map_err(|source| TlsFault::Read { path: path.to_owned(), source })
}

fn roots(path: &Path) -> Result<RootCertStore, TlsFault> {
    let mut roots = RootCertStore::empty();
    for root in certificates(path, &read(path)?)? {
        roots.add(root).map_err(|source| TlsFault::Root { path: path.to_owned(), source })?;
    }
    Ok(roots)
}

/// Every certificate of a PEM file, at least one.
fn certificates(path: &Path, pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, TlsFault> {
    match CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>() {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        Ok(_) | Err(_) => Err(TlsFault::NoCertificate { path: path.to_owned() }),
    }
}

//! Which database, and how it is reached.

use std::fmt;
use std::fs;
use std::net::IpAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::aws_lc_rs;
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tokio_postgres::Config;
use tokio_postgres::config::SslMode;
use zeroize::Zeroizing;

use crate::tls::Tls;

/// A database, and how it is reached. Cheap to clone; its `Debug` shows no password.
#[derive(Clone)]
pub struct Database {
    config: Arc<Config>,
    tls: Option<Tls>,
    shown: String,
}

/// Which database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// A host name or an address, or the folder of a Unix socket, which begins with `/`.
    pub host: String,
    /// The port, 5432 by custom; a part of a Unix socket's name too.
    pub port: u16,
    /// The database.
    pub database: String,
    /// The role that the host has in it.
    pub user: String,
}

/// The files that a database may take.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DatabaseFiles {
    /// The password, alone in a file that only its owner may read; none where the database knows us otherwise.
    pub password: Option<PathBuf>,
    /// The authorities that may vouch for the server, in PEM. No others do. They may be left out where the connection does not leave the machine.
    pub roots: Option<PathBuf>,
    /// Our client certificate with what links it to an authority, and its private key, both in PEM; none where the database asks for none.
    pub client: Option<(PathBuf, PathBuf)>,
}

impl Database {
    /// Reads the files. Nothing is connected to.
    ///
    /// # Errors
    ///
    /// [`SettingsFault`], which names the file.
    pub fn new(server: Server, files: &DatabaseFiles) -> Result<Self, SettingsFault> {
        let Server { host, port, database, user } = server;
        let shown = format!("{host}:{port}/{database}");
        let tls = match &files.roots {
            Some(roots) => Some(tls(roots, files.client.as_ref())?),
            None if stays_here(&host) => None,
            None => return Err(SettingsFault::NoRoots { host }),
        };
        let mut config = Config::new();
        config.host(host).port(port).dbname(database).user(user).application_name("ssbtx");
        config.ssl_mode(if tls.is_some() { SslMode::Require } else { SslMode::Disable });
        config.connect_timeout(CONNECT_TIME).keepalives_idle(IDLE).keepalives_interval(IDLE).keepalives_retries(3);
        if let Some(path) = &files.password {
            config.password(password(path)?.as_bytes());
        }
        Ok(Self { config: Arc::new(config), tls, shown })
    }

    /// The server and the database, as they are shown: `db.example:5432/ssbtx`.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    pub(crate) fn tls(&self) -> Option<Tls> {
        self.tls.clone()
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Database").field(&self.shown).finish()
    }
}

/// What is wrong with a database's settings. Paths, never contents.
#[derive(Debug, thiserror::Error)]
pub enum SettingsFault {
    /// The connection would leave the machine without TLS.
    #[error("host `{host}` is not this machine, so `roots` is needed: the authorities that vouch for it")]
    NoRoots {
        /// The host.
        host: String,
    },
    /// A file cannot be read.
    #[error("`{path}` cannot be read")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Others than its owner may read the password.
    #[error("password file `{path}` has mode `{mode:03o}`, expected no access for group and others, such as `600`")]
    Permissions {
        /// The file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// The password's file has none, or more than one line.
    #[error("password file `{path}` does not hold one line of text")]
    Password {
        /// The file.
        path: PathBuf,
    },
    /// A file holds no certificate that can be used.
    #[error("`{path}` holds no certificate, or a broken one, expected one or more in PEM")]
    Certificate {
        /// The file.
        path: PathBuf,
    },
    /// A key that cannot be used, or that is not the client certificate's.
    #[error("private key in `{path}` cannot be used with its client certificate")]
    Key {
        /// The file.
        path: PathBuf,
    },
}

/// Whether what goes there stays on the machine.
fn stays_here(host: &str) -> bool {
    host.starts_with('/') || host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn tls(roots: &Path, client: Option<&(PathBuf, PathBuf)>) -> Result<Tls, SettingsFault> {
    let mut store = RootCertStore::empty();
    for root in certificates(roots)? {
        store.add(root).map_err(|_| SettingsFault::Certificate { path: roots.to_owned() })?;
    }
    let unusable = |path: &Path| SettingsFault::Key { path: path.to_owned() };
    let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_protocol_versions(&[&TLS13, &TLS12])
        .map_err(|_| unusable(roots))?
        .with_root_certificates(store);
    let config = match client {
        None => builder.with_no_client_auth(),
        Some((chain, key)) => {
            // What is wrong with a key is not passed on: it could quote a line of it.
            let parsed = PrivateKeyDer::from_pem_slice(&read(key)?).map_err(|_| unusable(key))?;
            builder.with_client_auth_cert(certificates(chain)?, parsed).map_err(|_| unusable(key))?
        }
    };
    Ok(Tls(Arc::new(config)))
}

/// Every certificate of a PEM file, at least one.
fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, SettingsFault> {
    match CertificateDer::pem_slice_iter(&read(path)?).collect::<Result<Vec<_>, _>>() {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        Ok(_) | Err(_) => Err(SettingsFault::Certificate { path: path.to_owned() }),
    }
}

fn password(path: &Path) -> Result<Zeroizing<String>, SettingsFault> {
    let unreadable = |source| SettingsFault::Read { path: path.to_owned(), source };
    let mode = fs::metadata(path).map_err(unreadable)?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(SettingsFault::Permissions { path: path.to_owned(), mode });
    }
    let unusable = || SettingsFault::Password { path: path.to_owned() };
    let bytes = read(path)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| unusable())?;
    let line = text.strip_suffix('\n').unwrap_or(text);
    if line.is_empty() || line.contains(['\n', '\0']) { Err(unusable()) } else { Ok(Zeroizing::new(line.to_owned())) }
}

fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, SettingsFault> {
    let read = fs::read(path).map_err(|source| SettingsFault::Read { path: path.to_owned(), source });
    read.map(Zeroizing::new)
}

/// For one address of the host: two of them fit into the time that a record may take.
const CONNECT_TIME: Duration = Duration::from_secs(3);
/// How long a connection is silent before it is asked whether it is still there, and how long between two such questions.
const IDLE: Duration = Duration::from_secs(5);

#[cfg(test)]
mod tests;

//! Keys as commands are told of them.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use ssbtx_signing::{FileKey, KeyFileFault, KeySource, OnlineKeys, Signer, TokenKey};

use super::secrets::secret;
use crate::repo::Failed;

/// A person's key.
#[derive(Args)]
pub struct KeyArguments {
    /// The key: an encrypted file, or `pkcs11:token=…;object=…?module-path=…[&pin-source=file:…]` (RFC 7512)
    #[arg(long, value_name = "KEY")]
    key: KeySource,
    /// The file whose first line is the key's passphrase, or the token's PIN; otherwise it is asked for on the terminal
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

/// A person's key, where signing at once is a choice.
#[derive(Args)]
pub struct OptionalKeyArguments {
    /// Sign at once with this key: an encrypted file, or `pkcs11:…`
    #[arg(long, value_name = "KEY")]
    key: Option<KeySource>,
    /// The file whose first line is the key's passphrase, or the token's PIN; otherwise it is asked for on the terminal
    #[arg(long, value_name = "FILE", requires = "key")]
    passphrase_file: Option<PathBuf>,
}

/// The keys of snapshot and timestamp, which a machine signs with.
#[derive(Args)]
pub struct OnlineKeyArguments {
    /// The key of snapshot: a file or `pkcs11:…`
    #[arg(long, value_name = "KEY")]
    snapshot_key: Option<KeySource>,
    /// The file whose first line is the passphrase of the snapshot key
    #[arg(long, value_name = "FILE", requires = "snapshot_key")]
    snapshot_passphrase_file: Option<PathBuf>,
    /// The key of timestamp: a file or `pkcs11:…`
    #[arg(long, value_name = "KEY")]
    timestamp_key: KeySource,
    /// The file whose first line is the passphrase of the timestamp key
    #[arg(long, value_name = "FILE")]
    timestamp_passphrase_file: Option<PathBuf>,
}

/// The on-line keys, opened.
pub struct OpenedOnlineKeys {
    snapshot: Option<Box<dyn Signer>>,
    timestamp: Box<dyn Signer>,
}

impl KeyArguments {
    /// Opens the key.
    pub fn open(&self) -> Result<Box<dyn Signer>, Failed> {
        open(&self.key, self.passphrase_file.as_deref())
    }
}

impl OptionalKeyArguments {
    /// Opens the key, if there is one.
    pub fn open(&self) -> Result<Option<Box<dyn Signer>>, Failed> {
        self.key.as_ref().map(|key| open(key, self.passphrase_file.as_deref())).transpose()
    }
}

impl OnlineKeyArguments {
    /// Opens both keys.
    pub fn open(&self) -> Result<OpenedOnlineKeys, Failed> {
        let snapshot = self.snapshot_key.as_ref().map(|key| open(key, self.snapshot_passphrase_file.as_deref()));
        Ok(OpenedOnlineKeys {
            snapshot: snapshot.transpose()?,
            timestamp: open(&self.timestamp_key, self.timestamp_passphrase_file.as_deref())?,
        })
    }
}

impl OpenedOnlineKeys {
    /// As publishing takes them.
    pub fn keys(&self) -> OnlineKeys<'_> {
        OnlineKeys { snapshot: self.snapshot.as_deref(), timestamp: &*self.timestamp }
    }
}

/// Opens a key, with a passphrase or PIN from the file, or else from where the key says, or else from the terminal.
pub(super) fn open(source: &KeySource, passphrase_file: Option<&Path>) -> Result<Box<dyn Signer>, Failed> {
    let task = || format!("open the key `{source}`");
    match source {
        KeySource::File(path) => {
            let passphrase = secret(passphrase_file, &format!("Passphrase of `{}`", path.display()))?;
            match FileKey::open(path, &passphrase) {
                Ok(key) => Ok(Box::new(key)),
                Err(error @ (KeyFileFault::File(_) | KeyFileFault::NotMade)) => {
                    Err(Failed::NotDone(anyhow::Error::from(error).context(task())))
                }
                Err(error) => Err(Failed::Refused(anyhow::Error::from(error).context(task()))),
            }
        }
        KeySource::Token(uri) => {
            let pin = secret(passphrase_file.or(uri.pin_source()), &format!("PIN of token `{}`", uri.token()))?;
            let key = TokenKey::open(uri, &pin).with_context(task).map_err(Failed::NotDone)?;
            Ok(Box::new(key))
        }
    }
}

//! A key that signs for the demo.

use std::fs::{DirBuilder, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::canonical::canonical;

/// An Ed25519 key, made on the spot, as TUF describes it.
#[derive(Debug, Clone)]
pub struct DemoKey {
    pair: Arc<Ed25519KeyPair>,
    pkcs8: Arc<[u8]>,
    description: Value,
}

impl DemoKey {
    /// Makes a new key, of nobody in particular.
    ///
    /// # Errors
    ///
    /// When the system gives no randomness.
    pub fn generate() -> Result<Self> {
        let pkcs8 =
            Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| anyhow!("no randomness for a key"))?;
        let pair = Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).map_err(|_| anyhow!("new key is not readable"))?;
        let public = hex::encode(pair.public_key());
        let description = json!({ "keytype": "ed25519", "scheme": "ed25519", "keyval": { "public": public } });
        Ok(Self { pair: Arc::new(pair), pkcs8: pkcs8.as_ref().into(), description })
    }

    /// Makes a new key whose description names the person who holds it.
    ///
    /// # Errors
    ///
    /// When the system gives no randomness.
    pub fn of_person(person: &str) -> Result<Self> {
        Ok(Self::generate()?.described("x-ssbtx-person", person))
    }

    /// The same key with one member more in its description, and so with another id.
    #[must_use]
    pub fn under_another_id(&self) -> Self {
        self.clone().described("note", "the same key again")
    }

    fn described(mut self, member: &str, text: &str) -> Self {
        if let Some(members) = self.description.as_object_mut() {
            members.insert(member.to_owned(), text.into());
        }
        self
    }

    /// The key id: the digest of the description, in hexadecimal digits.
    pub fn id(&self) -> String {
        hex::encode(Sha256::digest(canonical(&self.description)))
    }

    /// The public key, as metadata lists it.
    pub fn description(&self) -> Value {
        self.description.clone()
    }

    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.pair.sign(message).as_ref().to_vec()
    }

    /// Writes the private key for its owner's eyes only.
    pub(super) fn write(&self, folder: &Path, name: &str) -> Result<()> {
        let path = folder.join(format!("{name}.pk8"));
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .with_context(|| format!("create `{}`", folder.display()))?;
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        file.and_then(|mut file| file.write_all(&self.pkcs8)).with_context(|| format!("write `{}`", path.display()))
    }
}

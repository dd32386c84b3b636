//! What the on-line keys sign.

use serde::Serialize;
use serde_json::json;
use ssbtx_core::Sha256Digest;
use tough::schema::{Metafile, Role, Root, Signature, Signed};

use super::NotPublished;
use crate::authority::Authority;
use crate::change::ChangeFault;
use crate::role::OwnRole;
use crate::role_set::pretty;
use crate::signer::Signer;

/// A metadata file with what the metadata above it says of it.
#[derive(Debug, Clone)]
pub(super) struct Sealed {
    pub(super) version: u64,
    pub(super) bytes: Vec<u8>,
}

impl Sealed {
    /// Version, length and digest: all three are pinned, so that a file under one version is one file.
    pub(super) fn pin(&self) -> Result<Metafile, NotPublished> {
        let pin = json!({
            "version": self.version,
            "length": self.bytes.len(),
            "hashes": { "sha256": Sha256Digest::of(&self.bytes).to_string() },
        });
        serde_json::from_value(pin).map_err(|source| malformed("snapshot", source))
    }
}

/// Signs the metadata of snapshot or timestamp.
pub(super) fn seal<T: Role + Serialize>(
    content: T,
    role: OwnRole,
    root: &Root,
    signer: Option<&dyn Signer>,
) -> Result<(Signed<T>, Sealed), NotPublished> {
    let name = role.to_string();
    let signer = signer.ok_or_else(|| NotPublished::OnlineKey { role: name.clone(), key: None })?;
    let point = signer.public_key();
    let authority = Authority::in_root(root, role).map_err(|source| ChangeFault::Key { role: name.clone(), source })?;
    let not_its = || NotPublished::OnlineKey { role: name.clone(), key: Some(hex::encode(point)) };
    let key = authority.by_point(&point).ok_or_else(not_its)?;
    let message = content
        .canonical_form()
        .map_err(|error| ChangeFault::Canonical { role: name.clone(), source: Box::new(error) })?;
    let sig = signer.sign(&message).map_err(|source| NotPublished::Signing { role: name.clone(), source })?;
    if !key.signed(&message, &sig) {
        return Err(not_its());
    }
    let version = content.version().get();
    let signed = Signed { signed: content, signatures: vec![Signature { keyid: key.id().decoded(), sig: sig.into() }] };
    let value = serde_json::to_value(&signed).map_err(|source| malformed(&name, source))?;
    Ok((signed, Sealed { version, bytes: pretty(&value) }))
}

fn malformed(role: &str, source: serde_json::Error) -> NotPublished {
    ChangeFault::Roles(crate::role_set::RoleSetFault::Malformed { role: role.to_owned(), source }).into()
}

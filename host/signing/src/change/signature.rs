//! Collecting signatures.

use std::collections::BTreeMap;
use std::path::Path;

use tough::schema::Signature;

use super::{Change, ChangeFault, NotSigned, SIGNATURES};
use crate::authority::SignatureRefused;
use crate::file;
use crate::public_key::{KeyId, PublicKey};
use crate::role::OfflineRole;
use crate::role_set::pretty;
use crate::signer::Signer;

/// A signature that was made.
#[derive(Debug, Clone)]
pub struct SignedBy {
    /// The role that was signed.
    pub role: OfflineRole,
    /// Whose signature it is.
    pub key: PublicKey,
}

impl Change {
    /// Signs a role's new metadata and keeps the signature in the folder.
    ///
    /// A new root may belong to the key twice, before and after the change and under two descriptions: then both are signed for.
    ///
    /// # Errors
    ///
    /// [`NotSigned`], where the key is not one of the role's, or its holder has signed already, by this key or another.
    pub fn sign(&mut self, role: OfflineRole, signer: &dyn Signer) -> Result<Vec<SignedBy>, NotSigned> {
        let content = self.drafts.get(&role).ok_or_else(|| ChangeFault::NotInChange { role: role.name() })?;
        let message = content.message().map_err(|source| ChangeFault::Canonical { role: role.name(), source })?;
        let point = signer.public_key();
        let mut keys: Vec<PublicKey> = Vec::new();
        for (_, authority) in self.authorities(role, self.base.as_ref())? {
            let key = authority.by_point(&point).filter(|key| !keys.iter().any(|other| other.id() == key.id()));
            keys.extend(key.cloned());
        }
        if keys.is_empty() {
            return Err(SignatureRefused::NotOfRole { role: role.name(), key: hex::encode(point) }.into());
        }
        let sig = signer.sign(&message).map_err(NotSigned::Failed)?;
        if let Some(key) = keys.iter().find(|key| !key.signed(&message, &sig)) {
            return Err(NotSigned::Wrong { holder: key.holder() });
        }
        let have = self.signatures(role).to_vec();
        for key in &keys {
            if have.iter().any(|signature| KeyId::of(&signature.keyid) == *key.id()) {
                return Err(SignatureRefused::SignedTwice { role: role.name(), holder: key.holder() }.into());
            }
        }
        let new = keys.iter().map(|key| Signature { keyid: key.id().decoded(), sig: sig.clone().into() });
        let all: Vec<Signature> = have.into_iter().chain(new.clone()).collect();
        for (_, authority) in self.authorities(role, self.base.as_ref())? {
            authority.tally(&role.name(), &message, &all)?;
        }
        for signature in new {
            let path = self.path(SIGNATURES).join(role.name()).join(format!("{}.json", KeyId::of(&signature.keyid)));
            let value = serde_json::to_value(&signature).unwrap_or_default();
            file::replace(&path, &pretty(&value))?;
        }
        self.signatures.insert(role, all);
        Ok(keys.into_iter().map(|key| SignedBy { role, key }).collect())
    }

    /// Signs every role of the change that the key belongs to and whose holder has not signed.
    ///
    /// # Errors
    ///
    /// [`NotSigned`], where it belongs to none of the roles, or the holder has signed all of them.
    pub fn sign_all(&mut self, signer: &dyn Signer) -> Result<Vec<SignedBy>, NotSigned> {
        let mut signed = Vec::new();
        let mut refused = None;
        for role in self.roles().collect::<Vec<_>>() {
            match self.sign(role, signer) {
                Ok(by) => signed.extend(by),
                Err(NotSigned::Refused(refusal @ SignatureRefused::SignedTwice { .. })) => refused = Some(refusal),
                Err(NotSigned::Refused(refusal @ SignatureRefused::NotOfRole { .. })) => {
                    refused = refused.or(Some(refusal));
                }
                Err(error) => return Err(error),
            }
        }
        match refused {
            Some(refusal) if signed.is_empty() => Err(refusal.into()),
            _ => Ok(signed),
        }
    }
}

/// Every signature in a change's folder, in the order of key ids.
pub(super) fn read(folder: &Path) -> Result<BTreeMap<OfflineRole, Vec<Signature>>, ChangeFault> {
    let mut all = BTreeMap::new();
    for name in file::names(folder)? {
        let role: OfflineRole =
            name.parse().map_err(|_| ChangeFault::NoRole { role: name.escape_default().to_string() })?;
        let mut signatures: Vec<Signature> = Vec::new();
        for file in file::names(&folder.join(&name))? {
            let bytes = file::read(&folder.join(&name).join(&file))?;
            let signature: Option<Signature> = serde_json::from_slice(&bytes).ok();
            let id = signature.as_ref().map(|signature| format!("{}.json", KeyId::of(&signature.keyid)));
            match signature {
                Some(signature) if id.as_ref() == Some(&file) => signatures.push(signature),
                _ => {
                    let file = format!("{SIGNATURES}/{name}/{}", file.escape_default());
                    return Err(ChangeFault::NoSignature { file });
                }
            }
        }
        if !signatures.is_empty() {
            all.insert(role, signatures);
        }
    }
    Ok(all)
}

//! Who may sign a role, and who of them did.

use tough::schema::decoded::{Decoded, Hex};
use tough::schema::key::Key;
use tough::schema::{Root, Signature, Targets};

use ssbtx_trust::Delegation;

use crate::public_key::{InvalidPublicKey, KeyId, PublicKey};
use crate::role::OwnRole;

/// Who may sign a role, and how many must.
#[derive(Debug, Clone)]
pub struct Authority {
    keys: Vec<PublicKey>,
    threshold: u64,
}

/// A signature that does not count, and that a change may not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureRefused {
    /// The key is not one of the role's.
    #[error("key `{key}` is not one of role `{role}`")]
    NotOfRole {
        /// The role.
        role: String,
        /// The key id, or the public key where it has no id.
        key: String,
    },
    /// The key is one of the role's, but has no holder.
    #[error("key `{key}` of role `{role}` names no person")]
    NoPerson {
        /// The role.
        role: String,
        /// The key id.
        key: String,
    },
    /// The signature is over something else.
    #[error("signature by `{holder}` does not fit the content of role `{role}`")]
    DoesNotFit {
        /// The role.
        role: String,
        /// Who signed.
        holder: String,
    },
    /// The person has signed the role already.
    #[error("`{holder}` has signed role `{role}` already")]
    SignedTwice {
        /// The role.
        role: String,
        /// Who signed.
        holder: String,
    },
}

impl Authority {
    /// Who may sign one of the repository's own roles; nobody where root does not know the role.
    pub(crate) fn in_root(root: &Root, role: OwnRole) -> Result<Self, InvalidPublicKey> {
        let assigned = root.roles.get(&role.kind());
        let ids = assigned.map_or(&[][..], |assigned| &assigned.keyids);
        let threshold = assigned.map_or(u64::MAX, |assigned| assigned.threshold.get());
        Ok(Self { keys: keys(ids, &root.keys)?, threshold })
    }

    /// Who may sign for a delegation, if there is such a delegation.
    pub(crate) fn in_targets(targets: &Targets, delegation: Delegation) -> Result<Option<Self>, InvalidPublicKey> {
        let Some(delegations) = &targets.delegations else { return Ok(None) };
        let name = delegation.to_string();
        let role = delegations.roles.iter().find(|role| role.name == name);
        role.map(|role| Ok(Self { keys: keys(&role.keyids, &delegations.keys)?, threshold: role.threshold.get() }))
            .transpose()
    }

    /// The keys, in the order of the list.
    pub fn keys(&self) -> &[PublicKey] {
        &self.keys
    }

    /// How many persons must sign.
    pub fn threshold(&self) -> u64 {
        self.threshold
    }

    pub(crate) fn by_point(&self, point: &[u8; 32]) -> Option<&PublicKey> {
        self.keys.iter().find(|key| key.point() == point)
    }

    fn by_id(&self, id: &KeyId) -> Option<&PublicKey> {
        self.keys.iter().find(|key| key.id() == id)
    }

    /// Whose signatures these are. One that is not by a key of this authority counts for nothing here.
    ///
    /// # Errors
    ///
    /// [`SignatureRefused`] for the first that does not fit, or that is the second by one person.
    pub(crate) fn tally(
        &self,
        role: &str,
        message: &[u8],
        signatures: &[Signature],
    ) -> Result<Vec<PublicKey>, SignatureRefused> {
        let mut signed: Vec<PublicKey> = Vec::new();
        for signature in signatures {
            let Some(key) = self.by_id(&KeyId::of(&signature.keyid)) else { continue };
            let role = role.to_owned();
            let Some(person) = key.person() else {
                return Err(SignatureRefused::NoPerson { role, key: key.id().to_string() });
            };
            if !key.signed(message, &signature.sig) {
                return Err(SignatureRefused::DoesNotFit { role, holder: key.holder() });
            }
            if signed.iter().filter_map(PublicKey::person).any(|other| other == person) {
                return Err(SignatureRefused::SignedTwice { role, holder: key.holder() });
            }
            signed.push(key.clone());
        }
        Ok(signed)
    }

    /// Whether a key id is one of this authority's.
    pub(crate) fn has(&self, id: &KeyId) -> bool {
        self.by_id(id).is_some()
    }
}

fn keys(
    ids: &[Decoded<Hex>],
    known: &std::collections::HashMap<Decoded<Hex>, Key>,
) -> Result<Vec<PublicKey>, InvalidPublicKey> {
    ids.iter().filter_map(|id| known.get(id)).map(PublicKey::of_key).collect()
}

//! Who must sign, and who has.

use super::{Change, ChangeFault};
use crate::authority::{Authority, SignatureRefused};
use crate::public_key::{KeyId, PublicKey};
use crate::role::{OfflineRole, OwnRole};
use crate::role_set::{Content, RoleSet};

/// The signatures that one role of a change needs.
#[derive(Debug, Clone)]
pub struct Required {
    /// The role.
    pub role: OfflineRole,
    /// By whose keys.
    pub standing: Standing,
    /// How many persons must sign.
    pub threshold: u64,
    /// Who may, in the order of the list.
    pub may_sign: Vec<PublicKey>,
    /// Who has; each is a person of `may_sign`.
    pub signed: Vec<PublicKey>,
}

/// Whose keys a role's signatures are by. A new root is signed twice: by those whom it was before, and by those whom it is then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// By those who are the role before the change: the old root's officers.
    Before,
    /// By those who are the role once the change is published.
    After,
}

impl Required {
    /// How many more persons must sign.
    pub fn missing(&self) -> u64 {
        self.threshold.saturating_sub(self.signed.len() as u64)
    }

    /// Whether enough persons have signed.
    pub fn is_met(&self) -> bool {
        self.missing() == 0
    }

    /// Who may sign and has not.
    pub fn open(&self) -> impl Iterator<Item = &PublicKey> {
        self.may_sign.iter().filter(|key| !self.signed.iter().any(|signed| signed.id() == key.id()))
    }
}

impl Change {
    /// Who must sign what, and who has, judged by the metadata that the change was drafted against.
    ///
    /// # Errors
    ///
    /// [`ChangeFault::Signature`] for a signature in the folder that does not count: it has to be removed before the change can be published.
    pub fn required(&self) -> Result<Vec<Required>, ChangeFault> {
        self.required_in(self.base.as_ref())
    }

    /// As [`Change::required`], judged by other metadata in force.
    pub(crate) fn required_in(&self, in_force: Option<&RoleSet>) -> Result<Vec<Required>, ChangeFault> {
        let mut all = Vec::new();
        for (role, content) in &self.drafts {
            let name = role.name();
            let message = content.message().map_err(|source| ChangeFault::Canonical { role: role.name(), source })?;
            let signatures = self.signatures(*role);
            let authorities = self.authorities(*role, in_force)?;
            for id in signatures.iter().map(|signature| KeyId::of(&signature.keyid)) {
                if !authorities.iter().any(|(_, authority)| authority.has(&id)) {
                    return Err(SignatureRefused::NotOfRole { role: name, key: id.to_string() }.into());
                }
            }
            for (standing, authority) in authorities {
                let signed = authority.tally(&name, &message, signatures)?;
                let (threshold, may_sign) = (authority.threshold(), authority.keys().to_vec());
                all.push(Required { role: *role, standing, threshold, may_sign, signed });
            }
        }
        Ok(all)
    }

    /// By whose keys a role of the change is to be signed.
    pub(crate) fn authorities(
        &self,
        role: OfflineRole,
        in_force: Option<&RoleSet>,
    ) -> Result<Vec<(Standing, Authority)>, ChangeFault> {
        let invalid = |source| ChangeFault::Key { role: role.name(), source };
        let no_role = || ChangeFault::NoRole { role: role.name() };
        let root = match self.drafts.get(&OfflineRole::Root) {
            Some(Content::Root(root)) => Some(root),
            _ => in_force.map(RoleSet::root),
        };
        let own = |role| Authority::in_root(root.ok_or_else(no_role)?, role).map_err(invalid);
        Ok(match role {
            OfflineRole::Root => {
                let before =
                    in_force.map(|set| Authority::in_root(set.root(), OwnRole::Root)).transpose().map_err(invalid)?;
                let before = before.map(|authority| (Standing::Before, authority));
                before.into_iter().chain([(Standing::After, own(OwnRole::Root)?)]).collect()
            }
            OfflineRole::Targets => vec![(Standing::After, own(OwnRole::Targets)?)],
            OfflineRole::Delegated(delegation) => {
                let targets = match self.drafts.get(&OfflineRole::Targets) {
                    Some(Content::Targets(targets)) => Some(targets),
                    _ => in_force.map(RoleSet::targets),
                };
                let authority = targets.map(|targets| Authority::in_targets(targets, delegation)).transpose();
                vec![(Standing::After, authority.map_err(invalid)?.flatten().ok_or_else(no_role)?)]
            }
        })
    }
}

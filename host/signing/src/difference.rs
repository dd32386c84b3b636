//! What a change changes, for those who sign it.

use std::collections::BTreeMap;

use serde::Serialize;
use tough::schema::{Root, Targets};

use crate::authority::Authority;
use crate::change::{Change, ChangeFault, Listed, listed};
use crate::public_key::PublicKey;
use crate::role::{OfflineRole, OwnRole};
use crate::role_set::{Content, RoleSet, delegations};

/// One thing that a change changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum Difference {
    /// A role has new metadata, whatever else differs.
    #[error("{role}: version {to} after {from}, valid until {expires}")]
    Version {
        /// The role.
        role: String,
        /// The version in force; 0 where there is none.
        from: u64,
        /// The new version.
        to: u64,
        /// When the new metadata expires.
        expires: String,
    },
    /// A target is listed that was not.
    #[error("{role}: lists {target}, sha256 {sha256}")]
    Added {
        /// The role.
        role: String,
        /// The target.
        target: String,
        /// Its digest.
        sha256: String,
    },
    /// A target is listed with other content, or with something else signed beside it.
    #[error("{role}: replaces {target}, sha256 {sha256} after {before}")]
    Replaced {
        /// The role.
        role: String,
        /// The target.
        target: String,
        /// Its digest.
        sha256: String,
        /// The digest in force.
        before: String,
    },
    /// A target is listed no more.
    #[error("{role}: no longer lists {target}")]
    Removed {
        /// The role.
        role: String,
        /// The target.
        target: String,
    },
    /// A key may sign that might not.
    #[error("{role}: {holder} may sign (key {key})")]
    MaySign {
        /// The role.
        role: String,
        /// Who.
        holder: String,
        /// The key id.
        key: String,
    },
    /// A key may sign no more.
    #[error("{role}: {holder} may no longer sign (key {key})")]
    MayNotSign {
        /// The role.
        role: String,
        /// Who.
        holder: String,
        /// The key id.
        key: String,
    },
    /// Another number of persons must sign.
    #[error("{role}: {to} must sign, after {from}")]
    Threshold {
        /// The role.
        role: String,
        /// The threshold in force; 0 where there is none.
        from: u64,
        /// The new threshold.
        to: u64,
    },
}

impl Change {
    /// Everything that the change changes, role by role, compared with what it was drafted against.
    ///
    /// # Errors
    ///
    /// [`ChangeFault`] where the metadata holds a key that is none, or a delegation that no host knows.
    pub fn differences(&self) -> Result<Vec<Difference>, ChangeFault> {
        let mut all = Vec::new();
        for (role, after) in self.drafts() {
            let before = self.base().and_then(|base| base.content(*role));
            all.push(Difference::Version {
                role: role.name(),
                from: before.as_ref().map_or(0, Content::version),
                to: after.version(),
                expires: after.expires().to_string(),
            });
            match (before, after) {
                (before, Content::Root(root)) => {
                    let before = before.and_then(|before| match before {
                        Content::Root(root) => Some(root),
                        Content::Targets(_) => None,
                    });
                    all.extend(of_signers(&own(before.as_ref())?, &own(Some(root))?));
                }
                (before, Content::Targets(targets)) => {
                    let before = before.and_then(|before| match before {
                        Content::Targets(targets) => Some(targets),
                        Content::Root(_) => None,
                    });
                    all.extend(of_targets(*role, before.as_ref(), targets));
                    all.extend(of_signers(&delegated(before.as_ref())?, &delegated(Some(targets))?));
                }
            }
        }
        Ok(all)
    }
}

type Signers = BTreeMap<String, Authority>;

fn own(root: Option<&Root>) -> Result<Signers, ChangeFault> {
    let Some(root) = root else { return Ok(Signers::new()) };
    let roles = [OwnRole::Root, OwnRole::Targets, OwnRole::Snapshot, OwnRole::Timestamp];
    let authority = |role: OwnRole| {
        let authority = Authority::in_root(root, role);
        authority
            .map(|one| (role.to_string(), one))
            .map_err(|source| ChangeFault::Key { role: role.to_string(), source })
    };
    roles.into_iter().map(authority).collect()
}

fn delegated(targets: Option<&Targets>) -> Result<Signers, ChangeFault> {
    let Some(targets) = targets else { return Ok(Signers::new()) };
    let mut signers = Signers::new();
    for delegation in delegations(targets)? {
        let role = delegation.to_string();
        let authority = Authority::in_targets(targets, delegation);
        let authority = authority.map_err(|source| ChangeFault::Key { role: role.clone(), source })?;
        signers.extend(authority.map(|authority| (role, authority)));
    }
    Ok(signers)
}

fn of_signers(before: &Signers, after: &Signers) -> Vec<Difference> {
    let mut all = Vec::new();
    for (role, after) in after {
        let before = before.get(role);
        let old = before.map_or(&[][..], Authority::keys);
        let (holder, id) = (PublicKey::holder, |key: &PublicKey| key.id().short().to_owned());
        let is_in = |keys: &[PublicKey], key: &PublicKey| keys.iter().any(|other| other.id() == key.id());
        all.extend(after.keys().iter().filter(|key| !is_in(old, key)).map(|key| Difference::MaySign {
            role: role.clone(),
            holder: holder(key),
            key: id(key),
        }));
        all.extend(old.iter().filter(|key| !is_in(after.keys(), key)).map(|key| Difference::MayNotSign {
            role: role.clone(),
            holder: holder(key),
            key: id(key),
        }));
        let (from, to) = (before.map_or(0, Authority::threshold), after.threshold());
        if from != to {
            all.push(Difference::Threshold { role: role.clone(), from, to });
        }
    }
    all
}

fn of_targets(role: OfflineRole, before: Option<&Targets>, after: &Targets) -> Vec<Difference> {
    let role = role.name();
    let by_name = |targets: Option<&Targets>| -> BTreeMap<String, Listed> {
        targets.map(listed).unwrap_or_default().into_iter().map(|one| (one.name.clone(), one)).collect()
    };
    let (before, after) = (by_name(before), by_name(Some(after)));
    let mut all = Vec::new();
    for (name, new) in &after {
        let (role, target, sha256) = (role.clone(), name.clone(), new.sha256.clone());
        match before.get(name) {
            None => all.push(Difference::Added { role, target, sha256 }),
            Some(old) if old != new => {
                all.push(Difference::Replaced { role, target, sha256, before: old.sha256.clone() });
            }
            Some(_) => {}
        }
    }
    let gone = before.keys().filter(|name| !after.contains_key(*name));
    all.extend(gone.map(|target| Difference::Removed { role: role.clone(), target: target.clone() }));
    all
}

/// Who signs for every role of a set, by the role's name.
pub(crate) fn signers(set: &RoleSet) -> Result<Signers, ChangeFault> {
    let mut all = own(Some(set.root()))?;
    all.extend(delegated(Some(set.targets()))?);
    Ok(all)
}

//! Changing who signs for governance, for an agency, for the tightening list or for shadows.

use std::collections::BTreeMap;
use std::num::NonZeroU64;

use ssbtx_trust::Delegation;
use tough::schema::{DelegatedRole, Delegations, PathPattern, PathSet, Targets};

use crate::authority::Authority;
use crate::change::{Change, ChangeFault};
use crate::holders::{Edit, Holders, InvalidHolders};
use crate::public_key::PublicKey;
use crate::role::OfflineRole;
use crate::role_set::Content;
use crate::terms::Terms;

/// A change of who signs for a delegation. A delegation that does not exist yet is made, and begins by listing nothing.
#[derive(Debug, Clone)]
pub struct Delegating {
    /// The delegation.
    pub delegation: Delegation,
    /// What is to be different. A new delegation has the threshold 1 unless another is said.
    pub edit: Edit,
}

/// Why a delegation cannot be changed so.
#[derive(Debug, thiserror::Error)]
pub enum InvalidDelegation {
    /// Its keys break a rule.
    #[error(transparent)]
    Holders(#[from] InvalidHolders),
    /// A key that stands for two.
    #[error("key of `{holder}` belongs to `{first}` and `{second}`")]
    SharedKey {
        /// Who holds it.
        holder: String,
        /// One delegation.
        first: String,
        /// The other.
        second: String,
    },
    /// Only persons of governance may tighten or propose.
    #[error("key of `{holder}` belongs to `{role}`, but not to governance")]
    NotOfGovernance {
        /// Who holds it.
        holder: String,
        /// Tightening or shadow.
        role: String,
    },
    /// The framework does not take it.
    #[error("delegation `{role}` cannot be written")]
    Unwritable {
        /// The delegation.
        role: String,
    },
    /// The change cannot be edited.
    #[error(transparent)]
    Change(#[from] ChangeFault),
}

impl Delegating {
    /// Enters it into a change. Metadata whose signatures are then too few is taken into the change, to be signed anew by those who may.
    ///
    /// Whoever leaves governance leaves tightening and shadow with it.
    ///
    /// # Errors
    ///
    /// [`InvalidDelegation`]. The change is as it was then.
    pub fn enter(&self, change: &mut Change, terms: &Terms) -> Result<(), InvalidDelegation> {
        let mut targets = change.edited_targets(OfflineRole::Targets, terms)?;
        let mut holders = all_holders(&targets)?;
        let name = self.delegation.to_string();
        let before = holders.remove(&self.delegation).unwrap_or_else(|| Holders { keys: Vec::new(), threshold: 1 });
        let after = before.edited(&name, &self.edit)?;
        if self.delegation == Delegation::Governance {
            let stays = |key: &PublicKey| after.keys.iter().any(|other| other.id() == key.id());
            for holders in
                holders.iter_mut().filter(|(delegation, _)| is_of_governance(**delegation)).map(|(_, one)| one)
            {
                holders.keys.retain(stays);
            }
        }
        holders.insert(self.delegation, after);
        assign(&mut targets, &holders)?;
        change.put(OfflineRole::Targets, Content::Targets(targets))?;
        sign_anew(change, terms)
    }
}

/// Gives the delegations to these keys and no others, if the rules allow it.
pub(crate) fn assign(targets: &mut Targets, holders: &BTreeMap<Delegation, Holders>) -> Result<(), InvalidDelegation> {
    are_apart(holders)?;
    let mut delegations = Delegations::default();
    for (delegation, holders) in holders {
        let role = delegation.to_string();
        holders.are_persons(&role)?;
        delegations.keys.extend(holders.keys.iter().map(|key| (key.id().decoded(), key.key().clone())));
        let unwritable = || InvalidDelegation::Unwritable { role: role.clone() };
        let paths = paths(*delegation).into_iter().map(PathPattern::new).collect::<Result<_, _>>();
        delegations.roles.push(DelegatedRole {
            name: role.clone(),
            keyids: holders.keys.iter().map(|key| key.id().decoded()).collect(),
            threshold: NonZeroU64::new(holders.threshold).ok_or_else(unwritable)?,
            paths: PathSet::Paths(paths.map_err(|_| unwritable())?),
            terminating: true,
            targets: None,
        });
    }
    targets.delegations = Some(delegations);
    Ok(())
}

/// Takes into the change every delegation whose metadata those who sign for it now have not signed, and every one that is new.
fn sign_anew(change: &mut Change, terms: &Terms) -> Result<(), InvalidDelegation> {
    let targets = change.edited_targets(OfflineRole::Targets, terms)?;
    let Some(delegations) = &targets.delegations else { return Ok(()) };
    for role in &delegations.roles {
        let delegation: Delegation =
            role.name.parse().map_err(|_| InvalidDelegation::Unwritable { role: role.name.clone() })?;
        let published = change.base().and_then(|base| base.delegated().get(&delegation));
        match published {
            Some(published) if delegations.verify_role(published, &role.name).is_ok() => {}
            Some(_) => change.renew(delegation.into(), terms)?,
            None if change.roles().any(|drafted| drafted == delegation.into()) => {}
            None => {
                let expires = terms.lifetimes.delegations.from(terms.now);
                change.put(delegation.into(), Content::empty(delegation.into(), expires))?;
            }
        }
    }
    Ok(())
}

fn all_holders(targets: &Targets) -> Result<BTreeMap<Delegation, Holders>, InvalidDelegation> {
    let mut all = BTreeMap::new();
    for delegation in crate::role_set::delegations(targets).map_err(ChangeFault::from)? {
        let authority = Authority::in_targets(targets, delegation)
            .map_err(|source| ChangeFault::Key { role: delegation.to_string(), source })?;
        if let Some(authority) = authority {
            all.insert(delegation, Holders::from(&authority));
        }
    }
    Ok(all)
}

/// No two delegations share a key, but that tightening and shadow have no keys but governance's.
fn are_apart(holders: &BTreeMap<Delegation, Holders>) -> Result<(), InvalidDelegation> {
    let governance = holders.get(&Delegation::Governance).map_or(&[][..], |holders| &holders.keys);
    let mut owners: Vec<(&[u8; 32], Delegation)> = Vec::new();
    for (delegation, holders) in holders {
        for key in &holders.keys {
            if is_of_governance(*delegation) {
                if !governance.iter().any(|other| other.id() == key.id()) {
                    let role = delegation.to_string();
                    return Err(InvalidDelegation::NotOfGovernance { holder: key.holder(), role });
                }
                continue;
            }
            if let Some((_, first)) = owners.iter().find(|(point, first)| *point == key.point() && first != delegation)
            {
                let (first, second) = (first.to_string(), delegation.to_string());
                return Err(InvalidDelegation::SharedKey { holder: key.holder(), first, second });
            }
            owners.push((key.point(), *delegation));
        }
    }
    Ok(())
}

/// Whether a delegation has no keys but governance's.
fn is_of_governance(delegation: Delegation) -> bool {
    match delegation {
        Delegation::Tightening | Delegation::Shadow => true,
        Delegation::Governance | Delegation::Agency(_) => false,
    }
}

/// What a delegation may list, as the framework reads it. The host's own rules are narrower and do not depend on this.
fn paths(delegation: Delegation) -> Vec<String> {
    match delegation {
        Delegation::Governance => vec!["policies/*/policy.wasm".to_owned(), "policies/lifted.json".to_owned()],
        Delegation::Tightening => vec!["tightening/withheld.json".to_owned()],
        Delegation::Shadow => vec!["shadow/*/policy.wasm".to_owned()],
        Delegation::Agency(_) => vec![format!("adapters/{delegation}/*")],
    }
}

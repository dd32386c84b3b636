//! Changing who signs for the repository's own roles.

use std::collections::HashSet;

use serde_json::json;
use tough::schema::{RoleKeys, Root};

use crate::authority::Authority;
use crate::change::{Change, ChangeFault};
use crate::holders::{Edit, Holders, InvalidHolders};
use crate::role::{OfflineRole, OwnRole};
use crate::role_set::Content;
use crate::terms::Terms;

/// A change of who signs for one of the repository's own roles: a new root, signed by the old root's officers and by the new one's.
#[derive(Debug, Clone)]
pub struct Rotation {
    /// The role.
    pub role: OwnRole,
    /// What is to be different.
    pub edit: Edit,
}

/// Why a role's keys cannot be changed so.
#[derive(Debug, thiserror::Error)]
pub enum InvalidRotation {
    /// Its keys break a rule.
    #[error(transparent)]
    Holders(#[from] InvalidHolders),
    /// The framework does not take it.
    #[error("role `{role}` cannot be written")]
    Unwritable {
        /// The role.
        role: String,
        /// The framework's words.
        source: serde_json::Error,
    },
    /// The change cannot be edited.
    #[error(transparent)]
    Change(#[from] ChangeFault),
}

impl Rotation {
    /// Enters it into a change. If those who sign for targets then have not signed the targets in force, targets are taken into the change.
    ///
    /// Snapshot and timestamp are signed anew when the change is published.
    ///
    /// # Errors
    ///
    /// [`InvalidRotation`]. The change is as it was then.
    pub fn enter(&self, change: &mut Change, terms: &Terms) -> Result<(), InvalidRotation> {
        let Content::Root(mut root) = change.edited(OfflineRole::Root, terms)? else {
            return Err(ChangeFault::NoRole { role: "root".to_owned() }.into());
        };
        let name = self.role.to_string();
        let authority =
            Authority::in_root(&root, self.role).map_err(|source| ChangeFault::Key { role: name.clone(), source })?;
        let holders = Holders::from(&authority).edited(&name, &self.edit)?;
        assign(&mut root, self.role, &holders)?;
        let signed_by_them = change.base().is_none_or(|base| root.verify_role(base.signed_targets()).is_ok());
        change.put(OfflineRole::Root, Content::Root(root))?;
        if !signed_by_them {
            change.renew(OfflineRole::Targets, terms)?;
        }
        Ok(())
    }
}

/// Gives a role to these keys and no others, and forgets keys that no role has any more.
pub(crate) fn assign(root: &mut Root, role: OwnRole, holders: &Holders) -> Result<(), InvalidRotation> {
    let name = role.to_string();
    if role.is_of_persons() {
        holders.are_persons(&name)?;
    } else {
        holders.are_distinct(&name)?;
    }
    let ids: Vec<&str> = holders.keys.iter().map(|key| key.id().as_str()).collect();
    let keys: RoleKeys = serde_json::from_value(json!({ "keyids": ids, "threshold": holders.threshold }))
        .map_err(|source| InvalidRotation::Unwritable { role: name, source })?;
    root.roles.insert(role.kind(), keys);
    root.keys.extend(holders.keys.iter().map(|key| (key.id().decoded(), key.key().clone())));
    let used: HashSet<_> = root.roles.values().flat_map(|role| &role.keyids).cloned().collect();
    root.keys.retain(|id, _| used.contains(id));
    Ok(())
}

//! The change that makes a repository.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::json;
use ssbtx_core::AgencyId;
use ssbtx_trust::Delegation;
use tough::schema::Root;

use crate::change::{Change, ChangeFault};
use crate::delegating::{self, InvalidDelegation};
use crate::holders::Holders;
use crate::role::{OfflineRole, OwnRole};
use crate::role_set::{Content, RoleSetFault, SPEC_VERSION};
use crate::rotation::{self, InvalidRotation};
use crate::terms::Terms;

/// Who signs what in a new repository.
#[derive(Debug, Clone)]
pub struct Founding {
    /// The officers who say who signs for the repository's own roles.
    pub root: Holders,
    /// The officers who say who governance and the agencies are.
    pub targets: Holders,
    /// The machine's key that says what belongs together.
    pub snapshot: Holders,
    /// The machine's key that says what is current.
    pub timestamp: Holders,
    /// The persons who sign policies together.
    pub governance: Holders,
    /// Every agency that signs, each for itself.
    pub agencies: BTreeMap<AgencyId, Holders>,
}

/// Why a repository cannot be made so.
#[derive(Debug, thiserror::Error)]
pub enum InvalidFounding {
    /// A role of the repository itself.
    #[error(transparent)]
    Own(#[from] InvalidRotation),
    /// A delegation.
    #[error(transparent)]
    Delegation(#[from] InvalidDelegation),
    /// The change cannot be written.
    #[error(transparent)]
    Change(#[from] ChangeFault),
}

impl Founding {
    /// Drafts the change: root, targets, and the metadata of every delegation, which lists nothing yet. All of it is to be signed.
    ///
    /// Every person of governance may tighten alone and propose a shadow alone: the delegations `tightening` and `shadow` have governance's
    /// keys and the threshold 1.
    ///
    /// # Errors
    ///
    /// [`InvalidFounding`].
    pub fn draft(&self, folder: &Path, terms: &Terms) -> Result<Change, InvalidFounding> {
        let mut change = Change::found(folder)?;
        let mut root = empty_root(terms)?;
        let own = [
            (OwnRole::Root, &self.root),
            (OwnRole::Targets, &self.targets),
            (OwnRole::Snapshot, &self.snapshot),
            (OwnRole::Timestamp, &self.timestamp),
        ];
        for (role, holders) in own {
            rotation::assign(&mut root, role, holders)?;
        }
        let empty = |role| Content::empty(role, terms.lifetimes.of(role).from(terms.now));
        let Content::Targets(mut targets) = empty(OfflineRole::Targets) else { return Ok(change) };
        let delegations = self.delegations();
        delegating::assign(&mut targets, &delegations)?;
        change.put(OfflineRole::Root, Content::Root(root))?;
        change.put(OfflineRole::Targets, Content::Targets(targets))?;
        for role in delegations.keys().copied().map(OfflineRole::Delegated) {
            change.put(role, empty(role))?;
        }
        Ok(change)
    }

    fn delegations(&self) -> BTreeMap<Delegation, Holders> {
        let alone = || Holders { keys: self.governance.keys.clone(), threshold: 1 };
        let agencies = self.agencies.iter().map(|(agency, holders)| (Delegation::Agency(*agency), holders.clone()));
        let governance = [
            (Delegation::Governance, self.governance.clone()),
            (Delegation::Tightening, alone()),
            (Delegation::Shadow, alone()),
        ];
        agencies.chain(governance).collect()
    }
}

fn empty_root(terms: &Terms) -> Result<Root, InvalidFounding> {
    let root = json!({
        "_type": "root",
        "spec_version": SPEC_VERSION,
        "consistent_snapshot": true,
        "version": 1,
        "expires": terms.lifetimes.root.from(terms.now),
        "keys": {},
        "roles": {},
    });
    let malformed = |source| ChangeFault::from(RoleSetFault::Malformed { role: "root".to_owned(), source });
    Ok(serde_json::from_value(root).map_err(malformed)?)
}

//! The metadata that persons signed, of every role of one repository.

mod content;

use std::collections::BTreeMap;
use std::path::Path;

use serde::de::DeserializeOwned;
use ssbtx_trust::Delegation;
use tough::schema::{Root, Signed, Targets};

pub(crate) use content::{Content, SPEC_VERSION, pretty};

use crate::file::{self, FileFault};
use crate::role::OfflineRole;

/// The metadata that persons signed: root with all roots before it, targets, and every delegation.
///
/// It is what a change is made against, so it travels in the change: who may sign and what differs can then be told without a network.
///
/// # Shape
///
/// In a folder `1.root.json`, `2.root.json`, …, `targets.json`, and one file per delegation such as `governance.json`, each as published.
#[derive(Debug, Clone)]
pub struct RoleSet {
    roots: Vec<Vec<u8>>,
    files: BTreeMap<OfflineRole, Vec<u8>>,
    root: Signed<Root>,
    targets: Signed<Targets>,
    delegated: BTreeMap<Delegation, Signed<Targets>>,
}

/// Why the metadata of a repository is of no use to a change.
#[derive(Debug, thiserror::Error)]
pub enum RoleSetFault {
    /// A file that cannot be read.
    #[error(transparent)]
    File(#[from] FileFault),
    /// A file that is not in the format of TUF.
    #[error("metadata of role `{role}` is no TUF metadata")]
    Malformed {
        /// The role.
        role: String,
        /// Where and how it departs from the format.
        source: serde_json::Error,
    },
    /// A role without metadata.
    #[error("there is no metadata of role `{role}`")]
    Missing {
        /// The role.
        role: String,
    },
    /// A delegation that no host knows.
    #[error("`{name}` is no delegation")]
    UnknownDelegation {
        /// Its name.
        name: String,
    },
    /// A role that is not signed by those whom it belongs to.
    #[error("metadata of role `{role}` is not signed as it must be")]
    NotSigned {
        /// The role.
        role: String,
        /// The framework's words.
        source: Box<tough::schema::Error>,
    },
    /// The repository does not begin at the root that is trusted.
    #[error("repository does not descend from the trusted root")]
    AnotherRoot,
}

impl RoleSet {
    /// Parses the files of one set: all roots in order, and the others by role.
    pub(crate) fn parse(roots: Vec<Vec<u8>>, files: BTreeMap<OfflineRole, Vec<u8>>) -> Result<Self, RoleSetFault> {
        let missing = |role: &str| RoleSetFault::Missing { role: role.to_owned() };
        let root: Signed<Root> = parsed("root", roots.last().ok_or_else(|| missing("root"))?)?;
        let targets: Signed<Targets> =
            parsed("targets", files.get(&OfflineRole::Targets).ok_or_else(|| missing("targets"))?)?;
        let mut delegated = BTreeMap::new();
        for delegation in delegations(&targets.signed)? {
            let role = OfflineRole::Delegated(delegation);
            let bytes = files.get(&role).ok_or_else(|| missing(&role.name()))?;
            delegated.insert(delegation, parsed(&role.name(), bytes)?);
        }
        Ok(Self { roots, files, root, targets, delegated })
    }

    /// Reads a set from the folder of a change.
    pub(crate) fn read(folder: &Path) -> Result<Self, RoleSetFault> {
        let mut files = BTreeMap::new();
        for name in file::names(folder)? {
            let role = name.strip_suffix(".json").and_then(|stem| stem.parse().ok());
            if let Some(role) = role.filter(|role| *role != OfflineRole::Root) {
                files.insert(role, file::read(&folder.join(name))?);
            }
        }
        Self::parse(roots(folder)?, files)
    }

    /// Writes a set into the folder of a change.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), FileFault> {
        for (version, bytes) in (1..).zip(&self.roots) {
            file::write(&folder.join(format!("{version}.root.json")), bytes)?;
        }
        self.files.iter().try_for_each(|(role, bytes)| file::write(&folder.join(format!("{role}.json")), bytes))
    }

    /// Verifies that every role is signed by those whom it belongs to, down from the first root; and that this descends from the trusted
    /// root, if one is given.
    ///
    /// It is what a person who signs can rely on without a network. Expiry is no matter here: a change may be what renews a role.
    ///
    /// # Errors
    ///
    /// [`RoleSetFault`], which names the role.
    pub fn verify(&self, trusted_root: Option<&[u8]>) -> Result<(), RoleSetFault> {
        if trusted_root.is_some_and(|trusted| !self.roots.iter().any(|root| root == trusted)) {
            return Err(RoleSetFault::AnotherRoot);
        }
        let not_signed = |role: &str| {
            let role = role.to_owned();
            move |error| RoleSetFault::NotSigned { role, source: Box::new(error) }
        };
        let mut before: Option<Signed<Root>> = None;
        for bytes in &self.roots {
            let root: Signed<Root> = parsed("root", bytes)?;
            root.signed.verify_role(&root).map_err(not_signed("root"))?;
            if let Some(before) = before {
                before.signed.verify_role(&root).map_err(not_signed("root"))?;
            }
            before = Some(root);
        }
        self.root.signed.verify_role(&self.targets).map_err(not_signed("targets"))?;
        for (delegation, metadata) in &self.delegated {
            let name = delegation.to_string();
            let delegations = self.targets.signed.delegations.as_ref();
            delegations.map_or(Ok(()), |all| all.verify_role(metadata, &name)).map_err(not_signed(&name))?;
        }
        Ok(())
    }

    /// Every role, root and targets first.
    pub fn roles(&self) -> impl Iterator<Item = OfflineRole> {
        [OfflineRole::Root, OfflineRole::Targets]
            .into_iter()
            .chain(self.delegated.keys().copied().map(OfflineRole::Delegated))
    }

    /// The version of a role's metadata, if there is such a role.
    pub fn version(&self, role: OfflineRole) -> Option<u64> {
        self.content(role).map(|content| content.version())
    }

    /// The first root, which hosts are given to trust.
    pub fn first_root(&self) -> &[u8] {
        self.roots.first().map_or(&[], Vec::as_slice)
    }

    pub(crate) fn root(&self) -> &Root {
        &self.root.signed
    }

    pub(crate) fn targets(&self) -> &Targets {
        &self.targets.signed
    }

    pub(crate) fn signed_targets(&self) -> &Signed<Targets> {
        &self.targets
    }

    pub(crate) fn delegated(&self) -> &BTreeMap<Delegation, Signed<Targets>> {
        &self.delegated
    }

    pub(crate) fn content(&self, role: OfflineRole) -> Option<Content> {
        match role {
            OfflineRole::Root => Some(Content::Root(self.root.signed.clone())),
            OfflineRole::Targets => Some(Content::Targets(self.targets.signed.clone())),
            OfflineRole::Delegated(delegation) => {
                self.delegated.get(&delegation).map(|metadata| Content::Targets(metadata.signed.clone()))
            }
        }
    }

    /// The file of a role as it was published; root's is the newest.
    pub(crate) fn file(&self, role: OfflineRole) -> Option<&[u8]> {
        match role {
            OfflineRole::Root => self.roots.last().map(Vec::as_slice),
            role => self.files.get(&role).map(Vec::as_slice),
        }
    }
}

/// Every root of a folder, from the first to the newest.
pub(crate) fn roots(folder: &Path) -> Result<Vec<Vec<u8>>, FileFault> {
    let mut roots = Vec::new();
    for version in 1.. {
        match file::read_if_there(&folder.join(format!("{version}.root.json")))? {
            Some(bytes) => roots.push(bytes),
            None => break,
        }
    }
    Ok(roots)
}

/// Who is delegated to, in the order of the list.
pub(crate) fn delegations(targets: &Targets) -> Result<Vec<Delegation>, RoleSetFault> {
    let names = targets.delegations.iter().flat_map(|delegations| &delegations.roles).map(|role| &role.name);
    names
        .map(|name| {
            name.parse().map_err(|_| RoleSetFault::UnknownDelegation { name: name.escape_default().to_string() })
        })
        .collect()
}

pub(crate) fn parsed<T: DeserializeOwned>(role: &str, bytes: &[u8]) -> Result<T, RoleSetFault> {
    serde_json::from_slice(bytes).map_err(|source| RoleSetFault::Malformed { role: role.to_owned(), source })
}

//! What this host demands beyond a properly signed repository.

use std::collections::BTreeMap;

use ssbtx_core::Sha256Digest;
use tough::Repository;
use tough::schema::{DelegatedRole, Delegations, Metafile, RoleType, Root, Signed, Target, Targets};

use crate::delegation::Delegation;
use crate::journal::Journal;
use crate::keys;
use crate::not_trusted::{DelegationFault, NotTrusted, StructureFault};
use crate::settings::RepositorySettings;
use crate::target::TargetName;

/// A component that the one delegation which may sign it lists. Only [`listings`] makes one.
#[derive(Debug)]
pub(crate) struct Listing {
    name: TargetName,
    digest: Sha256Digest,
    length: u64,
}

impl Listing {
    pub(crate) fn name(&self) -> &TargetName {
        &self.name
    }

    pub(crate) fn into_name(self) -> TargetName {
        self.name
    }

    pub(crate) fn digest(&self) -> Sha256Digest {
        self.digest
    }

    pub(crate) fn length(&self) -> u64 {
        self.length
    }
}

/// Everything that may be taken from a verified repository, in the order of names.
///
/// It looks at the roles one by one and never asks `tough` who lists a name: a search may find a name where it should not be.
pub(crate) fn listings(
    repository: &Repository,
    journal: &Journal,
    settings: &RepositorySettings,
) -> Result<Vec<Listing>, NotTrusted> {
    every_root_counts_persons(journal, settings)?;
    if !repository.root().signed.consistent_snapshot {
        return Err(StructureFault::NotConsistent.into());
    }
    every_file_is_pinned(repository)?;
    let targets = &repository.targets().signed;
    if let Some(target) = names(targets).first() {
        return Err(may_list("targets", target, None).err().unwrap_or_else(|| unknown("targets", target)).into());
    }
    let mut listings = Vec::new();
    if let Some(delegations) = &targets.delegations {
        keys::are_distinct("targets", &delegations.keys)?;
        let roles = distinct_roles(delegations)?;
        no_shared_keys(&roles)?;
        for (delegation, role) in roles {
            listings.extend(listed_by(delegation, role, settings)?);
        }
    }
    let limit = settings.limits.max_components;
    if listings.len() > limit {
        return Err(NotTrusted::OverLimit { what: "number of components".to_owned(), limit: limit as u64 });
    }
    listings.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(listings)
}

/// Every root of the chain: each was verified by the one before it, and each says who targets, and so who governance is.
fn every_root_counts_persons(journal: &Journal, settings: &RepositorySettings) -> Result<(), NotTrusted> {
    let roots = journal.entries().into_iter().filter(|entry| entry.role() == "root");
    let files = std::iter::once(("trusted root".to_owned(), settings.trusted_root.clone()))
        .chain(roots.map(|entry| (entry.file().to_owned(), entry.bytes().to_vec())));
    for (file, bytes) in files {
        let root: Signed<Root> =
            serde_json::from_slice(&bytes).map_err(|source| NotTrusted::Malformed { file, source })?;
        keys::are_distinct("root", &root.signed.keys)?;
        for kind in [RoleType::Root, RoleType::Targets] {
            let threshold = root.signed.roles.get(&kind).map_or(0, |role| role.threshold.get());
            needs_enough_persons(&kind.to_string(), threshold, settings)?;
        }
    }
    Ok(())
}

fn needs_enough_persons(role: &str, found: u64, settings: &RepositorySettings) -> Result<(), StructureFault> {
    let expected = settings.minimum_policy_signers.get();
    if found < expected {
        return Err(StructureFault::WeakRole { role: role.to_owned(), found, expected });
    }
    Ok(())
}

fn every_file_is_pinned(repository: &Repository) -> Result<(), StructureFault> {
    let pinned = repository.timestamp().signed.meta.iter().chain(&repository.snapshot().signed.meta);
    let loose: Option<&String> =
        pinned.filter(|(_, file): &(_, &Metafile)| file.hashes.is_none()).map(|(name, _)| name).min();
    loose.map_or(Ok(()), |file| Err(StructureFault::Unpinned { file: escaped(file) }))
}

fn distinct_roles(delegations: &Delegations) -> Result<BTreeMap<Delegation, &DelegatedRole>, StructureFault> {
    let mut roles = BTreeMap::new();
    for role in &delegations.roles {
        let fault = |fault| StructureFault::Delegation { role: escaped(&role.name), fault };
        let delegation = role.name.parse().map_err(|_| fault(DelegationFault::Unknown))?;
        if roles.insert(delegation, role).is_some() {
            return Err(fault(DelegationFault::Repeated));
        }
    }
    Ok(roles)
}

fn no_shared_keys(roles: &BTreeMap<Delegation, &DelegatedRole>) -> Result<(), StructureFault> {
    let mut holders: BTreeMap<Vec<u8>, Delegation> = BTreeMap::new();
    for (delegation, role) in roles {
        for id in &role.keyids {
            match holders.insert(id.to_vec(), *delegation) {
                Some(first) if first != *delegation => {
                    return Err(StructureFault::SharedKey { key_id: hex::encode(id), first, second: *delegation });
                }
                _ => {}
            }
        }
    }
    Ok(())
}

fn listed_by(
    delegation: Delegation,
    role: &DelegatedRole,
    settings: &RepositorySettings,
) -> Result<Vec<Listing>, NotTrusted> {
    let fault = |fault| StructureFault::Delegation { role: delegation.to_string(), fault };
    // `tough` passes over a delegation, and all after it, that the snapshot does not list.
    let targets = &role.targets.as_ref().ok_or(fault(DelegationFault::NotServed))?.signed;
    if targets.delegations.as_ref().is_some_and(|delegations| !delegations.roles.is_empty()) {
        return Err(fault(DelegationFault::Nested).into());
    }
    if delegation == Delegation::Governance {
        needs_enough_persons(&delegation.to_string(), role.threshold.get(), settings)?;
    }
    names(targets)
        .into_iter()
        .map(|name| listing(delegation, name, target(targets, name), settings.limits.max_component_bytes))
        .collect()
}

fn listing(delegation: Delegation, name: &str, target: Option<&Target>, max_bytes: u64) -> Result<Listing, NotTrusted> {
    let role = delegation.to_string();
    let parsed = may_list(&role, name, Some(delegation))?;
    let target = target.ok_or_else(|| unknown(&role, name))?;
    if target.length > max_bytes {
        return Err(NotTrusted::OverLimit { what: parsed.to_string(), limit: max_bytes });
    }
    let digest: [u8; 32] = target.hashes.sha256.as_ref().try_into().map_err(|_| unknown(&role, name))?;
    Ok(Listing { name: parsed, digest: Sha256Digest::from_bytes(digest), length: target.length })
}

/// Whether a role may list a name; the top-level role, which is no delegation, may list none.
pub(crate) fn may_list(role: &str, name: &str, delegation: Option<Delegation>) -> Result<TargetName, StructureFault> {
    let parsed: TargetName = name.parse().map_err(|_| unknown(role, name))?;
    let expected = parsed.delegation();
    if delegation == Some(expected) {
        Ok(parsed)
    } else {
        Err(StructureFault::WrongRole { target: parsed.to_string(), listed_by: escaped(role), expected })
    }
}

fn unknown(role: &str, name: &str) -> StructureFault {
    StructureFault::UnknownTarget { target: escaped(name), listed_by: escaped(role) }
}

fn names(targets: &Targets) -> Vec<&str> {
    // As written, not as resolved: a name that has to be resolved is not a name.
    let mut names: Vec<&str> = targets.targets.keys().map(tough::TargetName::raw).collect();
    names.sort_unstable();
    names
}

fn target<'t>(targets: &'t Targets, name: &str) -> Option<&'t Target> {
    targets.targets.iter().find(|(key, _)| key.raw() == name).map(|(_, target)| target)
}

/// A name from outside, fit to be shown.
pub(crate) fn escaped(name: &str) -> String {
    name.chars().take(MAX_SHOWN).flat_map(char::escape_default).collect()
}

const MAX_SHOWN: usize = 120;

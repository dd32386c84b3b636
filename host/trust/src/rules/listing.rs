//! What a delegation lists.

use ssbtx_core::{Role, Sha256Digest};
use tough::schema::{DelegatedRole, Target};

use super::{names, needs_enough_persons};
use crate::delegation::Delegation;
use crate::not_trusted::{ContentFault, DelegationFault, NotTrusted, StructureFault};
use crate::review_mark::ReviewMark;
use crate::settings::{RepositoryLimits, RepositorySettings};
use crate::target::{ComponentKind, TargetKind, TargetName};

/// A file that the one delegation which may sign it lists. Only [`listings`](super::listings) makes one.
#[derive(Debug)]
pub(crate) struct Listing {
    name: TargetName,
    digest: Sha256Digest,
    length: u64,
    review: Option<ReviewMark>,
}

impl Listing {
    pub(crate) fn name(&self) -> &TargetName {
        &self.name
    }

    pub(crate) fn digest(&self) -> Sha256Digest {
        self.digest
    }

    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// The review that the file was signed with and the role that it is of, where the file is a policy.
    pub(crate) fn review(&self) -> Option<(&Role, ReviewMark)> {
        match self.name.kind() {
            TargetKind::Component(ComponentKind::Policy(role)) => Some((role, self.review?)),
            _ => None,
        }
    }
}

/// Everything that a delegation lists, if all of it is the delegation's to list.
pub(super) fn listed_by(
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
    let names_it = targets._extra.get(Delegation::MEMBER).is_some_and(|name| *name == delegation.to_string());
    if !names_it {
        return Err(fault(DelegationFault::Unnamed).into());
    }
    if delegation == Delegation::Governance {
        needs_enough_persons(&delegation.to_string(), role.threshold.get(), settings)?;
    }
    let listed = names::listed(targets).into_iter();
    listed.map(|(name, target)| listing(delegation, name, target, settings.limits)).collect()
}

fn listing(
    delegation: Delegation,
    name: &str,
    target: &Target,
    limits: RepositoryLimits,
) -> Result<Listing, NotTrusted> {
    let role = delegation.to_string();
    let parsed = names::may_list(&role, name, Some(delegation))?;
    let limit = max_bytes(&parsed, limits);
    if target.length > limit {
        return Err(NotTrusted::OverLimit { what: parsed.to_string(), limit });
    }
    let digest: [u8; 32] = target.hashes.sha256.as_ref().try_into().map_err(|_| names::unknown(&role, name))?;
    let review = review(&parsed, target)?;
    Ok(Listing { name: parsed, digest: Sha256Digest::from_bytes(digest), length: target.length, review })
}

fn max_bytes(name: &TargetName, limits: RepositoryLimits) -> u64 {
    match name.kind() {
        TargetKind::Component(_) => limits.max_component_bytes,
        TargetKind::Grant { .. } | TargetKind::Tightening | TargetKind::Lifted => limits.max_list_bytes,
    }
}

fn review(name: &TargetName, target: &Target) -> Result<Option<ReviewMark>, ContentFault> {
    let review = match name.kind() {
        TargetKind::Component(ComponentKind::Policy(_)) => ReviewMark::parse(&target.custom).map(Some),
        _ => ReviewMark::refuse(&target.custom).map(|()| None),
    };
    review.map_err(|fault| ContentFault::Custom { target: name.to_string(), fault })
}

//! A proposed policy with everything that it takes to review it: from a repository, or from a change that travels.

mod papers;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, anyhow};
use jiff::civil::Date;
use serde_json::Value;
use ssbtx_core::{AgencyId, BasisId, Grant, Role, Sha256Digest};
use ssbtx_review::{Listed, Review, grants_for, review_as_file};
use ssbtx_runtime::FieldFilter;
use ssbtx_signing::Change;
use ssbtx_trust::{ComponentKind, Delegation, ReviewMark, TargetKind, TargetName};

use super::components::Components;
use super::{Failed, listing};

pub(super) use papers::Papers;

/// A policy that is proposed for a role.
pub(super) struct Proposal {
    new: FieldFilter,
    old: Option<FieldFilter>,
    pub(super) listed: Vec<Listed>,
    consents: BTreeSet<BasisId>,
    today: Date,
}

/// A review, and the file that its digest is of.
pub(super) struct Reviewed {
    pub(super) review: Review,
    pub(super) file: Vec<u8>,
}

impl Proposal {
    /// Admits what is proposed, beside what a change's base lists: the policy in force and every adapter.
    ///
    /// `bytes_of` gives a target's bytes; whatever has another digest than the one that is signed is refused.
    pub(super) async fn admit(
        components: &Components,
        change: &Change,
        role: Role,
        new: Vec<u8>,
        bytes_of: impl Fn(&TargetName, Sha256Digest) -> Option<Vec<u8>>,
        consents: BTreeSet<BasisId>,
        today: Date,
    ) -> Result<Self, Failed> {
        let name = policy_name(&role);
        let new = components.policy_of(new, "the proposed policy").await?;
        if *new.role() != role {
            return Err(Failed::Refused(anyhow!("policy is of role `{}`, proposed for `{role}`", new.role())));
        }
        let old = match listing::digest_before(change, &name)? {
            Some(digest) => {
                Some(components.policy_of(signed_bytes(&name, digest, &bytes_of)?, "the policy in force").await?)
            }
            None => None,
        };
        let listed = adapters(components, change, &bytes_of).await?;
        if listed.is_empty() {
            return Err(Failed::NotDone(anyhow!(
                "repository has no adapter, so that there is nothing to decide about"
            )));
        }
        Ok(Self { new, old, listed, consents, today })
    }

    /// Reviews it against the policy in force.
    pub(super) async fn review(&self) -> Result<Reviewed, Failed> {
        let review = Review::of(self.old.as_ref(), &self.new, self.listed.clone(), &self.consents, self.today).await;
        let review = review.context("review the policy").map_err(Failed::Refused)?;
        let file = review_as_file(&review);
        Ok(Reviewed { review, file })
    }

    /// The smallest grants that it needs.
    pub(super) async fn grants(&self) -> Result<BTreeMap<AgencyId, Grant>, Failed> {
        let grants = grants_for(&self.new, &self.listed, &self.consents, self.today).await;
        let grants = grants.context("find what the policy needs of the agencies").map_err(Failed::Refused)?;
        Ok(grants.into_iter().map(|grant| (grant.agency(), grant)).collect())
    }

    /// What is signed beside the policy.
    pub(super) fn custom(&self, reviewed: &Reviewed) -> Value {
        let previous = self.old.as_ref().map(|old| old.identity().sha256);
        ReviewMark { review: Sha256Digest::of(&reviewed.file), previous }.to_custom()
    }

    /// Lets it run the cases that its component carries.
    pub(super) async fn pass_its_cases(&self, components: &Components, component: &[u8]) -> Result<usize, Failed> {
        components.pass_its_cases(&self.new, component, &self.listed).await
    }

    /// Which policy it is, to the byte.
    pub(super) fn sha256(&self) -> Sha256Digest {
        self.new.identity().sha256
    }
}

/// The name of a role's policy.
pub(super) fn policy_name(role: &Role) -> TargetName {
    ComponentKind::Policy(role.clone()).into()
}

/// The name of an agency's grant to a role.
pub(super) fn grant_name(agency: AgencyId, role: &Role) -> TargetName {
    TargetKind::Grant { agency, role: role.clone() }.into()
}

/// The agencies that may sign, in order.
pub(super) fn agencies(change: &Change) -> Vec<AgencyId> {
    let in_force = change.base().into_iter().flat_map(ssbtx_signing::RoleSet::roles);
    let agency = |role| match role {
        ssbtx_signing::OfflineRole::Delegated(Delegation::Agency(agency)) => Some(agency),
        _ => None,
    };
    let agencies: BTreeSet<AgencyId> = in_force.chain(change.roles()).filter_map(agency).collect();
    agencies.into_iter().collect()
}

/// An agency's grant to a role, as a change's base has it.
pub(super) fn grant_before(
    change: &Change,
    agency: AgencyId,
    role: &Role,
    bytes_of: impl Fn(&TargetName, Sha256Digest) -> Option<Vec<u8>>,
) -> Result<Option<Grant>, Failed> {
    let name = grant_name(agency, role);
    let Some(digest) = listing::digest_before(change, &name)? else { return Ok(None) };
    let bytes = signed_bytes(&name, digest, &bytes_of)?;
    Grant::parse(&bytes).map(Some).with_context(|| format!("read `{name}`")).map_err(Failed::NotDone)
}

/// Every adapter that a change's repository lists, in the order of their base services.
pub(super) async fn adapters(
    components: &Components,
    change: &Change,
    bytes_of: impl Fn(&TargetName, Sha256Digest) -> Option<Vec<u8>>,
) -> Result<Vec<Listed>, Failed> {
    let mut listed = Vec::new();
    for agency in agencies(change) {
        let name = TargetName::from(ComponentKind::Adapter(agency));
        // An agency may sign for its data and have no adapter: Pensionsmyndigheten answers through another's.
        let Some(digest) = listing::digest(change, &name)? else { continue };
        let bytes = signed_bytes(&name, digest, &bytes_of)?;
        listed.push(components.adapter_of(bytes, &name.to_string()).await?);
    }
    listed.sort_by_key(|listed| listed.catalogue.agency());
    Ok(listed)
}

/// The bytes that were signed under a name, and no others.
pub(super) fn signed_bytes(
    name: &TargetName,
    expected: Sha256Digest,
    bytes_of: &impl Fn(&TargetName, Sha256Digest) -> Option<Vec<u8>>,
) -> Result<Vec<u8>, Failed> {
    let bytes = bytes_of(name, expected)
        .ok_or_else(|| Failed::NotDone(anyhow!("`{name}` with SHA-256 `{expected}` is not there")))?;
    let found = Sha256Digest::of(&bytes);
    if found != expected {
        return Err(Failed::Refused(anyhow!("digest of `{name}` is `{found}`, signed is `{expected}`")));
    }
    Ok(bytes)
}

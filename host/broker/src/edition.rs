//! What one question uses from beginning to end.

use std::collections::BTreeMap;
use std::sync::Arc;

use ssbtx_core::{
    AcceptedPending, AcceptedScope, AgencyId, BasisId, Catalogue, Context, DatasetId, Decision, LegalBasis, Role,
    Standing,
};
use ssbtx_runtime::{Adapter, FieldFilter, NotAdmitted, Sandbox};
use ssbtx_trust::TrustedSet;

use crate::decisions::{Decisions, Undecided};

/// An immutable set of admitted policies and adapters, the trust version that they came with, and the pending bases that the operator accepts.
///
/// A question pins one edition when it arrives and never looks at another.
pub struct Edition {
    trust_version: u64,
    policies: BTreeMap<Role, FieldFilter>,
    adapters: BTreeMap<AgencyId, Adapter>,
    accepted_pending: AcceptedPending,
    decisions: Decisions,
}

impl Edition {
    /// Admits every component of a trusted set.
    ///
    /// # Errors
    ///
    /// [`EditionFault`], which names the first component that is not admitted: an edition is whole or it is not.
    pub async fn admit(
        sandbox: &Sandbox,
        trusted: &TrustedSet,
        accepted_pending: AcceptedPending,
    ) -> Result<Self, EditionFault> {
        let mut policies = BTreeMap::new();
        for (_, component) in trusted.policies() {
            let policy = sandbox
                .admit_policy(component)
                .await
                .map_err(|source| EditionFault::NotAdmitted { target: component.target().to_string(), source })?;
            policies.insert(policy.role().clone(), policy);
        }
        let mut adapters = BTreeMap::new();
        for (_, component) in trusted.adapters() {
            let adapter = sandbox
                .admit_adapter(component)
                .await
                .map_err(|source| EditionFault::NotAdmitted { target: component.target().to_string(), source })?;
            adapters.insert(adapter.catalogue().agency(), adapter);
        }
        if policies.is_empty() {
            return Err(EditionFault::NoPolicy);
        }
        check_accepted(&accepted_pending, &policies, &adapters)?;
        Ok(Self { trust_version: trusted.version(), policies, adapters, accepted_pending, decisions: Decisions::new() })
    }

    /// The version of the trusted set that the components came with.
    pub fn trust_version(&self) -> u64 {
        self.trust_version
    }

    /// Every adapter, in the order of agency ids.
    pub fn adapters(&self) -> impl Iterator<Item = &Adapter> {
        self.adapters.values()
    }

    /// The adapter of one base service, where one is loaded.
    pub fn adapter(&self, agency: AgencyId) -> Option<&Adapter> {
        self.adapters.get(&agency)
    }

    /// The catalogue of every adapter, in the order of agency ids.
    pub fn catalogues(&self) -> impl Iterator<Item = &Arc<Catalogue>> {
        self.adapters.values().map(Adapter::catalogue)
    }

    /// Every policy, in the order of roles.
    pub fn policies(&self) -> impl Iterator<Item = &FieldFilter> {
        self.policies.values()
    }

    /// The policy that decides for a role.
    pub fn policy(&self, role: &Role) -> Option<&FieldFilter> {
        self.policies.get(role)
    }

    /// The pending bases that the operator accepts.
    pub fn accepted_pending(&self) -> &AcceptedPending {
        &self.accepted_pending
    }

    /// What a policy's role may see of a catalogue's documents, in this context.
    pub(crate) async fn decide(
        &self,
        policy: &FieldFilter,
        catalogue: &Arc<Catalogue>,
        context: &Context,
    ) -> Result<Arc<Decision>, Undecided> {
        self.decisions.decide(policy, catalogue, context, &self.accepted_pending).await
    }
}

/// An acceptance of something that does not exist is a mistake that would otherwise go unseen until somebody misses data.
fn check_accepted(
    accepted: &AcceptedPending,
    policies: &BTreeMap<Role, FieldFilter>,
    adapters: &BTreeMap<AgencyId, Adapter>,
) -> Result<(), EditionFault> {
    for (basis, scope) in accepted.iter() {
        let is_pending = |declared: &LegalBasis| declared.id == *basis && declared.standing == Standing::Pending;
        if !policies.values().any(|policy| policy.bases().iter().any(is_pending)) {
            return Err(EditionFault::UnknownPendingBasis(basis.clone()));
        }
        let AcceptedScope::Datasets(datasets) = scope else { continue };
        for (agency, dataset) in datasets {
            let is_listed =
                |adapter: &Adapter| adapter.catalogue().datasets().iter().any(|listed| listed.id == *dataset);
            if !adapters.get(agency).is_some_and(is_listed) {
                return Err(EditionFault::UnknownDataset {
                    basis: basis.clone(),
                    agency: *agency,
                    dataset: dataset.clone(),
                });
            }
        }
    }
    Ok(())
}

/// Why a trusted set makes no edition.
#[derive(Debug, thiserror::Error)]
pub enum EditionFault {
    /// A component is not what it must be.
    #[error("component `{target}` is not admitted")]
    NotAdmitted {
        /// The component's target name.
        target: String,
        /// Why.
        source: NotAdmitted,
    },
    /// Without a policy nobody may see anything.
    #[error("repository holds no policy, expected at least one under `policies/`")]
    NoPolicy,
    /// The operator accepts a pending basis that no policy declares.
    #[error("configuration accepts the pending basis `{0}`, which no loaded policy declares")]
    UnknownPendingBasis(BasisId),
    /// The operator accepts a pending basis for a dataset that no catalogue lists.
    #[error("configuration accepts `{basis}` for dataset `{agency}/{dataset}`, which no loaded catalogue lists")]
    UnknownDataset {
        /// The basis.
        basis: BasisId,
        /// The base service that was named.
        agency: AgencyId,
        /// The dataset that was named.
        dataset: DatasetId,
    },
}

//! From a trusted set to an edition.

use std::collections::BTreeMap;

use ssbtx_core::{AcceptedPending, AcceptedScope, AgencyId, LegalBasis, Role, Standing};
use ssbtx_runtime::{Adapter, FieldFilter, NotAdmitted, Sandbox};
use ssbtx_trust::{Component, GrantFile, TrustedSet, Verified};

use super::shadows::Shadows;
use super::{Edition, EditionFault, Withholding, bounds};
use crate::decisions::Decisions;

pub(super) async fn admit(
    sandbox: &Sandbox,
    trusted: &TrustedSet,
    accepted: AcceptedPending,
    earlier: Option<&Edition>,
) -> Result<Edition, EditionFault> {
    let policies = policies(sandbox, trusted, earlier).await?;
    if policies.is_empty() {
        return Err(EditionFault::NoPolicy);
    }
    let adapters = adapters(sandbox, trusted, earlier).await?;
    let shadows = Shadows::admit(sandbox, trusted, earlier.map(|earlier| &earlier.shadows)).await;
    check_accepted(&accepted, &policies, &adapters)?;
    let grants: Vec<Verified<GrantFile>> = trusted.grants().cloned().collect();
    let withholding = Withholding::of(trusted);
    let (restrictions, ungranted) = bounds(policies.keys(), &grants, &withholding);
    let reviews = policies.keys().filter_map(|role| Some((role.clone(), trusted.review_of(role)?))).collect();
    Ok(Edition {
        trust_version: trusted.version(),
        policies,
        adapters,
        shadows,
        reviews,
        grants,
        withholding,
        restrictions,
        ungranted,
        accepted_pending: accepted,
        decisions: Decisions::default(),
    })
}

async fn policies(
    sandbox: &Sandbox,
    trusted: &TrustedSet,
    earlier: Option<&Edition>,
) -> Result<BTreeMap<Role, FieldFilter>, EditionFault> {
    let mut policies = BTreeMap::new();
    for (role, component) in trusted.policies() {
        let known = earlier.and_then(|earlier| earlier.policy(role));
        let policy = match known.filter(|known| known.identity().sha256 == component.digest()) {
            Some(known) => known.clone(),
            None => sandbox.admit_policy(component).await.map_err(|source| not_admitted(component, source))?,
        };
        policies.insert(role.clone(), policy);
    }
    Ok(policies)
}

async fn adapters(
    sandbox: &Sandbox,
    trusted: &TrustedSet,
    earlier: Option<&Edition>,
) -> Result<BTreeMap<AgencyId, Adapter>, EditionFault> {
    let mut adapters = BTreeMap::new();
    for (agency, component) in trusted.adapters() {
        let known = earlier.and_then(|earlier| earlier.adapter(agency));
        let adapter = match known.filter(|known| known.identity().sha256 == component.digest()) {
            Some(known) => known.clone(),
            None => sandbox.admit_adapter(component).await.map_err(|source| not_admitted(component, source))?,
        };
        adapters.insert(agency, adapter);
    }
    Ok(adapters)
}

fn not_admitted(component: &Component, source: NotAdmitted) -> EditionFault {
    EditionFault::NotAdmitted { target: component.target().to_string(), source }
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

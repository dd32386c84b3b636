//! What the operator accepts although it is not established in law.

use std::collections::{BTreeMap, BTreeSet};

use crate::agency::AgencyId;
use crate::identifier::{BasisId, DatasetId};

/// The pending bases that the operator accepts, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AcceptedPending(BTreeMap<BasisId, AcceptedScope>);

/// How far an acceptance goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AcceptedScope {
    /// Whatever policies rest on the basis.
    EveryDataset,
    /// These datasets of these base services.
    Datasets(BTreeSet<(AgencyId, DatasetId)>),
}

impl AcceptedPending {
    /// Accepts a basis.
    #[must_use]
    pub fn with(mut self, basis: BasisId, scope: AcceptedScope) -> Self {
        self.0.insert(basis, scope);
        self
    }

    /// Every accepted basis with its scope, in the order of names.
    pub fn iter(&self) -> impl Iterator<Item = (&BasisId, &AcceptedScope)> {
        self.0.iter()
    }

    /// Whether a dataset may be opened on a pending basis.
    pub(crate) fn accepts(&self, basis: &BasisId, agency: AgencyId, dataset: &DatasetId) -> bool {
        self.0.get(basis).is_some_and(|scope| match scope {
            AcceptedScope::EveryDataset => true,
            AcceptedScope::Datasets(datasets) => datasets.contains(&(agency, dataset.clone())),
        })
    }
}

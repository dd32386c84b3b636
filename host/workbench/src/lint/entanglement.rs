//! What a role loses beside what it may not see.

use std::collections::BTreeMap;
use std::sync::Arc;

use ssbtx_core::{Catalogue, DatasetId, ElementId, Mask, Scope};

use crate::finding::Finding;

/// For each dataset, the values of other datasets that go with it when it alone is withheld.
///
/// The host's own mask says so: it leaves out the smallest optional subtree that holds something withheld, since the agency's schema demands the
/// rest of that subtree or makes no sense without it.
pub(super) fn findings(catalogue: &Arc<Catalogue>) -> Vec<Finding> {
    let full = Mask::full(Arc::clone(catalogue));
    catalogue.datasets().iter().flat_map(|dataset| taken_along(catalogue, &full, &dataset.id)).collect()
}

fn taken_along(catalogue: &Arc<Catalogue>, full: &Mask, withheld: &DatasetId) -> Vec<Finding> {
    let mask = Mask::closing(Arc::clone(catalogue), |id| dataset(catalogue, id) != Some(withheld));
    let mut losses: BTreeMap<&str, Vec<ElementId>> = BTreeMap::new();
    for (id, element) in catalogue.iter() {
        let lost = element.kind.holds_value() && full.keeps(id) && !mask.keeps(id);
        if let Some(other) = dataset(catalogue, id).filter(|other| lost && *other != withheld) {
            losses.entry(other.as_str()).or_default().push(id);
        }
    }
    let finding = |(other, ids): (&str, Vec<ElementId>)| {
        let example = ids.first().map(|id| catalogue.path(*id)).unwrap_or_default();
        let (count, values) = (ids.len(), if ids.len() == 1 { "value" } else { "values" });
        let text =
            format!("who may not see this dataset loses {count} {values} of `{other}` with it, such as `{example}`");
        Finding::note("taken-along", withheld.as_str(), text)
    };
    losses.into_iter().map(finding).collect()
}

fn dataset(catalogue: &Catalogue, id: ElementId) -> Option<&DatasetId> {
    match &catalogue.element(id)?.scope {
        Scope::Dataset(dataset) => Some(dataset),
        Scope::Technical => None,
    }
}
